"""How a mentorship went over time: its sessions, what was said of its goals, its promises."""

from datetime import date

from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.contract import Goal
from coach.model.values import Value


class Meeting(Value):
    """A session that was held."""

    session_id: str
    held_on: date


class Stretch(Value):
    """The days between two sessions, or from the last one to the day of the answer (`running`).

    `agreed_days` is the rhythm that was agreed when it began, null where none was; `longer` tells
    that it went beyond the rhythm and what is tolerated.
    """

    since: date
    until: date
    agreed_days: int | None
    longer: bool
    running: bool = False

    @property
    def days(self) -> int:
        """How many days it took."""
        return (self.until - self.since).days


class GoalCourse(Value):
    """A goal of the contract in force, and for each session that spoke of it where it does so."""

    goal: Goal
    evidence: tuple[Citation, ...]


class Course(Value):
    """How a mentorship went from a day until another, oldest first.

    `earlier` counts the sessions before that. Promises are those that were made, settled or still
    open in these days.
    """

    as_of: date
    earlier: int
    meetings: tuple[Meeting, ...]
    stretches: tuple[Stretch, ...]
    goals: tuple[GoalCourse, ...]
    commitments: tuple[Commitment, ...]
