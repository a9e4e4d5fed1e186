from datetime import date

import pytest

from coach.commitments.corrections import settles_nothing
from coach.commitments.remembered import Remembered
from coach.commitments.timeline import commitments
from coach.drift.detection import detect
from coach.model.commitments import Correction
from tests.builders import make_contract, make_history, make_note, make_session

MADE = "Ben will send the budget draft to the board by 27 January 2026."
FIRST, SECOND, LATER = date(2026, 1, 12), date(2026, 2, 9), date(2026, 3, 9)


def history(*said: Correction, as_of: date = LATER, later: str = "We talked about the weather."):
    sessions = (
        make_session(FIRST, make_note(MADE, id="n1")),
        make_session(SECOND, make_note(later, id="n2")),
    )
    held = tuple(each for each in sessions if each.held_on <= as_of)
    known = make_history(*held, as_of=as_of, contracts=[make_contract()])
    return known.model_copy(update={"corrections": said})


def the_one(known):
    (found,) = commitments(known)
    return found


PLAIN = the_one(history())


def word(number: int = 1, **said) -> Correction:
    return Correction(
        id=f"c{number}", commitment_id=PLAIN.id, note_id="n1", said=tuple(sorted(said)), **said
    )


@pytest.mark.parametrize(
    "said",
    [
        {"owner": "mentor"},
        {"due": date(2026, 5, 1)},
        {"action": "Write to the board"},
        {"status": "done"},
        {"owner": "both", "action": "Write to the board", "status": "partly"},
    ],
    ids=str,
)
@pytest.mark.parametrize("as_of", [FIRST, SECOND, LATER], ids=str)
def test_a_persons_word_beats_the_reader_from_the_day_it_was_made(said, as_of):
    before = the_one(history(as_of=as_of))

    after = the_one(history(word(**said), as_of=as_of))

    told = {name: getattr(after, name) for name in said}
    expected = {**said, "status": "overdue"} if said.get("status") == "partly" else said
    assert told == (expected if as_of > date(2026, 1, 27) else said)
    assert after.made_in == before.made_in
    assert after.history[:-1] == before.history
    last = after.history[-1]
    assert (last.by, last.held_on, last.citation) == ("person", FIRST, before.made_in)


def test_a_day_that_is_taken_back_is_no_day():
    found = the_one(history(word(due=None)))

    assert (found.due, found.status) == (None, "open")


def test_a_new_day_is_not_moved_by_what_notes_say_later():
    later = "Moved the budget draft for the board to 20 March 2026."
    assert the_one(history(later=later)).due == date(2026, 3, 20)

    found = the_one(history(word(due=date(2026, 3, 1)), later=later))

    assert (found.due, found.status) == (date(2026, 3, 1), "overdue")
    assert [each.status for each in found.history] == ["open", "rescheduled", "rescheduled"]


@pytest.mark.parametrize("status", ["open", "partly", "dropped"])
def test_what_notes_say_later_does_not_settle_what_a_person_said(status):
    later = "Ben sent the budget draft to the board."
    assert the_one(history(later=later)).status == "done"
    far = word(1, due=date(2026, 12, 1))

    assert the_one(history(far, word(2, status=status), later=later)).status == status


def test_the_last_word_of_people_counts():
    said = (word(1, status="done"), word(2, owner="mentor"), word(3, status="open", due=None))

    found = the_one(history(*said))

    assert (found.status, found.owner, found.due) == ("open", "mentor", None)
    assert [each.status for each in found.history] == ["open", "done", "done", "open"]


def test_a_word_on_a_closed_one_leaves_it_closed():
    found = the_one(history(word(1, status="dropped"), word(2, due=date(2026, 1, 20))))

    assert found.status == found.history[-1].status == "dropped"


def test_who_sees_it_said_again_alone_corrects_the_same_commitment():
    again = "Ben will send the budget draft to the board by 20 March 2026."
    private = make_session(FIRST, make_note(MADE, id="n1", visibility="mentor"))
    shared = make_session(SECOND, make_note(again, id="n2"))
    (mentees,) = commitments(make_history(shared, as_of=LATER))
    known = make_history(private, shared, as_of=LATER)
    (mentors,) = commitments(known)
    said = Correction(
        id="c", commitment_id=mentees.id, note_id="n2", said=("status",), status="done"
    )

    (seen,) = commitments(known.model_copy(update={"corrections": (said,)}))

    assert mentors.id != mentees.id
    assert (seen.id, seen.status) == (mentors.id, "done")


def test_a_word_on_one_does_not_settle_another_of_the_same_sentence():
    both = "Ben sent the budget draft to the board. Ben will call the supplier about the crane."
    known = history(later=both.replace(". Ben", " and Ben"))
    for each in commitments(known):
        said = Correction(
            id="c", commitment_id=each.id, note_id="n2", said=("owner",), owner="unassigned"
        )
        settled = commitments(known.model_copy(update={"corrections": (said,)}))

        assert [one.id for one in settled if one.owner == "unassigned"] == [each.id]


def test_a_word_on_what_is_not_there_changes_nothing():
    stray = word(status="done").model_copy(update={"commitment_id": "elsewhere"})

    assert commitments(history(stray)) == commitments(history())


def test_what_was_remembered_is_worked_out_anew_when_somebody_speaks():
    remembered = Remembered()
    (before,) = remembered.commitments(history())
    (after,) = remembered.commitments(history(word(status="done")))

    assert (before.status, after.status) == ("overdue", "done")
    assert remembered.commitments(history()) == (before,)


def test_the_same_word_twice_settles_nothing():
    first, other = word(1, status="done"), word(2, status="open")

    assert settles_nothing(PLAIN.id, word(3, status="done"), [first])
    assert not settles_nothing(PLAIN.id, word(3, status="done"), [])
    assert not settles_nothing(PLAIN.id, word(3, status="done"), [first, other])
    assert not settles_nothing(PLAIN.id, word(3, status="done", owner="both"), [first])


def test_a_person_silences_a_warning_of_slipping_and_never_raises_one():
    carried = "The budget draft for the board is not done yet."
    again = make_session(date(2026, 2, 23), make_note(carried, id="n3"))
    read = make_history(again, contracts=[make_contract()])

    def slipping(*said: Correction, times: int = 2) -> list[str]:
        known = history(*said, later=carried)
        if times == 2:
            known = known.model_copy(
                update={
                    "sessions": (*known.sessions, *read.sessions),
                    "readings": {**known.readings, **read.readings},
                }
            )
        kinds = [each.kind for each in detect(known, commitments(known))]
        return [kind for kind in kinds if kind == "commitment_slippage"]

    assert slipping() == ["commitment_slippage"]
    assert slipping(word(status="done")) == slipping(word(due=date(2026, 5, 1))) == []
    assert slipping(word(due=date(2026, 1, 20)), times=1) == []
