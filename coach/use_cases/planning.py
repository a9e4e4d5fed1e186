"""When the two meet next, and the questions that somebody does not want to see."""

import zoneinfo
from datetime import UTC, timedelta

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import Invalid, NotFound
from coach.model.people import Mentorship
from coach.model.sessions import NextSession
from coach.use_cases.base import UseCases

_FURTHEST = timedelta(days=366)
"""A day more than a year ahead is a slip of the pen: nobody agrees on a session so far off."""


class Planning(UseCases):
    """What is settled before a session."""

    def next_session(self, principal: Principal, mentorship_id: str) -> NextSession:
        """Return when the two meet next, until that day is over.

        NotFound where nothing is planned.
        """
        access.audience_of(principal, mentorship_id)
        planned = self._store.planned_session(mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        if planned is None or self._is_over(mentorship, planned):
            raise NotFound("no next session is planned")
        return planned

    def plan_session(
        self,
        principal: Principal,
        mentorship_id: str,
        planned: NextSession | None,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Record when the two meet next, in place of what was planned; None takes it back."""
        access.audience_of(principal, mentorship_id)
        if planned is not None:
            self._check(self._store.mentorship(mentorship_id), planned)
            utc = planned.starts_at.astimezone(UTC)
            planned = planned.model_copy(update={"starts_at": utc})
        self._store.plan_session(mentorship_id, planned, if_revision=if_revision)

    def strike_question(
        self, person_id: str, mentorship_id: str, question_id: str, *, struck: bool
    ) -> None:
        """Keep that somebody does not want to see a question, or that they do again.

        It counts for that person alone, whoever else may see the question.
        """
        self._store.side_of(person_id, mentorship_id)
        at = self._clock() if struck else None
        self._store.strike_question(person_id, mentorship_id, question_id, at=at)

    def struck_questions(self, person_id: str, mentorship_id: str) -> frozenset[str]:
        """Return the ids of the questions that somebody does not want to see."""
        return self._store.struck_questions(person_id, mentorship_id)

    def _check(self, mentorship: Mentorship, planned: NextSession) -> None:
        if self._is_over(mentorship, planned):
            raise Invalid("the next session is on a day that is over", pointer="/starts_at")
        if planned.starts_at - self._clock() > _FURTHEST:
            raise Invalid("the next session is within a year", pointer="/starts_at")

    def _is_over(self, mentorship: Mentorship, planned: NextSession) -> bool:
        zone = zoneinfo.ZoneInfo(mentorship.timezone)
        return planned.starts_at.astimezone(zone).date() < self._today(mentorship)
