from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.model.history import History
from coach.model.readings import FactSignal, Reading
from coach.model.sessions import Preparation
from coach.questions.rules.grounding import grounded
from coach.questions.rules.table import faults
from coach.questions.selection import brief_questions, reflection_prompts, session_questions
from tests.builders import make_contract, make_goal, make_history, make_note, make_session

FIRST, SECOND, THIRD = date(2026, 3, 3), date(2026, 3, 17), date(2026, 3, 31)


def told(*sessions: tuple[date, list[tuple]], **fields) -> History:
    """A history whose sentences are known to be of a kind: (kind, sentence) or (kind, sentence, said by)."""
    readings, held = {}, []
    for on, said in sessions:
        text = "\n".join(f"- {each[1]}" for each in said)
        note = make_note(text)
        findings = tuple(
            FactSignal(
                start=text.index(each[1]),
                end=text.index(each[1]) + len(each[1]),
                kind=each[0],
                said_by=each[2] if len(each) > 2 else "mentee",
            )
            for each in said
        )
        readings[note.id] = Reading(engine="embedded", version="1", signals=(*findings,))
        held.append(make_session(on, note))
    known = make_history(*held, **fields)
    return known.model_copy(update={"readings": readings})


WIN = ("win", "The warehouse audit passed without one finding")
CONCERN = ("concern", "The courier contract could fall through before June")
DOUBT = ("doubt", "Perhaps the Rotterdam post is too big for me")
ATTEMPT = ("attempt", "Ran the stocktake with handheld scanners for once")
INSIGHT = ("insight", "Short briefings calm the night shift")
STOPPER = ("stopper", "The ticket queue swallows every Thursday morning")
AGAIN = ("stopper", "Once more the ticket queue ate the Thursday")
GOAL = make_goal("Run the Rotterdam depot", success_criteria="audit passed twice, stocktake clean")
CONTRACT = make_contract(goals=(GOAL,))


def asked(history: History) -> tuple:
    return brief_questions(history, commitments(history)).questions


def reflected(history: History) -> tuple:
    return reflection_prompts(history, commitments(history)).questions


@pytest.mark.parametrize(
    "first", [CONCERN, DOUBT, WIN, ATTEMPT], ids=["concern", "doubt", "win", "attempt"]
)
def test_the_first_question_is_about_what_the_last_session_left(first):
    history = told((FIRST, [WIN, CONCERN]), (SECOND, [INSIGHT, first]), contracts=[CONTRACT])

    questions = asked(history)

    assert first[1] in questions[0].text
    assert questions[0].citations[0].held_on == SECOND


def test_one_is_on_a_goal_and_one_on_what_was_learned():
    history = told((FIRST, [CONCERN, DOUBT, WIN, ATTEMPT, INSIGHT]), contracts=[CONTRACT])

    questions = asked(history)

    assert 3 <= len(questions) <= 5
    assert {"goal", "learning"} <= {each.intent for each in questions}
    assert next(each.about for each in questions if each.intent == "goal") == "g1"


@pytest.mark.parametrize(
    "said",
    [
        "We talked about that again",
        "So what am I doing",
        "Both taken in good part",
        "Ana and Ben had a good talk",
        "It went well and I am happy",
    ],
    ids=str,
)
def test_what_any_pair_could_say_is_not_asked_about(said):
    history = told((FIRST, [("concern", said), ("win", said), ("doubt", said)]))

    assert asked(history) == reflected(history) == ()


def test_every_question_keeps_the_rules_and_quotes_what_it_cites():
    everything = [CONCERN, DOUBT, WIN, ATTEMPT, INSIGHT, STOPPER, AGAIN]
    history = told((FIRST, everything), (SECOND, everything), contracts=[CONTRACT])
    session = history.sessions[-1]

    for questions in (
        asked(history),
        reflected(history),
        session_questions(history, session, ()).questions,
    ):
        assert 1 <= len(questions) <= 5
        for each in questions:
            assert faults(each.text) == ()
            assert grounded(each)
            assert "“" in each.text


def test_what_gets_in_the_way_twice_is_offered_with_its_days():
    history = told((FIRST, [STOPPER]), (SECOND, [AGAIN]))

    (question,) = asked(history)

    assert question.text.startswith("On 3 March 2026 and 17 March") or question.text.startswith(
        "On 3 March and 17 March"
    )
    assert question.text.endswith("What do you make of it?")
    assert [each.held_on for each in question.citations] == [FIRST, SECOND]
    assert question.citations in [each.citations for each in reflected(history)]


@pytest.mark.parametrize(
    "sessions",
    [
        [(FIRST, [STOPPER])],
        [(FIRST, [STOPPER, AGAIN])],
        [(FIRST, [STOPPER]), (SECOND, [("stopper", "The lift to the archive is broken")])],
        [(FIRST, [STOPPER]), (SECOND, [AGAIN]), (THIRD, [WIN])],
    ],
    ids=["once", "one day", "two things", "not the last time"],
)
def test_one_sight_is_no_pattern_and_an_old_one_was_asked_about(sessions):
    history = told(*sessions)

    assert not [each for each in asked(history) if "make of it" in each.text]


def test_the_mentor_is_not_asked_what_keeps_getting_in_the_mentees_way():
    history = told((FIRST, [STOPPER]), (SECOND, [AGAIN]), audience="mentee")

    assert not [each for each in asked(history) if "make of it" in each.text]


def test_a_reflection_asks_what_to_keep_what_to_change_and_ends_with_one_ask():
    history = told((FIRST, [WIN, DOUBT, STOPPER, CONCERN]))

    prompts = reflected(history)

    texts = [each.text for each in prompts]
    assert "keep doing" in texts[0]
    assert any("aloud" in each for each in texts)
    assert any("stop or start" in each for each in texts)
    assert "next session" in texts[-1]
    assert {each.ask_of for each in prompts} == {"mentee"}


def test_the_ask_builds_on_what_was_prepared():
    def wish(author: str, text: str) -> Preparation:
        return Preparation(
            id=f"p{author}", author=author, visibility="shared", text=text, made_on=SECOND
        )

    mine = wish("mentee", "Hello. How do I tell the Rotterdam board about the courier contract?")
    yours = wish("mentor", "Please bring the scanner figures of the stocktake.")
    mine = mine.model_copy(update={"text": "Please look at my Rotterdam application letter."})
    history = told((FIRST, [CONCERN]), preparations=[mine, yours], as_of=SECOND)

    last = reflected(history)[-1]

    assert "Rotterdam application letter" in last.text
    assert (last.citations[0].session_id, last.citations[0].note_id) == (None, "pmentee")
    assert not [each for each in reflected(history) if "scanner" in each.text]


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("The audit passed and the stocktake was clean", True),
        ("The audit in Rotterdam was moved to autumn", False),
    ],
    ids=["its criteria", "its subject"],
)
def test_a_goal_that_is_nearly_reached_is_taught(said, near):
    history = told((FIRST, [("win", said)]), contracts=[CONTRACT])

    taught = [each for each in reflected(history) if each.intent == "teach_back"]

    assert bool(taught) == near
    assert all(each.about == "g1" for each in taught)


def test_a_question_that_was_asked_and_not_answered_is_carried():
    history = told((FIRST, [CONCERN]), (SECOND, [CONCERN, DOUBT]))
    goal = told(
        (FIRST, [("topic", "The Rotterdam depot needs a second crane")]),
        (SECOND, [CONCERN]),
        contracts=[CONTRACT],
    )

    carried = {each.text: each.carried for each in asked(history)}
    assert {text: "courier" in text for text in carried} == carried
    assert [(each.intent, each.carried) for each in asked(goal)] == [
        ("progress", False),
        ("goal", True),
    ]


def test_what_was_learned_earlier_is_carried_where_the_last_session_tells_nothing():
    history = told((FIRST, [WIN]), (SECOND, [CONCERN]))

    assert [(each.intent, each.carried) for each in asked(history)] == [
        ("progress", False),
        ("learning", True),
    ]


def test_a_question_has_at_most_one_overdue_task():
    text = "- Ben will call the crane supplier by 5 March 2026.\n- Ben will write the stocktake report by 6 March 2026."
    history = make_history(make_session(FIRST, text), as_of=THIRD)

    for questions in (asked(history), reflected(history)):
        assert len([each for each in questions if each.intent == "commitment"]) <= 1
    assert [each.intent for each in asked(history)].count("commitment") == 1


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_nobody_is_asked_about_what_they_may_not_see(side):
    text = "- Ben will call the crane supplier by 5 March 2026.\n- Ana will call the depot manager by 5 March 2026."
    private = make_note(f"I am worried about the courier contract.\n{text}", visibility=side)
    history = make_history(make_session(FIRST, private), as_of=THIRD, audience=side)
    session = history.sessions[0]
    made = commitments(history)

    assert {each.status for each in made} == {"overdue"}
    assert asked(history) == session_questions(history, session, made).questions == ()
    assert bool(reflected(history)) == (side == "mentee")


def test_the_prompts_used_are_named_with_their_versions():
    history = told((FIRST, [CONCERN]), (SECOND, [WIN]))
    said = brief_questions(history, ())

    assert said.prompts == {"ask_win": "v1"}
    assert said.dropped == 0
