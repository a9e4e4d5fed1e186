"""Who opened or changed what, and when, without what stands there."""

from collections.abc import Iterable
from typing import Protocol

from coach.model.accesses import Access
from coach.model.people import Audience


class AccessStore(Protocol):
    """Keeps who opened or changed what."""

    def add_accesses(self, found: Iterable[tuple[str, Access]]) -> None:
        """Record who opened or changed what in which mentorship, once a day.

        What is too old goes. What is told of a mentorship that is not there is not recorded.
        """
        ...

    def accesses(self, mentorship_id: str, audience: Audience) -> list[Access]:
        """Return the accesses that an audience may know of, newest first."""
        ...
