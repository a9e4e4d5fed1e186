from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.agreement.clauses import agreed_clauses
from coach.agreement.terms import filled
from coach.model.contract import Cadence, FeedbackClause, Phase
from tests.builders import make_contract, make_goal

BEGINS = date(2026, 1, 5)


def read(text, **fields):
    """Return a contract with this prose, filled."""
    return filled(make_contract(**{"cadence": None, **fields, "text": text}))


def said(contract, name) -> str:
    """Return what a clause was read from."""
    quote = contract.quotes[name]
    assert contract.text[quote.start : quote.end] == quote.quote
    return quote.quote


@pytest.mark.parametrize(
    ("text", "days", "minutes"),
    [
        ("We meet every two weeks for an hour.", 14, 60),
        ("Every other Tuesday, half past twelve, 45 minutes, on Zoom.", 14, 45),
        ("Every third Thursday at 14:00, fifty minutes.", 21, 50),
        ("We meet once a quarter, an hour and a half.", 91, 90),
        ("The two meet weekly.", 7, None),
        ("We see each other every four weeks on a Wednesday.", 28, None),
        ("The parties shall sit once a month, three quarters of an hour.", 30, 45),
        ("We speak each six weeks and not each four.", 42, None),
    ],
)
def test_the_rhythm_is_read_with_the_length_of_a_session(text, days, minutes):
    contract = read(f"{text} Feedback every second session.")
    assert contract.cadence == Cadence(every_days=days, duration_minutes=minutes)
    assert said(contract, "cadence") == text
    assert "cadence" not in contract.missing


@pytest.mark.parametrize(
    "text",
    [
        "From every three weeks to every four weeks.",
        "We meet every week. From May we meet every month.",
        "The mentee reads one paper every month.",
        "Every last Friday we meet.",
        "We meet when there is something to talk about.",
        "Feedback every month.",
    ],
)
def test_a_rhythm_that_is_not_certain_is_not_read(text):
    contract = read(text)
    assert contract.cadence is None
    assert "cadence" in contract.missing


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("We meet weekly on Zoom, by phone if one of us is stuck.", ("Zoom", "phone")),
        ("Between sessions we write by e-mail.", ("e-mail",)),
        ("We meet weekly on Zoom. No WhatsApp.", ()),
        ("We meet weekly on Zoom, or in my kitchen.", ()),
        ("We meet weekly at Rowan Court, or by phone.", ()),
        ("We meet weekly by phone. We may talk on Zoom too.", ()),
        ("We meet weekly.", ()),
    ],
)
def test_channels_are_read_where_they_are_named_and_nothing_else_may_be_one(text, channels):
    assert read(text).channels == channels


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We end on 31 July 2026.", date(2026, 7, 31)),
        ("Until 30 June 2026.", date(2026, 6, 30)),
        ("The mentorship ends at the end of 2026, unless renewed.", date(2026, 12, 31)),
        ("Last call June 28.", date(2026, 6, 28)),
        ("Listening runs to 31 January.", None),
        ("Until Easter (5 April) we only listen.", None),
        ("We end on 31 July 2026. Or rather: we end on 31 August 2026.", None),
        ("We end on 31 July 2024.", None),
        ("We end when both have had enough.", None),
    ],
)
def test_the_end_is_read_where_one_day_is_named_for_it(text, day):
    assert read(text).ends_on == day


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("Feedback every third time, both ways.", 3),
        ("At the end of every session five minutes of feedback.", 1),
        ("Every other meeting we give feedback.", 2),
        ("Feedback when there is time.", None),
        ("Feedback every second session. In spring feedback every session.", None),
    ],
)
def test_how_often_feedback_is_given_is_read(text, sessions):
    feedback = read(text).feedback
    assert feedback == (None if sessions is None else FeedbackClause(every_sessions=sessions))


def test_how_long_the_two_get_to_know_each_other_is_read():
    contract = read("Until 30 April we look at where Luca stands. Afterwards a plan on one sheet.")
    assert contract.phase == Phase(diagnosis_until=date(2026, 4, 30))


def test_goals_are_read_from_a_list_with_their_measure_and_day():
    text = (
        "Goals:\n1. Lead a release by 30 June 2026. Met when: one release is out\n"
        "2. Speak at a conference"
    )
    contract = read(text)
    assert [
        (each.id, each.statement, each.success_criteria, each.target_date)
        for each in contract.goals
    ] == [
        ("text-1", "Lead a release by 30 June 2026", "one release is out", date(2026, 6, 30)),
        ("text-2", "Speak at a conference", None, None),
    ]
    assert said(contract, "goals").startswith("Lead a release")


def test_numbered_goals_in_a_sentence_each_are_a_list():
    contract = read("Aim 1: a paper for the trustees. Aim 2: an analyst through probation.")
    assert [each.statement for each in contract.goals] == [
        "a paper for the trustees",
        "an analyst through probation",
    ]


def test_what_both_keep_to_themselves_is_read_in_its_own_words():
    contract = read("Nothing goes to the manager; only what both have agreed on.")
    assert contract.confidentiality == "Nothing goes to the manager; only what both have agreed on."


def test_given_clauses_win_and_have_no_quote():
    contract = read(
        "We meet weekly on Zoom. Goals:\n- Lead a release",
        cadence={"every_days": 14},
        goals=[make_goal("Speak")],
    )
    assert contract.cadence == Cadence(every_days=14)
    assert [each.statement for each in contract.goals] == ["Speak"]
    assert set(contract.quotes) == {"channels"}


def test_what_is_read_and_what_is_missing_are_together_all_clauses():
    contract = read("We meet weekly on Zoom.")
    assert set(contract.quotes) == {"cadence", "channels"}
    assert set(contract.missing) == {
        "goals", "roles", "feedback", "confidentiality", "phase", "ends_on", "change_signs",
    }  # fmt: skip


def test_a_clause_that_was_read_stands_in_its_own_words_once():
    contract = read(
        "We meet every other Tuesday. If one of us travels we skip it. Health: a doctor."
    )
    assert [(each.key, each.clause.text) for each in agreed_clauses(contract)] == [
        ("cadence", "We meet every other Tuesday. If one of us travels we skip it."),
        ("text.2", "Health: a doctor."),
    ]


@given(st.text(alphabet=st.sampled_from("We meet every 2 weeks. Until;:-\n~é𝔘#*1"), max_size=200))
def test_whatever_the_prose_is_quotes_are_its_own_words(text):
    contract = read(text)
    for name in contract.quotes:
        assert said(contract, name).strip()
    assert len({each.key for each in agreed_clauses(contract)}) == len(agreed_clauses(contract))
