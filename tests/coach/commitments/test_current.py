"""Which promises a page tells: those of whose state the last notes cannot have said more."""

from datetime import date, timedelta

import pytest

from coach.commitments.current import current
from coach.model.citations import Citation
from coach.model.commitments import Commitment, CommitmentEvent
from tests.builders import make_history, make_session

FIRST, LAST, TODAY = date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 20)
HISTORY = make_history(
    make_session(FIRST, "We planned the open day."),
    make_session(LAST, "We walked the hall."),
    as_of=TODAY,
)
CITED = Citation(
    session_id="s", held_on=FIRST, note_id="n", start=0, end=14, quote="write the draft"
)


def a_promise(*, said: date, by: str = "embedded", **fields) -> Commitment:
    event = CommitmentEvent(
        session_id="s", held_on=said, status="open", due=None, citation=CITED, by=by
    )
    given = {"owner": "mentee", "action": "write the draft", "due": None, "status": "open"}
    return Commitment(**{"id": "p", **given, "made_in": CITED, "history": (event,), **fields})


TOLD = {
    "said in the last notes": a_promise(said=LAST),
    "due after the last notes": a_promise(said=FIRST, due=TODAY + timedelta(days=3)),
    "due since the last notes": a_promise(
        said=FIRST, due=LAST + timedelta(days=2), status="overdue", overdue_because="silent"
    ),
    "said to be late in the last notes": a_promise(
        said=LAST, due=FIRST, status="overdue", overdue_because="said"
    ),
    "put right by a person": a_promise(said=FIRST, by="person"),
    "done": a_promise(said=FIRST, status="done"),
}
LEFT_OUT = {
    "not spoken of since": a_promise(said=FIRST),
    "its day went by before the last notes": a_promise(
        said=FIRST, due=FIRST + timedelta(days=5), status="overdue", overdue_because="silent"
    ),
    "only carried over in a list": a_promise(
        said=LAST, due=FIRST + timedelta(days=5), status="overdue", overdue_because="carried"
    ),
}


@pytest.mark.parametrize("promise", TOLD.values(), ids=TOLD)
def test_a_page_tells(promise):
    assert current((promise,), HISTORY) == (promise,)


@pytest.mark.parametrize("promise", LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_page_leaves_out(promise):
    assert current((promise,), HISTORY) == ()


def test_a_session_without_notes_says_nothing_of_any_promise():
    silent = make_history(make_session(FIRST, "We planned."), make_session(LAST), as_of=TODAY)

    assert len(current((a_promise(said=FIRST),), silent)) == 1


def test_a_session_dated_ahead_hides_nothing():
    ahead = make_history(
        make_session(FIRST, "We planned."),
        make_session(TODAY + timedelta(days=9), "x"),
        as_of=TODAY,
    )

    assert len(current((a_promise(said=FIRST),), ahead)) == 1
