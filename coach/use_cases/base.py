"""What every use case needs: the shared parts, the two people's day, and what one may know."""

import zoneinfo
from collections.abc import Callable, Sequence
from datetime import date

from coach import deadline
from coach.agreement import access
from coach.agreement.access import Principal
from coach.commitments.remembered import Remembered
from coach.errors import NotFound, Outdated
from coach.ids import NewId, random_id
from coach.model.history import History
from coach.model.people import Audience, Mentorship
from coach.model.sessions import Session
from coach.notes.portions import Limits
from coach.notes.put_right import put_right
from coach.pages.support import Alike
from coach.ports import ClauseEngine, Clock, Engine, Index, Store
from coach.reading.catching_up import CatchingUp
from coach.reading.clause_readings import ClauseReadings
from coach.reading.model_reader import ModelReader
from coach.reading.pipeline import Pipeline
from coach.use_cases.access_record import AccessRecord
from coach.use_cases.erasing import Erasing
from coach.use_cases.findable import Findable


class UseCases:
    """The parts that the use cases share."""

    def __init__(  # noqa: PLR0913 - the one place that takes every part
        self,
        store: Store,
        engine: Engine,
        *,
        index: Index,
        pepper: bytes,
        admin_key: str | None,
        clock: Clock,
        new_id: NewId = random_id,
        second: ModelReader | None = None,
        limits: Limits | None = None,
        clauses: ClauseEngine | None = None,
        alike: Alike | None = None,
    ) -> None:
        self._alike = alike
        self._store = store
        self._engine = engine
        self._index = index
        self._pepper = pepper
        self._admin_key = admin_key
        self._clock = clock
        self._new_id = new_id
        self._second = second
        self._limits = limits or Limits()
        self._made = Remembered(most=self._limits.matched)
        self._findable = Findable(store, index)
        self._pipeline = Pipeline(store, engine, clock=clock, limits=self._limits)
        self._clauses = ClauseReadings(store, clauses, clock=clock, limits=self._limits)
        self.catching_up = CatchingUp(self._read_left)
        self.erasing = Erasing(store, index)
        self.record = AccessRecord(store)

    def _read_left(self, *, stopped: Callable[[], bool]) -> bool:
        whole = self._pipeline.read_left(stopped=stopped)
        return self._clauses.read_left(stopped=stopped) and whole

    def _today(self, mentorship: Mentorship) -> date:
        if mentorship.sample_on is not None:
            return mentorship.sample_on
        return self._clock().astimezone(zoneinfo.ZoneInfo(mentorship.timezone)).date()

    def _on_day(self, mentorship: Mentorship, as_of: date | None) -> Mentorship:
        on = as_of or self._today(mentorship)
        status = "active"
        if mentorship.paused_until is not None and mentorship.paused_until >= on:
            status = "paused"
        if mentorship.ended_on is not None and mentorship.ended_on <= on:
            status = "ended"
        return mentorship.model_copy(update={"status": status})

    def _asked(self, principal: Principal, mentorship_id: str, as_of: date | None) -> History:
        """Return what a principal may know of a mentorship at the end of a day.

        Nothing is read by an engine or written for it.
        """
        audience = access.audience_of(principal, mentorship_id)
        if as_of is None:
            as_of = self._today(self._store.mentorship(mentorship_id))
        return self._seen(self._store.history(mentorship_id, audience, as_of))

    def _newest(self, audience: Audience, mentorship_id: str) -> History:
        """Return all that an audience may know today, or after the last session where later."""
        history = self._seen(self._store.history(mentorship_id, audience, date.max))
        last = history.sessions[-1:]
        today = self._today(history.mentorship)
        as_of = max(today, last[0].held_on) if last else today
        mentorship = self._on_day(history.mentorship, as_of)
        return history.model_copy(update={"as_of": as_of, "mentorship": mentorship})

    def _seen(self, history: History) -> History:
        """Return a history with its status on its day, a model's readings and corrections."""
        deadline.check()
        mentorship = self._on_day(history.mentorship, history.as_of)
        seen = history.model_copy(update={"mentorship": mentorship})
        return self._second.beside(seen) if self._second else put_right(seen)

    def _stored(self, audience: Audience, mentorship_id: str, session_id: str) -> Session:
        """Return a session as it is, with the notes that an audience may see; no engine reads."""
        return session_in(self._store.sessions(mentorship_id, audience, date.max), session_id)

    def _check_revision(self, mentorship_id: str, expected: int | None) -> None:
        """Raise Outdated where another change came first, also where nothing is left to change."""
        if expected is not None and self._store.revision(mentorship_id) != expected:
            raise Outdated("this was changed meanwhile")

    def _wake_model(self, mentorship_id: str) -> None:
        """Let a model read in the background what was stored or changed."""
        if self._second:
            self._second.wake(mentorship_id)

    def _withdraw(self, mentorship_id: str, note_id: str) -> None:
        """Stop sending a model a note as it was."""
        if self._second:
            self._second.withdraw(mentorship_id, "withdrawn", note_id=note_id)


def session_in(sessions: Sequence[Session], session_id: str) -> Session:
    """Return the session with this id; raise NotFound without one."""
    for session in sessions:
        if session.id == session_id:
            return session
    raise NotFound("no such session")
