"""The labels of a case, under `gold` in its file."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.model.commitments import OutcomeStatus, Owner
from coach.model.drift import DriftKind
from coach.model.facts import FactKind


class Label(BaseModel):
    """A label; an unknown key in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FactLabel(Label):
    """A fact that a careful reader finds."""

    session: str
    note: str
    kind: FactKind
    quote: str


class OutcomeLabel(Label):
    """What a later session says of a commitment."""

    session: str
    status: OutcomeStatus
    new_due: date | None = None
    quote: str


class CommitmentLabel(Label):
    """What a side said it will do."""

    id: str
    session: str
    note: str
    quote: str
    owner: Owner
    action: str
    due: date | None
    outcomes: tuple[OutcomeLabel, ...] = ()


class MustCover(Label):
    """What a brief must hold, the most important first."""

    quote: str
    session: str
    why: str


class ExpectedDrift(Label):
    """A warning that a careful human would give."""

    kind: DriftKind
    about: str | None = None
    severity: Literal["low", "medium", "high"]
    evidence: tuple[str, ...]


class ForbiddenDrift(Label):
    """A false alarm that the notes invite."""

    kind: DriftKind
    trap: str


class Checkpoint(Label):
    """What must hold on one day between two sessions."""

    as_of: date
    must_cover: tuple[MustCover, ...]
    must_not_state: tuple[str, ...]
    open_commitments: tuple[str, ...]
    overdue_commitments: tuple[str, ...]
    drift_expected: tuple[ExpectedDrift, ...]
    drift_forbidden: tuple[ForbiddenDrift, ...]


class Search(Label):
    """A question that somebody asks months later, and where the answer stands."""

    query: str
    relevant_sessions: tuple[str, ...]
    answer_quote: str


class Labels(Label):
    """Everything that is labelled in a case."""

    facts: tuple[FactLabel, ...]
    commitments: tuple[CommitmentLabel, ...]
    checkpoints: tuple[Checkpoint, ...] = ()
    searches: tuple[Search, ...] = ()
    canaries: tuple[str, ...] = ()
