"""The way out: what somebody posted is changed, shared anew or erased."""

from collections.abc import Sequence
from datetime import date
from threading import Lock

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import NotAllowed, NotFound
from coach.ids import NewId, random_id
from coach.model.people import Audience, Mentorship, Visibility
from coach.model.sessions import Note, Session
from coach.ports import Clock, Erasure, Index, PostedNote, SessionChange, Store
from coach.use_cases.erasing import Erasing
from coach.use_cases.people import People

_AT_ONCE = 500
"""Notes that the index is told to forget in one go: a whole mentorship may have thousands."""


class TakingBack(People):
    """The use cases of who takes back what they posted. None of them has anything read first."""

    def __init__(  # noqa: PLR0913 - every part that they stand on
        self,
        store: Store,
        *,
        index: Index,
        pepper: bytes,
        admin_key: str | None,
        clock: Clock,
        new_id: NewId = random_id,
    ) -> None:
        super().__init__(store, pepper=pepper, admin_key=admin_key, clock=clock, new_id=new_id)
        self._index = index
        self._indexing = Lock()
        self.erasing = Erasing(store, index)

    def share_note(
        self, principal: Principal, mentorship_id: str, note_id: str, visibility: Visibility
    ) -> Note:
        """Change who may see a note; only its poster may, and only to what the poster may write."""
        audience = access.audience_of(principal, mentorship_id)
        posted = self._own_note(principal, audience, mentorship_id, note_id)
        access.check_writable(audience, visibility)
        changed = posted.note.model_copy(update={"visibility": visibility})
        if changed != posted.note:
            mentorship = self._store.mentorship(mentorship_id)
            session = self._stored(audience, mentorship_id, posted.session_id)
            self._store.set_visibility(mentorship_id, note_id, visibility)
            self._withdraw(mentorship_id, note_id)
            self._make_findable(mentorship, session, note_id=note_id)
        return changed

    def erase_note(self, principal: Principal, mentorship_id: str, note_id: str) -> Erasure:
        """Erase a note and all that was made of it; only its poster may.

        Nobody is told anything of it from now on; `erased` says when its last byte is gone.
        """
        audience = access.audience_of(principal, mentorship_id)
        self._own_note(principal, audience, mentorship_id, note_id)
        erasure = self._erasure(principal, mentorship_id)
        try:
            self._store.erase_note(erasure, note_id)
        finally:  # also where it is gone from the tables and not yet from the files
            self._withdraw(mentorship_id, note_id)
        return self._seen_through(erasure, [note_id])

    def change_session(
        self, principal: Principal, mentorship_id: str, session_id: str, change: SessionChange
    ) -> Session:
        """Change a session's day, length or channel; only its poster may, while nothing of others hangs on it.

        What hangs on it: a note in it that somebody else posted, or somebody else's correction of a promise
        made in it. What the poster may not see never counts.
        """
        audience = access.audience_of(principal, mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        notes = self._store.change_session(mentorship_id, session_id, change, by=audience)
        session = self._stored(audience, mentorship_id, session_id)
        if "held_on" in change.fields:
            # The index knows each passage's day.
            self._forget(mentorship_id, [note.id for note in notes])
            self._make_findable(mentorship, session.model_copy(update={"notes": notes}))
        return session

    def newest_session(self, principal: Principal, mentorship_id: str, session_id: str) -> Session:
        """Return a session as it stands, whenever it was or will be held, with the notes the caller may see."""
        audience = access.audience_of(principal, mentorship_id)
        return self._stored(audience, mentorship_id, session_id)

    def erase_session(self, principal: Principal, mentorship_id: str, session_id: str) -> Erasure:
        """Erase a session and all that was made of it.

        Its poster may, while nothing of others hangs on it (see `change_session`); later notes that speak of
        its promises stand on their own and do not count. Notes that the poster may not see stay, and the
        session's day for those who may, so that the answer is the same whether there are any. An admin erases
        it with all its notes.
        """
        access.within(principal, mentorship_id)
        erasure = self._erasure(principal, mentorship_id)
        notes = self._store.erase_session(erasure, session_id)
        return self._seen_through(erasure, notes)

    def erase_mentorship(self, principal: Principal, mentorship_id: str) -> Erasure:
        """Erase a mentorship with everything in it; its keys end at once. Only an admin may."""
        access.check_admin(principal)
        erasure = self._erasure(principal, mentorship_id)
        notes = self._store.erase_mentorship(erasure)
        return self._seen_through(erasure, notes)

    def erased(
        self,
        principal: Principal,
        mentorship_id: str,
        erasure_id: str,
        *,
        within_seconds: float = 0,
    ) -> Erasure:
        """Return how far an erasure is, for who asked for it and for an admin; waits a little where asked to."""
        access.within(principal, mentorship_id)
        found = self._store.erasure(mentorship_id, erasure_id)
        if principal.acts_as not in {"admin", found.asked_by}:
            raise NotFound("no such erasure")
        if found.done or not within_seconds:
            return found
        done = self.erasing.settled(erasure_id, seconds=within_seconds)
        return found._replace(done=done)

    def _erasure(self, principal: Principal, mentorship_id: str) -> Erasure:
        return Erasure(self._new_id("erasure"), mentorship_id, principal.acts_as)

    def _seen_through(self, erasure: Erasure, note_ids: Sequence[str]) -> Erasure:
        for note_id in note_ids:
            self._withdraw(erasure.mentorship_id, note_id)
        self._forget(erasure.mentorship_id, note_ids)
        self.erasing.see_through(erasure.id)
        return erasure

    def _withdraw(self, mentorship_id: str, note_id: str) -> None:
        """Have nobody elsewhere told anything more of a note as it was: there is nobody yet."""

    def _make_findable(
        self, mentorship: Mentorship, session: Session, *, note_id: str | None = None
    ) -> None:
        """Index these notes, or one of them, as they stand now: erased or shared anew perhaps meanwhile."""
        with self._indexing:
            notes = self._store.notes([note.id for note in session.notes])
            if any(note_id in {None, note.id} for note in notes):
                whole = session.model_copy(update={"notes": notes})
                self._index.add(mentorship, whole, note_id=note_id)

    def _forget(self, mentorship_id: str, note_ids: Sequence[str]) -> None:
        with self._indexing:
            for start in range(0, len(note_ids), _AT_ONCE):
                self._index.forget(mentorship_id, note_ids[start : start + _AT_ONCE])

    def _own_note(
        self, principal: Principal, audience: Audience, mentorship_id: str, note_id: str
    ) -> PostedNote:
        posted = self._store.posted_note(mentorship_id, audience, note_id)
        if posted.posted_by != principal.acts_as:
            raise NotAllowed("only who posted a note may change or erase it")
        return posted

    def _stored(self, audience: Audience, mentorship_id: str, session_id: str) -> Session:
        """A session as it stands, with the notes an audience may see; nothing of it is read."""
        return session_in(self._store.sessions(mentorship_id, audience, date.max), session_id)


def session_in(sessions: Sequence[Session], session_id: str) -> Session:
    """The session with this id, or NotFound."""
    for session in sessions:
        if session.id == session_id:
            return session
    raise NotFound("no such session")
