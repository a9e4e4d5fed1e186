"""Commitments of either side, what became of them, and corrections by people."""

from datetime import date
from typing import Literal

from pydantic import Field

from coach.model.citations import Citation
from coach.model.people import Side, Visibility
from coach.model.values import Value

Owner = Literal["mentor", "mentee", "both", "unassigned"]

OutcomeStatus = Literal["done", "partly", "not_done", "dropped", "rescheduled"]

CommitmentStatus = Literal["open", "overdue", "partly", "done", "dropped"]

OverdueBecause = Literal["said", "silent", "carried"]
"""Why a commitment counts as overdue: notes say it is late, are silent, or only carry it on."""

CorrectedStatus = Literal["open", "partly", "done", "dropped"]

CorrectedField = Literal["owner", "due", "action", "status"]

HistoryStatus = Literal["open", "done", "partly", "not_done", "dropped", "rescheduled"]


class CommitmentEvent(Value):
    """What one note says of a commitment."""

    session_id: str | None
    held_on: date
    status: HistoryStatus
    due: date | None
    citation: Citation
    by: Literal["embedded", "llm", "person"]
    carried: bool = Field(default=False, exclude=True)
    """Whether the commitment was only repeated, as in a list that is carried over."""


class Commitment(Value):
    """What a side said it will do, and what later notes say became of it.

    `added_by` is the side that added it by hand; null where a note says it, or where a tool added
    it.
    """

    id: str
    owner: Owner
    action: str
    due: date | None
    status: CommitmentStatus
    made_in: Citation
    history: tuple[CommitmentEvent, ...]
    overdue_because: OverdueBecause | None = None
    added_by: Side | None = None


class AddedCommitment(Value):
    """A promise that a person added by hand.

    It is a note of its own, under its own id and seen by its own readers: its action is all the
    text there is.
    `added_by` is null where a tool added it. It counts from `made_on`, the day on which it was
    added.
    """

    id: str
    owner: Owner
    action: str
    due: date | None = None
    visibility: Visibility = "shared"
    added_by: Side | None = None
    made_on: date


class PromiseStood(Value):
    """How a promise stood in its note when a person spoke of it.

    So it stands for a later reader too, who may not find it there.
    """

    start: int
    end: int
    owner: Owner
    action: str
    due: date | None = None


class Correction(Value):
    """What a person says about a commitment.

    It belongs to the note in which the commitment was made, or to the promise that was added by
    hand: who may see
    that sees it. `stood` is null for a promise that was added by hand.
    """

    id: str
    commitment_id: str
    note_id: str
    said: tuple[CorrectedField, ...]
    owner: Owner | None = None
    due: date | None = None
    action: str | None = None
    status: CorrectedStatus | None = None
    stood: PromiseStood | None = None
