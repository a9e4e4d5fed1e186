"""Preparations: what each side wants from the next session."""

from coach.agreement import access
from coach.agreement.access import Principal
from coach.ids import NewId
from coach.model.people import Visibility
from coach.model.sessions import Preparation
from coach.use_cases.base import UseCases


class Preparations(UseCases):
    """Keeps preparations; briefs show them."""

    def prepare(
        self,
        principal: Principal,
        mentorship_id: str,
        *,
        text: str,
        visibility: Visibility,
        new_id: NewId | None = None,
    ) -> Preparation:
        """Keep what one side wants from the next session, and return it."""
        side = access.side_of(principal, mentorship_id)
        access.check_writable(side, visibility)
        mentorship = self._store.mentorship(mentorship_id)
        preparation = Preparation(
            id=(new_id or self._new_id)("preparation"),
            author=side,
            visibility=visibility,
            text=text,
            made_on=self._today(mentorship),
        )
        self._store.add_preparation(mentorship_id, preparation, made_at=self._clock())
        return preparation
