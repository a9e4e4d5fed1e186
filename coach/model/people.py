"""The two people, their sides and roles, and what each may see."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from coach.model.values import Value

Side = Literal["mentor", "mentee"]

BOTH: frozenset[Side] = frozenset({"mentor", "mentee"})

Audience = Literal["mentor", "mentee", "tool"]

Role = Literal["admin", "mentor", "mentee", "tool"]

Author = Literal["mentor", "mentee", "tool"]

Visibility = Literal["shared", "mentor", "mentee"]

MentorshipStatus = Literal["active", "paused", "ended"]


class Person(Value):
    """One of the two people of a mentorship.

    `id` is that of an account, and not there without one.
    """

    id: str | None = Field(default=None, exclude_if=lambda value: value is None)
    name: str
    pronouns: str | None = None
    email: str | None = None


class Mentorship(Value):
    """Two people who work together under a contract.

    `erasure_asked_by` names the sides that want all of it erased: once both do, it is gone. A
    sample to look at has a day on which it always stands, `sample_on`; others have none.
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
    sample_on: date | None = Field(default=None, exclude_if=lambda value: value is None)

    def person(self, side: Side) -> Person:
        """Return the person on one side."""
        return self.mentor if side == "mentor" else self.mentee


class Account(Value):
    """Somebody who can sign in: one account for all mentorships they are part of."""

    id: str
    name: str
    pronouns: str | None = None
    email: str | None = None
    administers: bool = False
    signed_in_at: datetime | None = None

    @property
    def person(self) -> Person:
        """The account as one of the two people of a mentorship."""
        return Person(id=self.id, name=self.name, pronouns=self.pronouns, email=self.email)


class Membership(Value):
    """A mentorship that somebody is part of, and on which side."""

    mentorship: Mentorship
    side: Side


class Meetings(Value):
    """Whether two people meet: how often they did and when last, and nothing of what was said."""

    mentorship: Mentorship
    count: int
    last_on: date | None


class SignIn(Value):
    """A device on which somebody is signed in."""

    id: str
    device: str
    made_at: datetime
    seen_at: datetime
