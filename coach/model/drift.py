"""Warnings of drift: what the sessions do otherwise than the contract says."""

from datetime import date
from typing import Literal

from pydantic import Field

from coach.model.citations import Citation
from coach.model.contract import Clause, ClauseName, Contract
from coach.model.people import Side, Visibility
from coach.model.values import Value

DriftKind = Literal[
    "goal_neglect",
    "goal_displacement",
    "relevance_loss",
    "goal_vagueness",
    "commitment_slippage",
    "cadence",
    "role",
    "boundary",
    "agency",
    "feedback",
    "channel",
    "phase",
    "confidentiality",
    "reciprocity",
    "structure",
    "exit",
    "trust",
]

Severity = Literal["low", "medium", "high"]

DriftStatus = Literal["open", "to_confirm", "returned", "amended", "muted", "disputed", "resolved"]

DecisionKind = Literal["return", "amend", "mute", "dispute"]


class Computed(Value):
    """Evidence calculated from dates, in words."""

    computed: str


class DriftOptions(Value):
    """The two ways to settle a drift: return to the contract or amend it."""

    return_to: str
    amend_to: str


class Drift(Value):
    """One way in which the sessions have left what the two agreed.

    `by` is what its evidence rests on: days, channels and promises as recorded, or what an engine
    read. `about_person` is the side whose doing it is, null for nobody's or both's.
    """

    id: str
    kind: DriftKind
    clause: Clause | None
    about: str | None = None
    severity: Severity
    confidence: float = Field(ge=0, le=1)
    since: date
    seen: tuple[Citation | Computed, ...]
    message: str
    innocent_explanation: str
    question: str
    options: DriftOptions
    status: DriftStatus = "open"
    by: Literal["embedded", "llm", "data"]
    about_person: Side | None = None


class DriftDecision(Value):
    """How one side settled a warning, and who may know of it.

    It counts from `taken_on`. `kind` and `clause` name the rule that raised the warning. `until` is
    the last day of a mute, `contract_version` the version that an amendment made.
    """

    id: str
    drift_id: str
    kind: DriftKind
    clause: ClauseName | None
    decision: DecisionKind
    until: date | None = None
    contract_version: int | None = None
    by: Side
    visibility: Visibility
    taken_on: date


class Settlement(Value):
    """How one side wants to settle a warning.

    A mute lasts until a day. An amendment comes with the contract that this side agrees to.
    """

    id: str
    decision: DecisionKind
    until: date | None = None
    contract: Contract | None = None
