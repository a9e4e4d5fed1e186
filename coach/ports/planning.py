"""What the two plan for the next session, and which questions each struck."""

from datetime import datetime
from typing import Protocol

from coach.model.sessions import NextSession


class PlanningStore(Protocol):
    """Keeps the day on which the two meet next, and the questions that somebody struck."""

    def plan_session(
        self, mentorship_id: str, planned: NextSession | None, *, if_revision: int | None = None
    ) -> None:
        """Record when the two meet next, in place of what was planned; None takes it back."""
        ...

    def planned_session(self, mentorship_id: str) -> NextSession | None:
        """Return when the two meet next, None where nothing was planned.

        Raises NotFound if there is no such mentorship.
        """
        ...

    def strike_question(
        self, person_id: str, mentorship_id: str, question_id: str, *, at: datetime | None
    ) -> None:
        """Record that somebody does not want to see a question; None takes that back."""
        ...

    def struck_questions(self, person_id: str, mentorship_id: str) -> frozenset[str]:
        """Return the ids of the questions that somebody does not want to see."""
        ...
