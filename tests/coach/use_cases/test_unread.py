"""Notes that the engine fails at: marked, said so, and not tried again by themselves."""

from contextlib import ExitStack
from datetime import date

import pytest

from coach.bootstrap import opened
from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.embedded.reader import Reader
from coach.errors import EngineFailed
from coach.ports import ReadingContext
from coach.settings import Settings
from coach.use_cases.coach import Coach
from tests.builders import make_mentorship, make_note, make_session
from tests.coach.use_cases.test_sessions import ADMIN, MENTOR, TOOL, Now

FAILED = "A note of 1 June was not read: the reader failed at it and will not try again by itself."
NOT_YET = "A note of 1 June has not been read yet."
STUMBLE = "We met, and here the reader stumbles."


class Stumbling(EmbeddedEngine):
    """An engine that fails at notes of one kind and counts how often it is asked."""

    def __init__(self, version="1", *, fails=True):
        super().__init__()
        self.version = version
        self.fails = fails
        self.asked = 0

    def read(self, note, context):
        self.asked += 1
        if self.fails and "stumbles" in note.text:
            raise EngineFailed(f"the engine could not read note {note.id}")
        return super().read(note, context)


@pytest.fixture
def started(tmp_path):
    """Return a function that starts the coach on the same data with an engine.

    It may be called often, and each time lets the coach catch up.
    """
    clock = Now()
    with opened(Settings(data_dir=tmp_path), clock=clock) as parts:
        parts.coach.create_mentorship(ADMIN, make_mentorship(), new_id=lambda _: "pair")

        def start(engine):
            coach = Coach(
                parts.store,
                engine,
                index=parts.index,
                pepper=parts.pepper,
                admin_key=None,
                clock=clock,
            )
            coach.catching_up.open()
            at_the_end.callback(coach.catching_up.close)
            assert coach.catching_up.settle(timeout_seconds=30)
            return coach

        with ExitStack() as at_the_end:
            yield start


def posted(coach, text=STUMBLE):
    report = coach.record_session(TOOL, "pair", make_session(date(2026, 6, 1), text))
    return report.session.notes[0]


def not_found(coach):
    return coach.brief(TOOL, "pair").not_found


def test_a_note_that_the_reader_fails_at_is_tried_once_and_the_brief_says_so(started):
    engine = Stumbling()
    coach = started(engine)
    posted(coach)

    told = [not_found(coach) for _ in range(3)]

    assert all(FAILED in each for each in told)
    assert all(NOT_YET not in each for each in told)
    assert engine.asked == 1


def test_a_note_that_failed_is_not_tried_again_after_a_restart(started):
    posted(started(Stumbling()))
    again = Stumbling()

    assert FAILED in not_found(started(again))
    assert again.asked == 0


def test_an_engine_of_another_version_tries_a_note_that_failed(started):
    posted(started(Stumbling()))
    newer = Stumbling("2", fails=False)

    assert FAILED not in not_found(started(newer))
    assert newer.asked == 1


def test_whoever_runs_the_coach_can_have_a_failed_note_tried_again(started):
    posted(started(Stumbling()))
    failing, mended = Stumbling(), Stumbling(fails=False)

    assert started(failing).reread() == 0
    assert started(mended).reread() == 1
    assert (failing.asked, mended.asked) == (1, 1)
    assert FAILED not in not_found(started(mended))


def test_a_failed_note_that_is_shared_anew_is_tried_again(started):
    failing = started(Stumbling())
    session = failing.record_session(TOOL, "pair", make_session(date(2026, 6, 1))).session
    private = make_note(STUMBLE, visibility="mentor")
    note = failing.add_note(MENTOR, "pair", session.id, private).session.notes[0]
    assert FAILED in failing.brief(MENTOR, "pair").not_found
    mended = Stumbling(fails=False)
    coach = started(mended)

    coach.share_note(MENTOR, "pair", note.id, "mentor")
    assert mended.asked == 0

    coach.share_note(MENTOR, "pair", note.id, "shared")
    assert mended.asked == 1
    assert FAILED not in not_found(coach)


def test_other_notes_are_read_beside_a_failed_one(started):
    coach = started(Stumbling())
    posted(coach)
    posted(coach, "Ben will send the budget draft to the board by 8 June.")

    assert len(coach.commitments(TOOL, "pair")) == 1


def test_a_reader_that_is_not_there_leaves_notes_for_when_it_is(started, tmp_path):
    coach = started(EmbeddedEngine(Reader(tmp_path / "nothing")))
    posted(coach)

    assert NOT_YET in not_found(coach)
    assert NOT_YET not in not_found(started(EmbeddedEngine()))


def test_any_fault_in_one_note_is_a_failure_at_that_note(tmp_path):
    class Broken(Reader):
        def scored(self, *_):
            raise RuntimeError("a shape that the model does not take")

    context = ReadingContext(make_mentorship(), date(2026, 6, 1))

    with pytest.raises(EngineFailed, match="could not read note"):
        EmbeddedEngine(Broken()).read(make_note("We met."), context)


def test_a_session_at_which_the_reader_fails_can_be_erased(started):
    failing = started(Stumbling())
    session = failing.record_session(
        TOOL, "pair", make_session(date(2026, 6, 1), make_note(STUMBLE))
    )

    failing.erase_session(TOOL, "pair", session.session.id)

    assert failing.sessions(TOOL, "pair") == ()
