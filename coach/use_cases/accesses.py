"""Who opened or changed what, for the two people."""

from coach.agreement import access
from coach.agreement.access import Principal
from coach.model.accesses import Access
from coach.use_cases.base import UseCases


class Accesses(UseCases):
    """The record, for the two people."""

    def accesses(self, principal: Principal, mentorship_id: str) -> list[Access]:
        """Return who opened or changed what, newest first.

        What touches the other's private notes is not there.
        """
        side = access.side_of(principal, mentorship_id)
        self._store.mentorship(mentorship_id)
        return self._store.accesses(mentorship_id, side)
