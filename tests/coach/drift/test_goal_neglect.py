"""A goal is neglected only where nothing that was written could be about it."""

import pytest

from coach.agreement.goals import goal_words
from tests.builders import make_contract, make_goal, make_mentorship
from tests.coach.drift.told import START, Passage, against, make_told, raised

GOALS = [
    make_goal("Lead a release", success_criteria="one release shipped with me in the lead"),
    make_goal("Speak at a conference", id="g2", success_criteria="one talk of 20 minutes given"),
]
CONTRACT = make_contract(goals=GOALS)
RELEASE = [Passage("The release needs another tester.")]
SPOKEN = [Passage("The conference and the release are both on the list.")]


def neglected(*sessions, contract=CONTRACT, **fields):
    return [
        each.about
        for each in raised(make_told(*sessions, contracts=[contract], **fields), "goal_neglect")
    ]


def test_a_goal_that_nothing_in_three_sessions_could_be_about_is_neglected():
    assert neglected(SPOKEN, RELEASE, RELEASE, RELEASE) == ["g2"]


def test_a_neglected_goal_is_told_with_its_clause_and_the_days():
    history = make_told(SPOKEN, RELEASE, RELEASE, RELEASE, contracts=[CONTRACT])

    (warning,) = raised(history, "goal_neglect")

    assert "“Speak at a conference. Met when: one talk of 20 minutes given”" in warning.message
    assert warning.seen[0].quote == SPOKEN[0].text
    assert warning.seen[1].computed == (
        "last mentioned on 2026-01-05; not in the notes of 2026-01-19, 2026-02-02, 2026-02-16"
    )
    assert warning.since == history.sessions[1].held_on


@pytest.mark.parametrize(
    "said",
    [
        "Conference fee paid.",
        "Both goals moved.",
        "Both moved on.",
        "Talk abstract is half written.",
        "She rehearsed the talk twice.",
        "His talk has a title.",
        "Wrote to the conferences' desk.",
        "All three goals rested.",
        "Our second aim waits.",
        "## Conference\nnothing new",
    ],
)
def test_any_sentence_that_could_be_about_the_goal_breaks_the_silence(said):
    assert neglected(SPOKEN, RELEASE, [*RELEASE, Passage(said)], RELEASE) == []


@pytest.mark.parametrize(
    "said",
    [
        "We talked about the tester.",
        "He can talk to the tester.",
        "Both of us liked the coffee.",
        "Speaking of the tester, she is ill.",
        "It took one hour and 20 minutes.",
    ],
)
def test_a_word_of_every_trade_does_not_break_the_silence(said):
    assert neglected(SPOKEN, RELEASE, [*RELEASE, Passage(said)], RELEASE) == ["g2"]


@pytest.mark.parametrize("says", ["keeps", "talks", "strains", "excuses", "amends", "settles"])
def test_a_passage_that_is_read_as_being_about_the_goal_breaks_the_silence(says):
    other_words = against("goals.g2", text="The slides for Lisbon look fine.", says=says)

    assert neglected(SPOKEN, RELEASE, [*RELEASE, other_words], RELEASE) == []


@pytest.mark.parametrize("likelihood", [0.3, 0.95])
def test_a_doubtful_reading_breaks_the_silence_as_well(likelihood):
    other_words = against("goals.g2", text="The slides look fine.", says="keeps")
    passage = other_words._replace(likelihood=likelihood)

    assert neglected(SPOKEN, RELEASE, [*RELEASE, passage], RELEASE) == []


@pytest.mark.parametrize(
    "sessions",
    [
        pytest.param([SPOKEN, RELEASE, RELEASE], id="two sessions"),
        pytest.param([SPOKEN, RELEASE, None, RELEASE], id="one of them without notes"),
        pytest.param([[Passage("The conference talk is parked.")], *[RELEASE] * 4], id="parked"),
        pytest.param(
            [
                [Passage("The conference is parked until May.")],
                [Passage("The conference room was cold.")],
                *[RELEASE] * 3,
            ],
            id="parked, then a stray word",
        ),
    ],
)
def test_a_goal_that_rests_or_that_too_little_tells_of_is_left_alone(sessions):
    assert neglected(*sessions) == []


def test_thin_notes_are_no_silence():
    assert neglected(SPOKEN, RELEASE, RELEASE, RELEASE, lines="Good hour. ") == []


@pytest.mark.parametrize(
    ("until", "found"), [("2026-02-20", []), ("2026-02-10", ["g2"])], ids=["during it", "behind it"]
)
def test_nothing_is_called_neglected_while_the_two_look_around(until, found):
    looking = make_contract(goals=GOALS, phase={"diagnosis_until": until})

    assert neglected(SPOKEN, RELEASE, RELEASE, RELEASE, contract=looking) == found


def test_a_quarterly_rhythm_is_judged_after_two_sessions():
    quarterly = make_contract(goals=GOALS, cadence={"every_days": 91})

    assert neglected(SPOKEN, RELEASE, RELEASE, contract=quarterly, every_days=91) == ["g2"]


def test_a_goal_with_nothing_but_words_of_every_trade_is_never_called_neglected():
    nameless = make_contract(goals=[make_goal("Get better at work"), GOALS[1]])

    assert neglected(SPOKEN, *[[Passage("The conference is near.")]] * 3, contract=nameless) == []


def test_a_word_that_two_goals_share_tells_of_both_unless_another_tells_of_one():
    goals = [make_goal("Plan the garden"), make_goal("Sell the garden chairs", id="g2")]

    telling = goal_words(goals, make_mentorship())

    assert telling.may_be_about("The garden looks fine.") == {"g1", "g2"}
    assert telling.may_be_about("The garden chairs came.") == {"g2"}
    assert telling.may_be_about("The kettle is new.") == frozenset()


def test_a_goal_that_is_said_to_be_left_aside_is_one_warning():
    left = [*RELEASE, against("goals.g2", text="Once more nothing on the talk.")]
    history = make_told(SPOKEN, left, left, contracts=[CONTRACT])

    (warning,) = raised(history, "goal_neglect")

    assert (warning.about, warning.severity) == ("g2", "medium")
    assert warning.since > START


def test_a_long_silence_counts_the_last_eight_sessions_however_long_the_two_have_met():
    history = make_told(SPOKEN, *[RELEASE] * 30, contracts=[CONTRACT])

    (warning,) = raised(history, "goal_neglect")

    assert "It has not come up in the last 8 sessions with notes." in warning.message
    assert warning.since == history.sessions[-8].held_on
