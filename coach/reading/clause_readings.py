"""Reads notes against the contract of their day, when either is stored, or later.

Each visibility has its own limit. So a note for one side takes no time from what others may see.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from coach.agreement.contract import in_force
from coach.errors import EngineFailed, EngineUnavailable, NotFound, OutOfTime, StoreUnavailable
from coach.model.contract import Contract
from coach.model.people import Mentorship, Visibility
from coach.model.readings import ClauseReading, ClauseSignal, Reading
from coach.model.sessions import Note
from coach.notes.portions import Limits, shares
from coach.ports import ClauseEngine, Clock, Store, UnreadClauses
from coach.reading.clauses import ReadsClauses

Progress = Callable[[int, int], None]
MOST_WORDS_AT_ONCE = 600
"""Words of notes with one visibility that are read while somebody waits.

It is three notes of 200 words, at no more than 1.3 s of one processor each.
"""


class _Waiting(NamedTuple):
    """A note to be read, with everything that its reading needs."""

    note: Note
    mentorship: Mentorship
    contract: Contract
    share: float


class FreshClauses(NamedTuple):
    """What was read just now, by note; `whole` if nothing is left unread and all of it is kept."""

    readings: dict[str, ClauseReading]
    whole: bool

    def beside(self, readings: Mapping[str, Reading | None]) -> dict[str, Reading]:
        """Return these readings of notes, each with the clause signals that were read just now."""
        return {
            note_id: reading.having(ClauseSignal, self.readings[note_id].signals)
            if note_id in self.readings
            else reading
            for note_id, reading in readings.items()
            if reading is not None
        }


class ClauseReadings:
    """Keeps one reading for each note, contract version and engine, however often it is read.

    Without an engine nothing is read and nothing waits.
    """

    def __init__(
        self, store: Store, engine: ClauseEngine | None, *, clock: Clock, limits: Limits
    ) -> None:
        self._store = store
        self._reader = None if engine is None else ReadsClauses(engine, limits=limits)
        self._clock = clock
        self._limits = limits

    def read_session(self, mentorship_id: str, session_id: str) -> FreshClauses:
        """Read the unread notes of a session, as many as somebody may wait for."""
        return self._at_once(mentorship_id, session_id=session_id)

    def read_anew(self, mentorship_id: str) -> bool:
        """Read what a new contract version leaves unread; False if some is left for later."""
        return self._at_once(mentorship_id, session_id=None).whole

    def read_left(self, *, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Read unread notes, oldest first, until stopped; True if nothing is left.

        Raises StoreUnavailable if a reading cannot be kept.
        """
        if self._reader is None:
            return True
        waiting = list(self._store.clauses_unread(self._reader.name, None))
        return all(
            not stopped() and self._kept(each) is not None for each in self._in_context(waiting)
        )

    def reread(self, progress: Progress | None = None) -> int:
        """Read every note that the present version has not read; return the number of readings."""
        if self._reader is None:
            return 0
        waiting = list(self._store.clauses_unread(self._reader.name, self._reader.version))
        read = 0
        for done, each in enumerate(self._in_context(waiting), start=1):
            read += self._kept(each) is not None
            if progress is not None:
                progress(done, len(waiting))
        return read

    def _at_once(self, mentorship_id: str, *, session_id: str | None) -> FreshClauses:
        found: dict[str, ClauseReading] = {}
        if self._reader is None:
            return FreshClauses(found, whole=True)
        try:
            waiting = list(
                self._store.clauses_unread(
                    self._reader.name, None, mentorship_id=mentorship_id, session_id=session_id
                )
            )
            for each in self._in_context(_soon_read(waiting)):
                if reading := self._kept(each):
                    found[each.note.id] = reading
        except (StoreUnavailable, OutOfTime):
            return FreshClauses(found, whole=False)
        return FreshClauses(found, whole=len(found) == len(waiting))

    def _in_context(self, waiting: Iterable[UnreadClauses]) -> Iterator[_Waiting]:
        """Yield each note with what its reading needs; notes of one session share one limit."""
        for _, group in groupby(waiting, key=lambda each: each.session_id):
            together = list(group)
            known = self._known(together[0])
            if known is None:
                continue
            share = shares([each.note for each in together], self._limits)
            for each in together:
                yield _Waiting(each.note, *known, share[each.note.id])

    def _known(self, unread: UnreadClauses) -> tuple[Mentorship, Contract] | None:
        """Return the mentorship and the contract of the day, or None if they were erased."""
        try:
            mentorship = self._store.mentorship(unread.mentorship_id)
        except NotFound:
            return None
        versions = tuple(self._store.contracts(unread.mentorship_id))
        contract = in_force(versions, unread.held_on)
        return None if contract is None else (mentorship, contract)

    def _kept(self, waiting: _Waiting) -> ClauseReading | None:
        reading = self._read(waiting)
        if reading is not None:
            self._store.save_clause_reading(waiting.note.id, reading, made_at=self._clock())
        return reading

    def _read(self, waiting: _Waiting) -> ClauseReading | None:
        note, mentorship, contract, share = waiting
        assert self._reader is not None  # noqa: S101 - nothing waits without one
        try:
            return self._reader.read(note, mentorship, contract, share=share)
        except EngineUnavailable:
            return None
        except EngineFailed:
            # It would fail at this note again; another version may not.
            return self._reader.empty(contract)


def _soon_read(waiting: Iterable[UnreadClauses]) -> Iterator[UnreadClauses]:
    """Yield the first notes of each visibility up to a number of words, at least one."""
    words: Counter[Visibility] = Counter()
    for each in waiting:
        begun = words[each.note.visibility]
        words[each.note.visibility] += len(each.note.text.split())
        if not begun or words[each.note.visibility] <= MOST_WORDS_AT_ONCE:
            yield each
