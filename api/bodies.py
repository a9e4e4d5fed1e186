"""What may be sent: strict, and nothing that is not named here."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from coach.model import (
    Author,
    Cadence,
    CommitmentStatus,
    Contract,
    CorrectedField,
    CorrectedStatus,
    Correction,
    FeedbackClause,
    Goal,
    Mentorship,
    Note,
    NoteFormat,
    Owner,
    Person,
    Phase,
    Roles,
    Session,
    Visibility,
)
from coach.ports import SessionChange

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CORRECTED: tuple[CorrectedField, ...] = ("action", "due", "owner", "status")
_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            raise ValueError("there is no such day") from None
        if _FIRST <= found <= _LAST:
            return found
        raise ValueError("a day between 1900-01-01 and 2999-12-31 is needed")
    raise ValueError("a day is written YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Short = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
Long = Annotated[str, Field(max_length=200_000)]
Label = Annotated[str, Field(max_length=300)]


class _Named(BaseModel):
    """Takes the fields it names; the refusal of others names the known ones, never what was sent."""

    @model_validator(mode="before")
    @classmethod
    def only_known(cls, sent: object) -> object:
        """Refuse what has a field that is not named here."""
        if isinstance(sent, dict) and not sent.keys() <= cls.model_fields.keys():
            known = ", ".join(sorted(cls.model_fields)) or "none"
            raise ValueError(f"unknown field; known here: {known}")
        return sent


class Body(_Named):
    """A request body."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PersonBody(Body):
    """One of the two people."""

    name: Short
    pronouns: Label | None = None
    email: Label | None = None

    def value(self) -> Person:
        """The domain's value."""
        return Person(**self.model_dump())


class NewMentorship(Body):
    """Two people who begin to work together."""

    mentor: PersonBody
    mentee: PersonBody
    started_on: Day | None = None
    timezone: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*$")] = "UTC"
    language: Annotated[
        str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    ] = "en"

    def value(self) -> Mentorship:
        """The domain's value, still without an id."""
        return Mentorship(
            id="",
            mentor=self.mentor.value(),
            mentee=self.mentee.value(),
            started_on=self.started_on,
            timezone=self.timezone,
            language=self.language,
        )


class MentorshipPatch(Body):
    """What to change; null resumes what was paused or ended."""

    paused_until: Day | None = None
    ended_on: Day | None = None
    external_llm: bool | None = None


class NewKey(Body):
    """For whom a key acts."""

    acts_as: Literal["mentor", "mentee", "tool"]
    expires_on: Day | None = None


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

    def value(self) -> Contract:
        """The domain's value; the version number comes from the store."""
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


class NewNote(Body):
    """A note, exactly as it was written."""

    author: Author
    visibility: Visibility
    format: NoteFormat
    text: str

    def value(self) -> Note:
        """The domain's value, still without an id."""
        return Note(id="", **self.model_dump())


class NewSession(Body):
    """A meeting and what was written about it."""

    held_on: Day
    duration_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    channel: Label | None = None
    notes: Annotated[list[NewNote], Field(max_length=100)]

    def value(self) -> Session:
        """The domain's value, still without ids."""
        return Session(
            id="",
            held_on=self.held_on,
            duration_minutes=self.duration_minutes,
            channel=self.channel,
            notes=tuple(note.value() for note in self.notes),
        )


def _said(value: object) -> object:
    if value is None:
        raise ValueError("null is not taken here: leave out what is right")
    return value


class SessionPatch(Body):
    """What to correct of a session; null takes a length or a channel back."""

    held_on: Annotated[Day | None, AfterValidator(_said)] = None
    duration_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    channel: Label | None = None

    def value(self) -> SessionChange:
        """The domain's value."""
        return SessionChange(frozenset(self.model_fields_set), **self.model_dump())


class NotePatch(Body):
    """Who may see a note from now on."""

    visibility: Visibility


class CommitmentPatch(Body):
    """What a person puts right of a commitment; null takes the due day back."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    owner: Annotated[Owner | None, AfterValidator(_said)] = None
    due: Day | None = None
    action: Annotated[Short | None, AfterValidator(_said)] = None
    status: Annotated[CorrectedStatus | None, AfterValidator(_said)] = None

    @model_validator(mode="after")
    def says_something(self) -> "CommitmentPatch":
        """Refuse a correction of nothing."""
        if not self.model_fields_set:
            raise ValueError("name at least one of action, due, owner, status")
        return self

    def value(self) -> Correction:
        """The domain's value, still without an id and its commitment."""
        said = tuple(name for name in _CORRECTED if name in self.model_fields_set)
        return Correction(id="", commitment_id="", note_id="", said=said, **self.model_dump())


class NewPreparation(Body):
    """What one side wants from the next session."""

    text: Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
    visibility: Visibility


class QuestionsToCheck(Body):
    """Questions that somebody means to ask, as one set."""

    questions: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=100)]


class Nothing(Body):
    """A body without fields."""


class Query(_Named):
    """Query parameters; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid")


class AsOf(Query):
    """The day at whose end the answer is given; today when absent."""

    as_of: Day | None = None


class FactsQuery(AsOf):
    """Facts of all sessions, or of one."""

    session_id: Annotated[str, Field(max_length=100)] | None = None


class CommitmentsQuery(AsOf):
    """Commitments of every status, or of one."""

    status: CommitmentStatus | None = None


class DriftQuery(AsOf):
    """Open warnings, or all of them."""

    status: Literal["open", "all"] = "open"


class SearchQuery(AsOf):
    """What to look for, and in how many sessions at most."""

    q: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
    limit: Annotated[int, Field(ge=1, le=50)] = 5


class PageQuery(Query):
    """A page of a list."""

    cursor: Annotated[str, Field(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class NoQuery(Query):
    """No query parameters."""
