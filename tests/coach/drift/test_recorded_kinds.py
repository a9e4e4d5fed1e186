"""What days, minutes, channels and versions decide by themselves, with the traps of each."""

from datetime import date, timedelta

import pytest

from coach.drift.detection import detect
from coach.questions.rules.table import faults
from tests.builders import make_contract, make_goal, make_mentorship, make_session
from tests.coach.drift.told import CONTRACT, START, Passage, against, make_told, raised

NOTHING: list[Passage] = []


def changed(**fields):
    """The contract with other clauses."""
    return make_contract(**{**CONTRACT.model_dump(), **fields})


def recorded(history, place, **fields):
    """The history in which one session was recorded otherwise."""
    sessions = list(history.sessions)
    sessions[place] = sessions[place].model_copy(update=fields)
    return history.model_copy(update={"sessions": tuple(sessions)})


# channel


@pytest.mark.parametrize(
    ("agreed", "used"),
    [
        (["Zoom"], "WhatsApp"),
        (["video call"], "chat"),
        (["in person"], "phone"),
        (["Zoom", "phone"], "text messages"),
    ],
)
def test_two_sessions_on_another_sort_of_channel_are_warned_of(agreed, used):
    history = make_told(
        NOTHING, NOTHING, NOTHING, contracts=[changed(channels=agreed)], channel=agreed[0]
    )

    (warning,) = raised(recorded(recorded(history, 1, channel=used), 2, channel=used), "channel")

    assert warning.clause.text == ", ".join(agreed)
    assert warning.seen[0].computed == f"{used} on 2026-01-19; agreed {', '.join(agreed)}"
    assert used in warning.message
    assert used in warning.options.amend_to
    assert (warning.by, warning.severity) == ("data", "low")


@pytest.mark.parametrize(
    ("agreed", "used"),
    [
        (["Zoom"], "MS Teams"),
        (["Zoom"], "zoom call"),
        (["WhatsApp call and voice notes"], "WhatsApp call"),
        (["Hefin's front room"], "in person"),
        (["theatre on dark Mondays"], "theatre"),
        (["in person at the hall", "telephone when the road is bad"], "phone"),
        (["Zoom"], "the usual"),
        (["e-mail"], "email"),
    ],
)
def test_the_same_channel_by_another_name_is_no_drift(agreed, used):
    contract = changed(channels=agreed)

    history = make_told(NOTHING, NOTHING, NOTHING, contracts=[contract], channel=used)

    assert raised(history, "channel") == []


def test_an_exception_in_the_prose_is_agreed():
    contract = changed(text="By phone only when the line is down.")

    history = make_told(NOTHING, NOTHING, NOTHING, contracts=[contract], channel="phone")

    assert raised(history, "channel") == []


def test_once_on_another_channel_is_an_outage():
    history = make_told(NOTHING, NOTHING, NOTHING, channel="Zoom")

    assert raised(recorded(history, 2, channel="phone"), "channel") == []


def test_a_channel_that_was_excused_does_not_count():
    excused = [against("channels", says="excuses")]

    history = make_told(NOTHING, excused, excused, channel="WhatsApp")

    assert raised(recorded(history, 0, channel="Zoom"), "channel") == []


def test_a_channel_that_was_left_long_ago_is_past():
    history = make_told(*[NOTHING] * 5, channel="Zoom")
    history = recorded(recorded(history, 0, channel="phone"), 1, channel="phone")

    assert raised(history, "channel") == []


# length


@pytest.mark.parametrize(
    ("minutes", "warned"),
    [
        ([60, 25, 30, 20], True),
        ([60, 120, 130, 140], True),
        ([60, 25, 30, 60], False),
        ([25, 30, 20, 60], False),
        ([45, 40, 50, 45], False),
        ([60, None, 25, 20], False),
    ],
)
def test_sessions_that_are_far_off_their_length_again_and_again(minutes, warned):
    history = make_told(*[NOTHING] * 4)
    for place, length in enumerate(minutes):
        history = recorded(history, place, duration_minutes=length)

    found = raised(history, "cadence")

    assert [each.clause.name for each in found] == (["cadence"] if warned else [])
    assert all("agreed 60" in seen.computed for each in found for seen in each.seen)


# gaps


def test_a_gap_that_a_passage_excuses_is_left_alone():
    bare = make_told(NOTHING, NOTHING, as_of=START + timedelta(days=70))
    told = make_told(
        NOTHING, [against("cadence", says="excuses")], as_of=START + timedelta(days=70)
    )

    assert len(raised(bare, "cadence")) == 1
    assert raised(told, "cadence") == []


def test_days_that_prove_a_gap_are_not_warned_of_twice():
    history = make_told(
        NOTHING, [against("cadence")], as_of=START + timedelta(days=70), every_days=14
    )

    (warning,) = raised(history, "cadence")

    assert warning.by == "data"


# phase


def test_a_first_stage_that_ended_without_a_goal_is_warned_of():
    history = make_told(NOTHING, NOTHING, NOTHING, contracts=[changed(goals=[])])

    (warning,) = raised(history, "phase")

    assert "23 days past 2026-01-12" in warning.seen[0].computed
    assert warning.by == "data"


@pytest.mark.parametrize(
    ("fields", "sessions"),
    [
        pytest.param({"goals": [make_goal()]}, [NOTHING] * 3, id="goals are there"),
        pytest.param({"goals": []}, [NOTHING] * 2, id="one session since"),
        pytest.param({"goals": [], "phase": None}, [NOTHING] * 3, id="no such day"),
        pytest.param(
            {"goals": []}, [NOTHING, NOTHING, [against("phase", says="keeps")]], id="a plan"
        ),
        pytest.param({"goals": []}, [NOTHING, NOTHING, None], id="no notes"),
    ],
)
def test_a_stage_that_may_have_been_closed_is_left_alone(fields, sessions):
    assert raised(make_told(*sessions, contracts=[changed(**fields)]), "phase") == []


# exit

ENDS = changed(ends_on=date(2026, 1, 25))


def test_an_end_that_passed_without_a_review_is_warned_of():
    (warning,) = raised(make_told(NOTHING, NOTHING, NOTHING, contracts=[ENDS]), "exit")

    assert warning.seen[0].computed == "10 days past 2026-01-25; last session on 2026-02-02"
    assert (warning.severity, warning.by) == ("medium", "data")


@pytest.mark.parametrize(
    ("after", "warned"), [(10, False), (20, True)], ids=["within a fortnight", "later"]
)
def test_an_end_without_a_session_after_it_has_a_fortnight(after, warned):
    as_of = date(2026, 1, 25) + timedelta(days=after)

    found = raised(make_told(NOTHING, NOTHING, contracts=[ENDS], as_of=as_of), "exit")

    assert [each.severity for each in found] == (["low"] if warned else [])


@pytest.mark.parametrize(
    "passage",
    [
        Passage("We looked back on the year and thanked each other."),
        Passage("We renew for six months."),
        Passage("From now on we carry on informally."),
        Passage("That was it.", "ends_on", says="keeps"),
        Passage("On it goes.", "ends_on", says="amends"),
    ],
    ids=lambda each: each.text,
)
def test_an_end_that_was_looked_at_is_left_alone(passage):
    assert raised(make_told(NOTHING, [passage], NOTHING, contracts=[ENDS]), "exit") == []


def test_a_passage_that_says_that_nobody_looked_back_is_no_review():
    passage = against("ends_on", text="No last session, no looking back.")

    assert len(raised(make_told(NOTHING, [passage], NOTHING, contracts=[ENDS]), "exit")) == 1


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_a_paused_or_ended_mentorship_has_no_end_to_review(status):
    history = make_told(
        NOTHING, NOTHING, NOTHING, contracts=[ENDS], mentorship=make_mentorship(status=status)
    )

    assert raised(history, "exit") == []


@pytest.mark.parametrize(
    ("states", "sessions", "warned"),
    [
        (("achieved", "dropped"), 3, True),
        (("achieved", "active"), 3, False),
        (("dropped", "dropped"), 3, False),
        (("achieved", "achieved"), 2, False),
    ],
)
def test_goals_that_are_all_reached_are_a_reason_to_look_back(states, sessions, warned):
    goals = [
        make_goal(f"Goal number {place}", id=f"g{place}", status=state)
        for place, state in enumerate(states)
    ]

    found = raised(make_told(*[NOTHING] * sessions, contracts=[changed(goals=goals)]), "exit")

    assert [each.clause.name for each in found] == (["goals"] if warned else [])


# structure


@pytest.mark.parametrize(
    "text",
    ["We meet once a month.", "Meetings are monthly.", "Our sessions: every three weeks."],
)
def test_two_rhythms_in_one_version_are_warned_of(text):
    (warning,) = raised(make_told(NOTHING, contracts=[changed(text=text)]), "structure")

    assert text.strip(".") in warning.message
    assert "every 14 days" in warning.message
    assert warning.clause.name == "text"


@pytest.mark.parametrize(
    "text",
    [
        "We meet every two weeks.",
        "We meet every second Thursday.",
        "We meet twice a month.",
        "Feedback once a month.",
        "The mentee sends a report every month.",
        "In the first two months we meet weekly, then monthly.",
        "During exams we meet once a month.",
        "Chair the monthly planning meeting alone by the end of August.",
        "He sits in on the weekly ward meeting.",
        "She joins the monthly board meeting.",
        "We meet.",
    ],
)
def test_a_rhythm_that_is_the_same_or_of_something_else_contradicts_nothing(text):
    assert raised(make_told(NOTHING, contracts=[changed(text=text)]), "structure") == []


def test_two_ways_of_talking_in_one_version_are_warned_of():
    contract = changed(text="We only talk by phone.")

    (warning,) = raised(make_told(NOTHING, contracts=[contract]), "structure")

    assert "Zoom" in warning.message
    assert "We only talk by phone" in warning.message


@pytest.mark.parametrize("text", ["We only talk on Teams.", "Sometimes we talk by phone."])
def test_a_channel_that_is_the_same_or_one_of_several_contradicts_nothing(text):
    assert raised(make_told(NOTHING, contracts=[changed(text=text)]), "structure") == []


@pytest.mark.parametrize(
    "text",
    ["Notes are kept of every session.", "Dorothea takes the minutes.", "Ben writes it down."],
)
def test_two_sessions_without_the_agreed_notes_are_warned_of(text):
    history = make_told(NOTHING, None, None, contracts=[changed(text=text)])

    assert raised(history, "structure") == [], "a week is left to write the second one's"
    (warning,) = raised(
        history.model_copy(update={"as_of": history.as_of + timedelta(days=6)}), "structure"
    )

    assert "19 January 2026 and 2 February 2026" in warning.message
    assert warning.severity == "low"


@pytest.mark.parametrize(
    ("sessions", "text"),
    [
        pytest.param([NOTHING, None, NOTHING, NOTHING], "Notes of each session.", id="once"),
        pytest.param([None, None, NOTHING, NOTHING], "Notes of each session.", id="kept again"),
        pytest.param([NOTHING, None, None, None], "We shake hands.", id="nobody agreed on notes"),
        pytest.param([NOTHING, None, None, None], "45 minutes each.", id="minutes of an hour"),
    ],
)
def test_missing_notes_that_prove_nothing_are_left_alone(sessions, text):
    history = make_told(*sessions, contracts=[changed(text=text)], as_of=START + timedelta(days=52))

    assert raised(history, "structure") == []


# goal vagueness

VAGUE = [make_goal("Be better with people"), make_goal("Learn to sail", id="g2")]


def test_goals_without_a_measure_are_one_warning_after_four_sessions():
    history = make_told(*[NOTHING] * 5, contracts=[changed(goals=VAGUE)])

    (warning,) = raised(history, "goal_vagueness")

    assert (warning.about, warning.severity, warning.by) == ("g1", "low", "data")
    assert "no criterion and no date in version 1" in warning.seen[0].computed


@pytest.mark.parametrize(
    ("fields", "sessions"),
    [
        pytest.param({"goals": VAGUE}, 3, id="three sessions"),
        pytest.param(
            {"goals": VAGUE, "phase": {"diagnosis_until": "2026-03-20"}}, 5, id="first stage"
        ),
        pytest.param({"goals": [make_goal(success_criteria="three sold")]}, 6, id="a criterion"),
        pytest.param({"goals": [make_goal(target_date=date(2026, 6, 1))]}, 6, id="a day"),
        pytest.param({"goals": [make_goal(status="parked")]}, 6, id="parked"),
    ],
)
def test_a_goal_that_is_clear_enough_is_left_alone(fields, sessions):
    history = make_told(*[NOTHING] * sessions, contracts=[changed(**fields)])

    assert raised(history, "goal_vagueness") == []


def test_every_question_of_recorded_kinds_keeps_the_rules_of_good_questions():
    text = "We meet once a month. Notes of each session."
    without = changed(goals=[], ends_on=date(2026, 1, 20), text=text)
    found = [
        *detect(make_told(*[NOTHING] * 3, contracts=[without], channel="phone"), []),
        *detect(make_told(*[NOTHING] * 5, contracts=[changed(goals=VAGUE)]), []),
        *detect(make_told(NOTHING, None, None, None, as_of=START + timedelta(days=60)), []),
        *detect(make_told(*[NOTHING] * 4, duration_minutes=20), []),
    ]

    assert {each.kind for each in found} >= {
        "channel",
        "cadence",
        "phase",
        "exit",
        "structure",
        "goal_vagueness",
    }
    assert {each.question: faults(each.question) for each in found if faults(each.question)} == {}


def test_sessions_without_any_notes_raise_nothing_but_what_days_and_clauses_say():
    bare = [make_session(START + timedelta(days=14 * number)) for number in range(4)]
    history = make_told(NOTHING).model_copy(
        update={"sessions": tuple(bare), "readings": {}, "as_of": START + timedelta(days=43)}
    )

    assert {each.kind for each in detect(history, [])} <= {"structure"}


def test_notes_that_two_sentences_give_to_different_hands_are_a_contradiction():
    contract = changed(text="Ana writes the notes the same evening. Ben writes the notes.")

    (warning,) = raised(make_told(NOTHING, contracts=[contract]), "structure")

    assert "Ana writes the notes the same evening" in warning.message


@pytest.mark.parametrize(
    "text",
    [
        "Ana writes the notes. Ana keeps the notes in a folder.",
        "Ana writes the notes. If she is away Ben writes the notes.",
        "Each in turn: Ana writes the notes. Ben writes the notes the next time in turn.",
        "Ana writes the notes. Nobody writes the minutes.",
    ],
)
def test_notes_in_one_hand_or_in_turn_contradict_nothing(text):
    assert raised(make_told(NOTHING, contracts=[changed(text=text)]), "structure") == []


def test_a_rhythm_of_somebody_else_contradicts_nothing():
    text = "Trey sits down with each of them once a month. Meetings are first and third Tuesday."

    assert raised(make_told(NOTHING, contracts=[changed(text=text)]), "structure") == []


@pytest.mark.parametrize(
    ("said", "warned"),
    [
        ("Being better with people has a measure at last: five talks.", False),
        ("That's the measure then: five strangers.", False),
        ("People: still no number.", True),
        ("We will hang a number on the people goal next time.", True),
        ("The number of the bus is 12.", True),
    ],
)
def test_a_measure_that_a_note_tells_of_is_a_measure(said, warned):
    history = make_told(*[NOTHING] * 4, [Passage(said)], contracts=[changed(goals=VAGUE[:1])])

    assert bool(raised(history, "goal_vagueness")) is warned


def test_a_channel_that_was_put_right_in_the_last_session_is_past():
    history = make_told(*[NOTHING] * 4, channel="phone")

    assert len(raised(history, "channel")) == 1
    assert raised(recorded(history, 3, channel="Zoom"), "channel") == []


def test_a_sentence_that_rules_a_channel_out_does_not_agree_on_it():
    contract = changed(text="Chat is for links, it is not instead of the call.")

    history = make_told(NOTHING, NOTHING, contracts=[contract], channel="chat")

    assert len(raised(history, "channel")) == 1
