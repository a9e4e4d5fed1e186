"""The two people, their sides and roles, and what each may see."""

from datetime import date
from typing import Literal

from coach.model.values import Value

Side = Literal["mentor", "mentee"]

BOTH: frozenset[Side] = frozenset({"mentor", "mentee"})

Audience = Literal["mentor", "mentee", "tool"]

Role = Literal["admin", "mentor", "mentee", "tool"]

Author = Literal["mentor", "mentee", "tool"]

Visibility = Literal["shared", "mentor", "mentee"]

MentorshipStatus = Literal["active", "paused", "ended"]


class Person(Value):
    """One of the two people of a mentorship."""

    name: str
    pronouns: str | None = None
    email: str | None = None


class Mentorship(Value):
    """Two people who work together under a contract.

    `erasure_asked_by` names the sides that want all of it erased: once both do, it is gone.
    """

    id: str
    mentor: Person
    mentee: Person
    started_on: date | None = None
    timezone: str = "UTC"
    language: str = "en"
    status: MentorshipStatus = "active"
    paused_until: date | None = None
    ended_on: date | None = None
    external_llm: bool = False
    erasure_asked_by: tuple[Side, ...] = ()

    def person(self, side: Side) -> Person:
        """Return the person on one side."""
        return self.mentor if side == "mentor" else self.mentee
