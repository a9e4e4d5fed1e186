"""How a mentorship went over time."""

from datetime import date

from coach.agreement.access import Principal
from coach.model.course import Course
from coach.pages.course import course
from coach.use_cases.base import UseCases


class OverTime(UseCases):
    """Sessions, goals and promises, as far as who asks may know of them."""

    def course(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        since: date | None = None,
    ) -> Course:
        """Return how it went until the end of a day, from another day on where one is given."""
        history = self._asked(principal, mentorship_id, as_of)
        return course(history, self._made.commitments(history), since=since)
