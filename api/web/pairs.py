"""A mentorship as one of its two people sees it."""

from typing import NamedTuple

from coach.agreement.access import Principal
from coach.model.people import Mentorship, Person, Side


class Pair(NamedTuple):
    """A mentorship as one of its two people sees it."""

    principal: Principal
    mentorship: Mentorship
    side: Side

    @property
    def id(self) -> str:
        """The mentorship's id."""
        return self.mentorship.id

    @property
    def base(self) -> str:
        """Where its pages begin."""
        return f"/m/{self.mentorship.id}"

    @property
    def other_side(self) -> Side:
        """The side of the other person."""
        return "mentee" if self.side == "mentor" else "mentor"

    @property
    def other(self) -> Person:
        """The other person."""
        return self.mentorship.person(self.other_side)
