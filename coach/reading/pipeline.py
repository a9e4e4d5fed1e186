"""Reads a note in the use case that stored it, or later in the background, and nowhere else."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from coach import deadline
from coach.errors import EngineFailed, EngineUnavailable, NotFound, StoreUnavailable
from coach.model.history import History
from coach.model.readings import Reading
from coach.model.sessions import Note, Session
from coach.notes.portions import Limits, shares
from coach.pages import grounding
from coach.ports import Clock, Engine, ReadingContext, Store, UnreadNote

Progress = Callable[[int, int], None]


class Fresh(NamedTuple):
    """What was read just now, by note; `whole` if nothing is left unread and all of it is kept."""

    readings: dict[str, Reading]
    whole: bool


class Pipeline:
    """Has one engine read notes and keeps one reading for each note, however often it is read."""

    def __init__(self, store: Store, engine: Engine, *, clock: Clock, limits: Limits) -> None:
        self._store = store
        self._engine = engine
        self._clock = clock
        self._limits = limits

    def read_note(self, note: Note, context: ReadingContext) -> Reading | None:
        """Read a note and keep the reading, even a failed one; None if nothing can read it.

        A note has only one reading of an engine's version. Raises StoreUnavailable if it is not
        kept.
        """
        reading = self._read(note, context)
        if reading is not None:
            self._store.save_reading(
                note.id, reading, made_at=self._clock(), of_day=context.held_on
            )
        return reading

    def read_session(self, history: History, session: Session) -> Fresh:
        """Read the unread notes of a session that the history's audience may see.

        A reading that cannot be kept now is returned too. Raises OutOfTime between two notes.
        """
        unread = [note for note in session.notes if self._is_to_read(history, note)]
        share = shares(unread, self._limits)
        found: dict[str, Reading] = {}
        keeping = True
        for note in unread:
            deadline.check()
            context = ReadingContext(history.mentorship, session.held_on, share=share[note.id])
            reading = self._read(note, context)
            if reading is not None:
                keeping = keeping and self._kept(note, reading, session.held_on)
                found[note.id] = reading
        return Fresh(found, keeping and len(found) == len(unread))

    def read_again(self, history: History, session: Session, note: Note) -> bool:
        """Read a note without a good reading again; False if nothing of it is kept."""
        kept = history.readings.get(note.id)
        if kept is not None and not kept.failed:
            return True
        share = shares(session.notes, self._limits)[note.id]
        context = ReadingContext(history.mentorship, session.held_on, share=share)
        try:
            return self.read_note(note, context) is not None
        except StoreUnavailable:
            return False

    def read_left(self, *, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Read stored and unread notes, oldest first, until stopped; True if nothing is left.

        Raises StoreUnavailable if a reading cannot be kept.
        """
        waiting = list(self._store.left_unread(self._engine.name, self._engine.version))
        for note, context in self._in_context(waiting):
            if stopped() or self.read_note(note, context) is None:
                return False
        return True

    def reread(self, progress: Progress | None = None) -> int:
        """Read every note without a good present reading; return the number of good readings."""
        waiting = list(self._store.unread(self._engine.name, self._engine.version))
        read = 0
        for done, (note, context) in enumerate(self._in_context(waiting), start=1):
            made = self.read_note(note, context)
            read += made is not None and not made.failed
            if progress is not None:
                progress(done, len(waiting))
        return read

    def _in_context(self, waiting: Iterable[UnreadNote]) -> Iterator[tuple[Note, ReadingContext]]:
        """Yield each note with what its reader may know; notes of one session go together."""
        for _, group in groupby(waiting, key=lambda each: each.session_id):
            together = list(group)
            try:
                mentorship = self._store.mentorship(together[0].mentorship_id)
            except NotFound:
                continue  # erased meanwhile
            share = shares([each.note for each in together], self._limits)
            for each in together:
                context = ReadingContext(mentorship, each.held_on, share=share[each.note.id])
                yield each.note, context

    def _is_to_read(self, history: History, note: Note) -> bool:
        """Whether to read a note unasked: nobody tried, or another version failed at it."""
        kept = history.readings.get(note.id)
        return kept is None or (kept.failed and kept.version != self._engine.version)

    def _read(self, note: Note, context: ReadingContext) -> Reading | None:
        engine = self._engine
        try:
            reading = engine.read(note, context)
        except EngineUnavailable:
            return None
        except EngineFailed:
            reading = Reading(engine=engine.name, version=engine.version, failed=True)
        return grounding.within(reading, note.text)

    def _kept(self, note: Note, reading: Reading, of_day: date) -> bool:
        try:
            self._store.save_reading(note.id, reading, made_at=self._clock(), of_day=of_day)
        except StoreUnavailable:
            return False
        return True
