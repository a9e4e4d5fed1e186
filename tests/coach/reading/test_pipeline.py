"""Whoever stores a note has it read; what was left is read at the next start, once."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from coach.agreement.access import Principal
from coach.bootstrap import opened
from coach.engines.embedded.engine import EmbeddedEngine
from coach.errors import EngineUnavailable, StoreUnavailable
from coach.notes.portions import Limits
from coach.ports import ReadingContext, SessionChange
from coach.reading.catching_up import CatchingUp
from coach.reading.pipeline import Pipeline
from coach.settings import Settings
from tests.builders import make_mentorship, make_note, make_session

DAY = date(2026, 6, 1)
MENTOR = Principal("k1", "mentor", "pair")
TOOL = Principal("k2", "tool", "pair")
PROMISE = "Ben will send the budget draft to the board by Friday."


class Counting(EmbeddedEngine):
    """An engine that counts which notes it is asked for."""

    def __init__(self):
        super().__init__()
        self.asked: list[str] = []

    def read(self, note, context):
        self.asked.append(note.id)
        return super().read(note, context)


class Absent(Counting):
    """An engine that can read nothing."""

    def read(self, note, context):
        self.asked.append(note.id)
        raise EngineUnavailable("the weights are missing")


def clock() -> datetime:
    return datetime(2026, 6, 15, 9, tzinfo=UTC)


@pytest.fixture
def parts(tmp_path):
    with opened(Settings(data_dir=tmp_path), clock=clock, catches_up=False) as parts:
        parts.store.add_mentorship(make_mentorship())
        yield parts


def pipeline(parts, engine) -> Pipeline:
    return Pipeline(parts.store, engine, clock=clock, limits=Limits())


def readings(tmp_path) -> int:
    with closing(sqlite3.connect(tmp_path / "coach.db")) as database:
        return database.execute("SELECT count(*) FROM readings").fetchone()[0]


def test_a_note_that_is_read_twice_has_one_reading(parts, tmp_path):
    note = make_note(PROMISE)
    parts.store.add_session("pair", make_session(DAY, note), posted_by="tool")
    reader = pipeline(parts, EmbeddedEngine())

    first, second = (
        reader.read_note(note, ReadingContext(make_mentorship(), DAY)) for _ in range(2)
    )

    assert first == second == parts.store.history("pair", "tool", DAY).readings[note.id]
    assert readings(tmp_path) == 1


def test_a_session_is_read_once_however_often_it_is_asked_for(parts):
    session = make_session(DAY, PROMISE, "We met.")
    parts.store.add_session("pair", session, posted_by="tool")
    engine = Counting()
    reader = pipeline(parts, engine)

    told = [reader.read_session(parts.store.history("pair", "tool", DAY), session) for _ in "ab"]

    assert engine.asked == [note.id for note in session.notes]
    assert [each.whole for each in told] == [True, True]
    assert [len(each.readings) for each in told] == [2, 0]


def test_what_is_left_is_read_once_and_then_nothing_is_left(parts):
    for number in range(3):
        session = make_session(DAY, PROMISE, id=f"s{number}")
        parts.store.add_session("pair", session, posted_by="tool")
    engine = Counting()
    reader = pipeline(parts, engine)

    assert reader.read_left()
    assert reader.read_left()

    assert len(engine.asked) == 3


def test_where_there_is_nothing_to_read_with_one_note_is_tried(parts):
    parts.store.add_session("pair", make_session(DAY, PROMISE, "We met."), posted_by="tool")
    engine = Absent()

    assert not pipeline(parts, engine).read_left()

    assert len(engine.asked) == 1


def test_who_is_stopped_reads_no_further(parts):
    parts.store.add_session("pair", make_session(DAY, PROMISE, "We met."), posted_by="tool")
    engine = Counting()

    assert not pipeline(parts, engine).read_left(stopped=lambda: len(engine.asked) == 1)

    assert len(engine.asked) == 1


def test_a_note_is_read_anew_when_its_session_was_held_on_another_day(parts):
    session = make_session(DAY, PROMISE)
    stored = parts.coach.record_session(TOOL, "pair", session).session
    (before,) = parts.coach.commitments(TOOL, "pair")

    change = SessionChange(frozenset({"held_on"}), held_on=date(2026, 6, 8))
    parts.coach.change_session(TOOL, "pair", stored.id, change)

    (after,) = parts.coach.commitments(TOOL, "pair")
    assert (before.due, after.due) == (date(2026, 6, 5), date(2026, 6, 12))


def test_what_others_keep_to_themselves_is_read_anew_in_the_background(parts):
    session = parts.coach.record_session(TOOL, "pair", make_session(DAY, "We met.")).session
    parts.coach.add_note(MENTOR, "pair", session.id, make_note(PROMISE, visibility="mentor"))

    change = SessionChange(frozenset({"held_on"}), held_on=date(2026, 6, 8))
    parts.coach.change_session(TOOL, "pair", session.id, change)
    parts.coach.catching_up.open()
    assert parts.coach.catching_up.settle(timeout_seconds=30)

    (after,) = parts.coach.commitments(MENTOR, "pair")
    assert after.due == date(2026, 6, 12)


# in the background


@pytest.fixture
def catching_up():
    """Makes one that reads with a given function; all are closed at the end."""
    made: list[CatchingUp] = []

    def make(read_left) -> CatchingUp:
        made.append(CatchingUp(read_left))
        made[-1].open()
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_start_reads_what_was_left_and_nothing_after_it(tmp_path):
    with opened(Settings(data_dir=tmp_path), clock=clock, catches_up=False) as parts:
        parts.store.add_mentorship(make_mentorship())
        parts.store.add_session("pair", make_session(DAY, PROMISE), posted_by="tool")

    with opened(Settings(data_dir=tmp_path), clock=clock) as parts:
        assert parts.coach.catching_up.settle(timeout_seconds=30)
        assert len(parts.coach.commitments(TOOL, "pair")) == 1
        assert parts.coach.reread() == 0


def test_it_tries_again_after_the_database_was_busy(catching_up):
    tries: list[str] = []

    def read_left(*, stopped) -> bool:
        tries.append("tried")
        if len(tries) == 1:
            raise StoreUnavailable("the database is busy")
        return True

    reader = catching_up(read_left)
    assert reader.settle(timeout_seconds=30)
    reader.wake()
    assert reader.settle(timeout_seconds=30)

    assert len(tries) >= 2


def test_it_stops_between_two_notes(catching_up):
    seen: list[bool] = []

    def read_left(*, stopped) -> bool:
        while not stopped():
            pass
        seen.append(stopped())
        return False

    catching_up(read_left).close()

    assert seen == [True]
