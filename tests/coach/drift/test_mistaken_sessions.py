"""A session without words hides no evidence; one only recorded ahead of its day proves nothing."""

from datetime import date, timedelta

import pytest

from coach.drift.signals import held_sessions, noted_sessions
from coach.model.history import History
from tests.builders import make_note, make_session
from tests.coach.drift.told import CONTRACT, START, against, make_told, raised

WORDLESS = ("", "  \n\n", "- \n- ", "---", "…", "**  **")


def with_one_more(history: History, *notes: str, **fields) -> History:
    """The history with another session on its last day."""
    day = history.as_of
    added = make_session(day, *(make_note(each) for each in notes), id="mistake", **fields)
    return history.model_copy(update={"sessions": (*history.sessions, added)})


@pytest.mark.parametrize("text", WORDLESS, ids=repr)
def test_wordless_notes_push_no_evidence_aside(text):
    told = make_told([against("feedback")], [against("feedback")], [])
    before = raised(told, "feedback")
    assert before

    for _ in range(4):
        told = with_one_more(told, text)

    assert raised(told, "feedback") == before
    assert len(noted_sessions(told)) == 3


def test_one_of_its_words_makes_a_note():
    told = make_told([], [])

    assert len(noted_sessions(with_one_more(told, "- ok"))) == len(noted_sessions(told)) + 1


def test_only_what_was_recorded_ahead_and_left_without_a_note_was_not_held():
    told = make_told([], [])
    before = len(held_sessions(told))

    assert len(held_sessions(with_one_more(told))) == before + 1
    assert len(held_sessions(with_one_more(told, ahead=True))) == before
    assert len(held_sessions(with_one_more(told, "We met.", ahead=True))) == before + 1


def test_a_series_recorded_ahead_silences_no_rhythm():
    told = make_told([], [], contracts=[CONTRACT])
    last = told.sessions[-1].held_on
    later = told.model_copy(update={"as_of": last + timedelta(days=60)})
    (warning,) = raised(later, "cadence")

    ahead = tuple(
        make_session(last + timedelta(days=n), id=f"ahead{n}", ahead=True) for n in (14, 28, 42, 56)
    )
    planned = later.model_copy(update={"sessions": (*later.sessions, *ahead)})

    assert raised(planned, "cadence") == [warning]


def test_the_agreed_channel_of_a_session_recorded_ahead_silences_no_channel():
    used = make_told([], [], [], channel="WhatsApp", contracts=[CONTRACT])
    before = raised(used, "channel")
    assert before

    assert raised(with_one_more(used, channel="Zoom", ahead=True), "channel") == before
    assert raised(with_one_more(used, channel="Zoom"), "channel") == []


def test_what_is_recorded_ahead_is_not_missed_when_its_notes_are():
    told = make_told([], [], contracts=[CONTRACT])
    ahead = [
        make_session(START + timedelta(days=n), id=f"ahead{n}", ahead=True) for n in (1, 2, 3, 4)
    ]
    sessions = tuple(sorted((*told.sessions, *ahead), key=lambda each: each.held_on))
    later = told.model_copy(update={"sessions": sessions, "as_of": date(2026, 3, 1)})

    assert raised(later, "structure") == []
