"""A promise that a person adds, and that notes tell too, is one promise."""

from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.model.commitments import AddedCommitment
from tests.builders import make_history, make_session

FIRST_DAY, SECOND_DAY, THIRD_DAY = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 23)


def added(action="Send the budget draft to the board", **fields):
    given = {"id": "added-a", "owner": "mentee", "made_on": SECOND_DAY, "added_by": "mentee"}
    return AddedCommitment(**{**given, **fields}, action=action)


def told(*sessions, by_hand):
    history = make_history(*sessions, as_of=date(2026, 3, 24))
    return commitments(history.model_copy(update={"added": (by_hand,)}))


@pytest.mark.parametrize("day", [FIRST_DAY, SECOND_DAY], ids=["a day before", "the same day"])
def test_what_notes_told_before_becomes_its_history(day):
    noted = make_session(day, "I'll send the budget draft to the board by 16 March.")

    (made,) = told(noted, by_hand=added(due=date(2026, 3, 20)))

    assert made.action == "Send the budget draft to the board"
    assert made.due == date(2026, 3, 20)
    assert [(each.held_on, each.by) for each in made.history] == [
        (day, "embedded"),
        (SECOND_DAY, "person"),
    ]


def test_a_day_that_the_person_left_out_stays_the_notes():
    noted = make_session(FIRST_DAY, "I'll send the budget draft to the board by 16 March.")

    (made,) = told(noted, by_hand=added())

    assert made.due == date(2026, 3, 16)


def test_what_notes_tell_later_is_its_history_too():
    later = make_session(THIRD_DAY, "The budget draft was sent to the board on Friday.")

    (made,) = told(later, by_hand=added())

    assert (made.status, len(made.history)) == ("done", 2)


def test_a_report_after_both_settles_the_one():
    noted = make_session(FIRST_DAY, "I'll send the budget draft to the board by 16 March.")
    later = make_session(THIRD_DAY, "The budget draft was sent to the board on Friday.")

    made = told(noted, later, by_hand=added())

    assert [each.status for each in made] == ["done"]


@pytest.mark.parametrize(
    "fields", [{"owner": "mentor"}, {"action": "Ring the harbour about the crane"}]
)
def test_what_is_somebody_elses_or_another_thing_stays_two(fields):
    noted = make_session(FIRST_DAY, "I'll send the budget draft to the board by 16 March.")

    assert len(told(noted, by_hand=added(**fields))) == 2


def test_what_was_done_before_it_was_added_is_promised_anew():
    noted = make_session(date(2026, 2, 16), "I'll send the budget draft to the board by 1 March.")
    done = make_session(FIRST_DAY, "The budget draft was sent to the board on Friday.")

    made = told(noted, done, by_hand=added())

    assert [each.status for each in made] == ["done", "open"]
