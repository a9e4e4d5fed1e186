"""Withdrawals: changes or erases what somebody posted."""

from collections.abc import Sequence
from contextlib import suppress

from coach.agreement import access
from coach.agreement.access import Principal
from coach.drift.decisions import settled_by_others
from coach.errors import NotAllowed, NotFound, OutOfTime
from coach.model.people import Audience, Mentorship
from coach.model.sessions import Session
from coach.ports import Erasure, SessionChange
from coach.use_cases.mentorships import Mentorships
from coach.use_cases.sessions import Sessions


class Withdrawals(Sessions, Mentorships):
    """Changes or erases what was posted; no answer uses it any more as it was."""

    def erase_note(
        self,
        principal: Principal,
        mentorship_id: str,
        note_id: str,
        *,
        if_revision: int | None = None,
    ) -> Erasure:
        """Erase a note and all that was made of it; only its poster may.

        From now on no answer uses it. `erased` tells when its last byte is gone.
        """
        audience = access.audience_of(principal, mentorship_id)
        self._own_note(principal, audience, mentorship_id, note_id)
        erasure = self._erasure(principal, mentorship_id)
        try:
            self._store.erase_note(erasure, note_id, if_revision=if_revision)
        finally:  # also where it is gone from the tables and not yet from the files
            self._withdraw(mentorship_id, note_id)
        return self._seen_through(erasure, [note_id])

    def change_session(
        self,
        principal: Principal,
        mentorship_id: str,
        session_id: str,
        change: SessionChange,
        *,
        if_revision: int | None = None,
    ) -> Session:
        """Change a session's day, length or channel, and return the session.

        Only its poster may, and only while nothing of others depends on it. That is another
        person's note in it, another person's correction of what was read in it, or another person's
        decision on a warning that rests on it. What the poster may not see never counts.
        """
        audience = access.audience_of(principal, mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        notes = self._store.change_session(
            mentorship_id,
            session_id,
            change,
            by=audience,
            settled=self._is_settled(principal, mentorship_id, session_id),
            if_revision=if_revision,
        )
        session = self._stored(audience, mentorship_id, session_id)
        if "held_on" in change.fields:
            for note in notes:
                self._withdraw(mentorship_id, note.id)
            # The index knows each passage's day.
            self._findable.forget(mentorship_id, [note.id for note in notes])
            self._findable.make(mentorship, session.model_copy(update={"notes": notes}))
            self._read_on_its_day(audience, mentorship_id, session)
        return session

    def erase_session(
        self,
        principal: Principal,
        mentorship_id: str,
        session_id: str,
        *,
        if_revision: int | None = None,
    ) -> Erasure:
        """Erase a session and all that was made of it.

        Its poster may, while nothing of others depends on it (see `change_session`). Later notes
        that speak of its promises do not count. Notes that the poster may not see stay, and the
        session's day for those who may see them. So the answer is the same whether there are such
        notes or not. An admin erases the session with all its notes.
        """
        access.within(principal, mentorship_id)
        erasure = self._erasure(principal, mentorship_id)
        settled = self._is_settled(principal, mentorship_id, session_id)
        notes = self._store.erase_session(
            erasure, session_id, settled=settled, if_revision=if_revision
        )
        return self._seen_through(erasure, notes)

    def erase_mentorship(
        self, principal: Principal, mentorship_id: str, *, if_revision: int | None = None
    ) -> Erasure | Mentorship:
        """Erase a mentorship with everything in it; its keys end at once.

        An admin may, and both people together. The wish of the first is kept and may be taken back;
        then the mentorship as it is comes back instead of an erasure.
        """
        access.within(principal, mentorship_id)
        if principal.acts_as == "tool":
            raise NotAllowed("an admin may erase a mentorship, or both people together")
        erasure = self._erasure(principal, mentorship_id)
        notes = self._store.erase_mentorship(erasure, if_revision=if_revision)
        if notes is None:
            return self.mentorship(principal, mentorship_id)
        return self._seen_through(erasure, notes)

    def erased(
        self,
        principal: Principal,
        mentorship_id: str,
        erasure_id: str,
        *,
        within_seconds: float = 0,
    ) -> Erasure:
        """Return how far an erasure is, after a wait of at most `within_seconds`.

        Raises NotFound for everybody but an admin and the side that asked for it.
        """
        access.within(principal, mentorship_id)
        found = self._store.erasure(mentorship_id, erasure_id)
        if principal.acts_as not in {"admin", found.asked_by}:
            raise NotFound("no such erasure")
        if found.done or not within_seconds:
            return found
        done = self.erasing.settled(erasure_id, seconds=within_seconds)
        return found._replace(done=done)

    def _is_settled(self, principal: Principal, mentorship_id: str, session_id: str) -> bool:
        """Whether another person has settled a warning on a session; False for an admin."""
        if principal.acts_as == "admin":
            return False
        history = self._asked(principal, mentorship_id, None)
        session = next((each for each in history.sessions if each.id == session_id), None)
        if session is None or not history.decisions:
            return False
        contracts = self._store.contracts(mentorship_id)
        return settled_by_others(self._raised(history), history, session, contracts)

    def _read_on_its_day(self, audience: Audience, mentorship_id: str, session: Session) -> None:
        """Read what the poster may see; the rest, and what takes too long, in the background."""
        history = self._store.history(mentorship_id, audience, session.held_on)
        with suppress(OutOfTime):
            self._pipeline.read_session(history, session)
            self._clauses.read_session(mentorship_id, session.id)
        self.catching_up.wake()
        self._wake_model(mentorship_id)

    def _erasure(self, principal: Principal, mentorship_id: str) -> Erasure:
        return Erasure(self._new_id("erasure"), mentorship_id, principal.acts_as)

    def _seen_through(self, erasure: Erasure, note_ids: Sequence[str]) -> Erasure:
        for note_id in note_ids:
            self._withdraw(erasure.mentorship_id, note_id)
        self._wake_model(erasure.mentorship_id)
        self._findable.forget(erasure.mentorship_id, note_ids)
        self.erasing.see_through(erasure.id)
        return erasure
