"""What the two agreed, clause by clause."""

from datetime import date
from typing import Literal

from coach.model.people import Side
from coach.model.values import Value

ClauseName = Literal[
    "goals",
    "roles",
    "cadence",
    "channels",
    "feedback",
    "confidentiality",
    "phase",
    "ends_on",
    "change_signs",
    "text",
]


ClauseKind = Literal[
    "goals",
    "role_mentor",
    "role_mentee",
    "cadence",
    "channels",
    "feedback",
    "confidentiality",
    "phase",
    "ends_on",
    "change_signs",
    "reciprocity",
    "notes_kept",
    "boundary",
    "respect_time",
    "trust_route",
]
"""What a clause is about; the last five kinds are only in a contract's prose."""


class Clause(Value):
    """A clause of the contract in force, as a warning quotes it."""

    name: ClauseName
    version: int
    text: str


class AgreedClause(Value):
    """One clause of one contract version, in words.

    `key` names it within its version: the clause's name, then a dot with its place or a goal's id
    (`goals.g1`, `roles.mentor.0`, `text.2`).
    """

    key: str
    kind: ClauseKind
    clause: Clause


class Goal(Value):
    """What the mentee wants to reach."""

    id: str
    statement: str
    success_criteria: str | None = None
    target_date: date | None = None
    status: Literal["active", "parked", "achieved", "dropped"] | None = None


class Roles(Value):
    """What each side agreed to do."""

    mentor: tuple[str, ...] = ()
    mentee: tuple[str, ...] = ()


class Cadence(Value):
    """How often the two meet."""

    every_days: int
    duration_minutes: int | None = None
    tolerance_days: int | None = None


class FeedbackClause(Value):
    """How often and how feedback is exchanged."""

    every_sessions: int
    method: str | None = None


class Phase(Value):
    """The first phase, in which the two get to know each other's situation, and its end."""

    diagnosis_until: date | None = None


class ClauseQuote(Value):
    """Where the contract's prose says a clause."""

    start: int
    end: int
    quote: str


class Contract(Value):
    """One version of what the two agreed."""

    version: int
    effective_from: date
    agreed_by: tuple[Side, ...] = ()
    point_a: str | None = None
    point_b: str | None = None
    goals: tuple[Goal, ...] = ()
    roles: Roles = Roles()
    cadence: Cadence | None = None
    channels: tuple[str, ...] = ()
    feedback: FeedbackClause | None = None
    confidentiality: str | None = None
    phase: Phase | None = None
    ends_on: date | None = None
    change_signs: tuple[str, ...] = ()
    text: str | None = None
    quotes: dict[ClauseName, ClauseQuote] = {}
    missing: tuple[ClauseName, ...] = ()
