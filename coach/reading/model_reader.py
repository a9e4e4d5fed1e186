"""Reads the newest notes with a model, each once, on its own threads.

A request waits as long as it may. What is not ready then is read to the end, for the next request.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait

from coach.agreement.contract import in_force
from coach.commitments.status import open_ones, overdue_ones
from coach.commitments.timeline import commitments
from coach.deadline import waiting_for_a_model
from coach.errors import EngineFailed, NotFound
from coach.model import grounds
from coach.model.grounds import Grounds
from coach.model.history import History
from coach.model.people import Audience, Mentorship, Visibility
from coach.model.readings import Reading
from coach.model.sessions import Note, Session
from coach.notes.put_right import put_right
from coach.pages.grounding import within
from coach.ports import Barred, Clock, Model, ReadingContext, Store
from coach.reading import trust
from coach.reading.context import clipped, story
from coach.reading.model_clauses import ModelClauses
from coach.reading.queue import OF_THE_NOTE, Key, ReadingQueue, failed
from coach.reading.standing import barred

_NEWEST = 4
"""Number of last sessions that are read for a request. Chosen by hand; not measured."""
_AT_ONCE = 8
"""Notes that a model reads at the same time. Chosen by hand; not measured."""
_OPEN_TOLD = 20
"""Highest number of open commitments that a model is told. Chosen by hand; not measured."""


class ModelReader:
    """Reads notes with a model, keeps the readings, and combines them with the embedded ones."""

    def __init__(
        self, model: Model, store: Store, *, clock: Clock, clauses: ModelClauses | None = None
    ) -> None:
        self.model = model
        self.clauses = clauses
        self._store = store
        self._clock = clock
        self._queue = ReadingQueue(at_once=_AT_ONCE)
        self._given_up: dict[Key, str] = {}

    def may_read(self, mentorship: Mentorship) -> bool:
        """Whether the model may see this mentorship's notes: it runs here, or both people agreed.

        Nothing is asked about a sample: nobody prepares with it.
        """
        agreed = self.model.stays_here or mentorship.external_llm
        return agreed and mentorship.sample_on is None

    def rests_on(self, history: History) -> Grounds:
        """Return what the model's view of a history rests on.

        If the model is elsewhere, the two people's agreement is part of it.
        """
        return grounds.of_history(history, agreed=not self.model.stays_here)

    def barred(self, rests_on: Grounds) -> Barred:
        """Return a function that looks up why the model must not be told what rests on this."""
        return barred(self._store, rests_on)

    def withdraw(self, mentorship_id: str, reason: str, *, note_id: str | None = None) -> None:
        """Give up a mentorship's unread notes, or one of them, and forget the model's answers."""
        self._queue.drop(mentorship_id, reason, note_id=note_id)
        self.model.forget(mentorship_id)

    def close(self) -> None:
        """Give up what waits and what is under way."""
        self._queue.close()
        self.model.close()
        if self.clauses is not None:
            self.clauses.close()
        self._queue.join()

    def beside(self, history: History) -> History:
        """Return the history with what the model has read already, as people have put it right."""
        if not self.may_read(history.mentorship):
            return put_right(history)
        both = trust.laid_beside(history, self._told(history))
        return both if self.clauses is None else self.clauses.beside(both)

    def wake(self, mentorship_id: str) -> None:
        """Have a mentorship's clauses read in the background, because something has changed."""
        if self.clauses is not None:
            self.clauses.wake(mentorship_id)

    def begin(self, mentorship: Mentorship, session: Session) -> None:
        """Have the notes of a session that was just stored read in the background, each once."""
        if self.may_read(mentorship):
            for note in session.notes:
                if note.text.strip():
                    self._attempt(mentorship.id, session, note)

    def settle(self) -> None:
        """Wait until everything that was begun is read or has failed."""
        while under_way := self._queue.under_way():
            wait(under_way)

    def has_unread(self, history: History) -> bool:
        """Whether one of the newest notes of a history lacks the model's reading."""
        return any(True for _ in self._newest(history))

    def read_newest(self, history: History, *, seconds: float) -> str | None:
        """Have the newest unread notes read in time; return the reason if some were not."""
        told = self._told(history) if self.has_unread(history) else {}
        unread = [each for each in self._newest(history) if each[1].id not in told]
        pair = history.mentorship.id
        asked = [self._attempt(pair, session, note) for session, note in unread]
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
        """Read every unread note that the model may see, oldest first; return how many it read."""
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
        try:
            history = self._store.history(mentorship.id, _seen_by(note), session.held_on)
            if not self.may_read(history.mentorship) or note.id in self._told(history):
                return False
            self._attempt(mentorship.id, session, note).result()
        except (EngineFailed, NotFound):
            return False
        return True

    def _told(self, history: History) -> dict[str, Reading]:
        shown: tuple[Visibility, ...] = ("shared", "mentor", "mentee")
        versions = {each: self.model.version_for(each) for each in shown}
        return self._store.second_readings(
            history.mentorship.id, history.audience, history.as_of, versions
        )

    def _newest(self, history: History) -> Iterator[tuple[Session, Note]]:
        """Yield the notes of the last sessions without a reading of the model, oldest first."""
        for session in history.sessions[-_NEWEST:]:
            for note in session.notes:
                known = note.id in history.readings and note.id not in history.alone
                if known and note.text.strip():
                    yield session, note

    def _attempt(self, mentorship_id: str, session: Session, note: Note) -> Future[None]:
        """Return the one attempt to read this note that is under way, or start it."""
        key = (note.id, self.model.version_for(note.visibility))
        if reason := self._given_up.get(key):
            return failed(reason)
        return self._queue.wanted(
            key,
            mentorship_id,
            lambda: self._read(mentorship_id, session, note),
            held_on=session.held_on,
        )

    def _read(self, mentorship_id: str, session: Session, note: Note) -> None:
        """Read a note and keep the reading, both only while everything that it rests on stands."""
        context, rests_on = self._context(mentorship_id, session, note)
        try:
            reading = self.model.unless(self.barred(rests_on)).read(note, context)
        except EngineFailed as error:
            if str(error) in OF_THE_NOTE:
                # It would answer the same again, so it is not asked before the next start.
                self._given_up[note.id, self.model.version_for(note.visibility)] = str(error)
            raise
        kept = within(reading, note.text)
        made_at = self._clock()
        if reason := self._store.save_second_reading(note.id, kept, rests_on, made_at=made_at):
            raise EngineFailed(reason)

    def _context(
        self, mentorship_id: str, session: Session, note: Note
    ) -> tuple[ReadingContext, Grounds]:
        """Return what a model is told beside a note, and what that rests on.

        It is what everybody who may read the note may see on its day, from before that day.
        """
        history = self.beside(self._store.history(mentorship_id, _seen_by(note), session.held_on))
        held = tuple(each for each in history.sessions if each.held_on < session.held_on)
        added = tuple(each for each in history.added if each.made_on < session.held_on)
        earlier = history.model_copy(update={"sessions": held, "added": added})
        made = commitments(earlier)
        known = (*overdue_ones(made), *open_ones(made))[-_OPEN_TOLD:]
        told = story(earlier)
        others = [each for each in _notes_of(history, session) if each.id != note.id]
        context = ReadingContext(
            history.mentorship,
            session.held_on,
            contract=in_force(history.contracts, session.held_on),
            open_commitments=known,
            story=tuple(each.text for each in told),
            beside=clipped(others),
        )
        besides = [each.note_id for each in told] + [each.id for each in others]
        agreed = not self.model.stays_here
        return context, grounds.of_reading(
            note, session.held_on, known, history, agreed=agreed, besides=besides
        )


def _notes_of(history: History, session: Session) -> tuple[Note, ...]:
    """Return the notes of a session that everybody with this history may see."""
    return next((each.notes for each in history.sessions if each.id == session.id), ())


def _seen_by(note: Note) -> Audience:
    """Return the audience whose view everybody shares who may read a note."""
    return "tool" if note.visibility == "shared" else note.visibility
