"""Bodies about contracts."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Body, Day, Label, Long, Short
from coach.errors import Invalid
from coach.model.contract import Cadence, Contract, FeedbackClause, Goal, Phase, Roles


class GoalBody(Body):
    """A goal; its id is kept."""

    id: Short
    statement: Annotated[str, Field(min_length=1, max_length=5000, pattern=r"\S")]
    success_criteria: Long | None = None
    target_date: Day | None = None
    status: Literal["active", "parked", "achieved", "dropped"] | None = None


class RolesBody(Body):
    """What each side does."""

    mentor: Annotated[list[Long], Field(max_length=100)] = []
    mentee: Annotated[list[Long], Field(max_length=100)] = []


class CadenceBody(Body):
    """How often the two meet."""

    every_days: Annotated[int, Field(ge=1, le=3660)]
    duration_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    tolerance_days: Annotated[int, Field(ge=0, le=3660)] | None = None


class FeedbackBody(Body):
    """How often feedback is exchanged."""

    every_sessions: Annotated[int, Field(ge=1, le=1000)]
    method: Long | None = None


class PhaseBody(Body):
    """Until when the two get to know the situation."""

    diagnosis_until: Day | None = None


class NewContract(Body):
    """The next version of what the two agreed."""

    effective_from: Day
    point_a: Long | None = None
    point_b: Long | None = None
    goals: Annotated[list[GoalBody], Field(max_length=100)] = []
    roles: RolesBody | None = None
    cadence: CadenceBody | None = None
    channels: Annotated[list[Label], Field(max_length=100)] = []
    feedback: FeedbackBody | None = None
    confidentiality: Long | None = None
    phase: PhaseBody | None = None
    ends_on: Day | None = None
    change_signs: Annotated[list[Long], Field(max_length=100)] = []
    text: Annotated[str, Field(max_length=1_000_000)] | None = None

    def agreed(self, *, at: str = "") -> Contract:
        """Return the domain's value.

        Raises Invalid where two goals have the same id, with the place of the contract.
        """
        ids = [goal.id for goal in self.goals]
        if len(set(ids)) != len(ids):
            raise Invalid("two goals have the same id", pointer=f"{at}/goals")
        return self.value()

    def value(self) -> Contract:
        """Return the domain's value; the version number comes from the store."""
        apart = {"goals", "roles", "cadence", "feedback", "phase", "channels", "change_signs"}
        return Contract(
            version=0,
            **self.model_dump(exclude=apart),
            goals=tuple(Goal(**goal.model_dump()) for goal in self.goals),
            roles=Roles(
                mentor=tuple(self.roles.mentor) if self.roles else (),
                mentee=tuple(self.roles.mentee) if self.roles else (),
            ),
            cadence=Cadence(**self.cadence.model_dump()) if self.cadence else None,
            feedback=FeedbackClause(**self.feedback.model_dump()) if self.feedback else None,
            phase=Phase(**self.phase.model_dump()) if self.phase else None,
            channels=tuple(self.channels),
            change_signs=tuple(self.change_signs),
        )
