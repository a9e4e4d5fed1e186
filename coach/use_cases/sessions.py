"""Sessions and their notes: recorded, read, shared and shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import CoachError, NotAllowed
from coach.ids import NewId
from coach.model.answers import Report
from coach.model.history import History
from coach.model.people import Audience, Mentorship, Visibility
from coach.model.readings import Reading
from coach.model.sessions import Note, Session
from coach.ports import PostedNote
from coach.use_cases.answers import Answers
from coach.use_cases.base import session_in

_STILL_NEW = timedelta(days=28)
"""Age from which a session is recorded late: nobody prepares from its report.

Chosen by hand; not measured.
"""


class Sessions(Answers):
    """Keeps what was written first, and then reads it; whoever stores a note has it read."""

    def record_session(
        self,
        principal: Principal,
        mentorship_id: str,
        session: Session,
        *,
        new_id: NewId | None = None,
        wait: float | None = None,
    ) -> Report:
        """Keep a session, then read it, and return the caller's report on it.

        A configured model has `wait` seconds, at most its own deadline.
        """
        audience = access.audience_of(principal, mentorship_id)
        for note in session.notes:
            access.check_writable(audience, note.visibility)
        name = new_id or self._new_id
        named = session.model_copy(
            update={
                "id": name("session"),
                "notes": tuple(
                    note.model_copy(update={"id": name("note")}) for note in session.notes
                ),
            }
        )
        self._store.add_session(mentorship_id, named, posted_by=principal.acts_as)
        with self._left_where_it_fails(mentorship_id):
            mentorship = self._store.mentorship(mentorship_id)
            self._findable.make(mentorship, named)
            return self._read_and_told(audience, mentorship, named, new=named, wait=wait)

    def add_note(  # noqa: PLR0913 - what a note is posted with
        self,
        principal: Principal,
        mentorship_id: str,
        session_id: str,
        note: Note,
        *,
        new_id: NewId | None = None,
        wait: float | None = None,
    ) -> Report:
        """Keep one more note of a session, then read it, and return the caller's report.

        A configured model has `wait` seconds, at most its own deadline.
        """
        audience = access.audience_of(principal, mentorship_id)
        access.check_writable(audience, note.visibility)
        named = note.model_copy(update={"id": (new_id or self._new_id)("note")})
        mentorship = self._store.mentorship(mentorship_id)
        self._store.add_note(mentorship_id, session_id, named, posted_by=principal.acts_as)
        with self._left_where_it_fails(mentorship_id):
            session = self._stored(audience, mentorship_id, session_id)
            self._findable.make(mentorship, session, note_id=named.id)
            new = session.model_copy(update={"notes": (named,)})
            return self._read_and_told(audience, mentorship, session, new=new, wait=wait)

    def share_note(
        self,
        principal: Principal,
        mentorship_id: str,
        note_id: str,
        visibility: Visibility,
        *,
        if_revision: int | None = None,
    ) -> Note:
        """Change who may see a note, and return it; only its poster may.

        The poster can choose only what the poster may write. A note at which the reader failed is
        read once more.
        """
        audience = access.audience_of(principal, mentorship_id)
        posted = self._own_note(principal, audience, mentorship_id, note_id)
        access.check_writable(audience, visibility)
        changed = posted.note.model_copy(update={"visibility": visibility})
        if changed == posted.note:
            self._check_revision(mentorship_id, if_revision)
            return changed
        held = posted.session_id and self._stored(audience, mentorship_id, posted.session_id)
        mentorship = self._store.mentorship(mentorship_id)
        self._store.set_visibility(mentorship_id, note_id, visibility, if_revision=if_revision)
        self._withdraw(mentorship_id, note_id)
        if held:  # else it is a promise that was added by hand
            self._findable.make(mentorship, held, note_id=note_id)
            self._read_again(audience, mentorship_id, held.id, changed)
        return changed

    def note(self, principal: Principal, mentorship_id: str, note_id: str) -> Note:
        """Return a note that the caller may see; raise NotFound without it."""
        audience = access.audience_of(principal, mentorship_id)
        return self._store.posted_note(mentorship_id, audience, note_id).note

    def sessions(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> tuple[Session, ...]:
        """Return the sessions with the notes that the caller may see, oldest first.

        No engine reads for it. So a note that no reader can read is there to be erased.
        """
        audience = access.audience_of(principal, mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        return self._store.sessions(mentorship_id, audience, as_of or self._today(mentorship))

    def session(
        self, principal: Principal, mentorship_id: str, session_id: str, as_of: date | None = None
    ) -> Session:
        """Return one session with the notes that the caller may see; raise NotFound without it."""
        return session_in(self.sessions(principal, mentorship_id, as_of), session_id)

    def newest_session(self, principal: Principal, mentorship_id: str, session_id: str) -> Session:
        """Return a session as it is, on whatever day, with the notes that the caller may see."""
        audience = access.audience_of(principal, mentorship_id)
        return self._stored(audience, mentorship_id, session_id)

    def _own_note(
        self, principal: Principal, audience: Audience, mentorship_id: str, note_id: str
    ) -> PostedNote:
        posted = self._store.posted_note(mentorship_id, audience, note_id)
        if posted.posted_by != principal.acts_as:
            raise NotAllowed("only who posted a note may change or erase it")
        return posted

    def _read_and_told(
        self,
        audience: Audience,
        mentorship: Mentorship,
        session: Session,
        *,
        new: Session,
        wait: float | None,
    ) -> Report:
        """Return the report on a session that was just stored, as of today.

        For a session that is still to come it is as of that session's day. A model starts to read
        what is `new` at once. It reads a session of long ago, but words no report on it.
        """
        if self._second:
            self._second.begin(mentorship, new)
        today = self._today(mentorship)
        as_of = max(today, session.held_on)
        return self._report(
            lambda: self._just_read(audience, mentorship.id, session.id, as_of),
            session.id,
            wait=wait,
            by_model=session.held_on >= today - _STILL_NEW,
        )

    def _just_read(
        self, audience: Audience, mentorship_id: str, session_id: str, as_of: date
    ) -> History:
        """Return what an audience knows once the notes of a session that it may see are read."""
        history = self._store.history(mentorship_id, audience, as_of)
        fresh = self._fresh(history, session_in(history.sessions, session_id))
        known = history.model_copy(update={"readings": {**history.readings, **fresh}})
        return self._seen(known)

    def _fresh(self, history: History, session: Session) -> dict[str, Reading]:
        fresh = self._pipeline.read_session(history, session)
        clauses = self._clauses.read_session(history.mentorship.id, session.id)
        if not (fresh.whole and clauses.whole):
            self.catching_up.wake()
        self._wake_model(history.mentorship.id)
        known = {note.id: history.readings.get(note.id) for note in session.notes}
        return clauses.beside({**known, **fresh.readings})

    def _read_again(
        self, audience: Audience, mentorship_id: str, session_id: str, note: Note
    ) -> None:
        history = self._store.history(mentorship_id, audience, date.max)
        for session in history.sessions:
            if session.id == session_id and not self._pipeline.read_again(history, session, note):
                self.catching_up.wake()
        self._wake_model(mentorship_id)

    @contextmanager
    def _left_where_it_fails(self, mentorship_id: str) -> Iterator[None]:
        """Keep what is stored where reading fails: it is read later."""
        try:
            yield
        except CoachError:
            self.catching_up.wake()
            self._wake_model(mentorship_id)
            raise
