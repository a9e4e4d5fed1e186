"""What a model reads beside the embedded engine: the newest notes, each once, on threads of its own.

A request waits for as long as it has; what is not ready by then is read to the end and there for the next one.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from coach import merging
from coach.commitments import commitments, open_ones, overdue_ones
from coach.contract import in_force
from coach.deadline import waiting_for_a_model
from coach.errors import EngineFailed
from coach.grounding import within
from coach.model import Audience, History, Mentorship, Note, Reading, Session, Visibility
from coach.ports import Clock, Model, ReadingContext, Store

_NEWEST = 4
_AT_ONCE = 8
_OPEN_TOLD = 20
OF_THE_NOTE = frozenset(
    {"not_as_asked", "refused", "filtered", "cut_short", "too_long", "empty", "unfinished"}
)
"""Reasons that lie in what was asked: the model is there, and would answer the same again."""


class SecondReader:
    """Reads notes with a model, keeps what it said, and lays it beside the embedded reading."""

    def __init__(self, model: Model, store: Store, *, clock: Clock) -> None:
        self.model = model
        self._store = store
        self._clock = clock
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="model")
        self._under_way: dict[tuple[str, str], Future[None]] = {}
        self._given_up: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def may_read(self, mentorship: Mentorship) -> bool:
        """Whether the model may see this mentorship's notes: it runs here, or both people agreed."""
        return self.model.stays_here or mentorship.external_llm

    def close(self) -> None:
        """Give up what has not begun and what is under way."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.model.close()
        self._pool.shutdown(wait=True)

    def beside(self, history: History) -> History:
        """The history with what the model has read already."""
        if not self.may_read(history.mentorship):
            return history
        return laid_beside(history, self._told(history))

    def read_newest(self, history: History, *, seconds: float) -> str | None:
        """Have the newest unread notes read; the reason code when some were not, within so many seconds."""
        unread = list(self._unread(history))
        asked = [self._reading_of(history, session, note) for session, note in unread]
        with waiting_for_a_model():
            done, late = wait(asked, timeout=seconds)
        failures = [error for each in done if (error := each.exception())]
        others = [error for error in failures if not isinstance(error, EngineFailed)]
        if others:
            raise others[0]
        if late:
            return "timeout"
        return str(failures[0]) if failures else None

    def read_all(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Read every note that the model may see and has not read, oldest first; how many it read."""
        waiting = [
            (mentorship, session, note)
            for mentorship, session in self._store.every_session()
            for note in session.notes
            if self.may_read(mentorship) and note.text.strip()
        ]
        read = 0
        for done, (mentorship, session, note) in enumerate(waiting, start=1):
            read += self._caught_up(mentorship, session, note)
            if progress is not None:
                progress(done, len(waiting))
        return read

    def _caught_up(self, mentorship: Mentorship, session: Session, note: Note) -> bool:
        history = self._store.history(mentorship.id, _seen_by(note), session.held_on)
        told = self._told(history)
        if note.id in told:
            return False
        try:
            self._read(history.mentorship, session, note)
        except EngineFailed:
            return False
        return True

    def _told(self, history: History) -> dict[str, Reading]:
        shown: tuple[Visibility, ...] = ("shared", "mentor", "mentee")
        versions = {each: self.model.version_for(each) for each in shown}
        return self._store.second_readings(
            history.mentorship.id, history.audience, history.as_of, versions
        )

    def _unread(self, history: History) -> Iterator[tuple[Session, Note]]:
        """The notes of the last sessions that have none of the model's readings, oldest first."""
        told = self._told(history)
        for session in history.sessions[-_NEWEST:]:
            for note in session.notes:
                if note.id not in told and note.id in history.readings and note.text.strip():
                    yield session, note

    def _reading_of(self, history: History, session: Session, note: Note) -> Future[None]:
        """The one attempt to read this note that is under way, begun now if there is none."""
        key = (note.id, self.model.version_for(note.visibility))
        with self._lock:
            if key in self._given_up:
                failed: Future[None] = Future()
                failed.set_exception(EngineFailed(self._given_up[key]))
                return failed
            if key not in self._under_way:
                future = self._pool.submit(self._read, history.mentorship, session, note)
                self._under_way[key] = future
                future.add_done_callback(lambda _: self._ended(key))
                return future
            return self._under_way[key]

    def _ended(self, key: tuple[str, str]) -> None:
        with self._lock:
            self._under_way.pop(key, None)

    def _read(self, mentorship: Mentorship, session: Session, note: Note) -> None:
        context = self._context(mentorship, session, note)
        try:
            reading = self.model.read(note, context)
        except EngineFailed as error:
            if str(error) in OF_THE_NOTE:
                # Asked again, it would answer the same: not before the next start.
                self._given_up[note.id, self.model.version_for(note.visibility)] = str(error)
            raise
        self._store.save_reading(note.id, within(reading, note.text), made_at=self._clock())

    def _context(self, mentorship: Mentorship, session: Session, note: Note) -> ReadingContext:
        """What everyone who may read this note may see on its day, before it."""
        history = self.beside(self._store.history(mentorship.id, _seen_by(note), session.held_on))
        earlier = tuple(each for each in history.sessions if each.held_on < session.held_on)
        made = commitments(history.model_copy(update={"sessions": earlier}))
        known = (*overdue_ones(made), *open_ones(made))
        return ReadingContext(
            mentorship,
            session.held_on,
            contract=in_force(history.contracts, session.held_on),
            open_commitments=known[-_OPEN_TOLD:],
        )


def _seen_by(note: Note) -> Audience:
    """Whose view everyone shares who may read a note."""
    return "tool" if note.visibility == "shared" else note.visibility


def laid_beside(history: History, told: dict[str, Reading]) -> History:
    """A history in which what a model read stands beside what the embedded engine read."""
    own = history.without_model.readings
    alone = {note_id: own[note_id] for note_id in told if note_id in own}
    both = {note_id: merging.merged(each, told[note_id]) for note_id, each in alone.items()}
    return history.model_copy(update={"readings": {**own, **both}, "alone": alone})
