"""Notes are held against the contract of their day by the use case that stored the one or the other, or later.

What is stored for one side never takes from the time for what others may see: each visibility has its own measure.
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
"""Of notes with one visibility, read while somebody waits: three of 200 words, at 1.3 s of one processor each at most."""


class _Waiting(NamedTuple):
    """A note to be read, with all that reading it takes."""

    note: Note
    mentorship: Mentorship
    contract: Contract
    share: float


class FreshClauses(NamedTuple):
    """What was read just now, by note; `whole` when nothing was left unread and all of it is kept."""

    readings: dict[str, ClauseReading]
    whole: bool

    def beside(self, readings: Mapping[str, Reading | None]) -> dict[str, Reading]:
        """These readings of notes, each with what was read just now of the clauses."""
        return {
            note_id: reading.having(ClauseSignal, self.readings[note_id].signals)
            if note_id in self.readings
            else reading
            for note_id, reading in readings.items()
            if reading is not None
        }


class ClauseReadings:
    """Keeps of each note, contract version and engine one reading, however often it is read.

    Without an engine nothing is read and nothing waits to be.
    """

    def __init__(
        self, store: Store, engine: ClauseEngine | None, *, clock: Clock, limits: Limits
    ) -> None:
        self._store = store
        self._reader = None if engine is None else ReadsClauses(engine, limits=limits)
        self._clock = clock
        self._limits = limits

    def read_session(self, mentorship_id: str, session_id: str) -> FreshClauses:
        """Read the notes of a session that nobody has read, so much as may be waited for."""
        return self._at_once(mentorship_id, session_id=session_id)

    def read_anew(self, mentorship_id: str) -> bool:
        """Read what a new contract version leaves unread, so much as may be waited for; False where some is left."""
        return self._at_once(mentorship_id, session_id=None).whole

    def read_left(self, *, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Read what nobody has read, the oldest first, until stopped; True when nothing is left.

        Raises StoreUnavailable where a reading cannot be kept.
        """
        if self._reader is None:
            return True
        waiting = list(self._store.clauses_unread(self._reader.name, None))
        return all(
            not stopped() and self._kept(each) is not None for each in self._in_context(waiting)
        )

    def reread(self, progress: Progress | None = None) -> int:
        """Read every note that the engine's present version has not read; how many readings it made."""
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
        """Each note with what reading it takes; notes of one session share what one note may take."""
        for _, group in groupby(waiting, key=lambda each: each.session_id):
            together = list(group)
            known = self._known(together[0])
            if known is None:
                continue
            share = shares([each.note for each in together], self._limits)
            for each in together:
                yield _Waiting(each.note, *known, share[each.note.id])

    def _known(self, unread: UnreadClauses) -> tuple[Mentorship, Contract] | None:
        """The mentorship and the contract in force on the day; None where they are erased meanwhile."""
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
            # It would fail at this note again: another version may not.
            return self._reader.empty(contract)


def _soon_read(waiting: Iterable[UnreadClauses]) -> Iterator[UnreadClauses]:
    """The first notes of each visibility up to a number of words; the first one always."""
    words: Counter[Visibility] = Counter()
    for each in waiting:
        begun = words[each.note.visibility]
        words[each.note.visibility] += len(each.note.text.split())
        if not begun or words[each.note.visibility] <= MOST_WORDS_AT_ONCE:
            yield each
