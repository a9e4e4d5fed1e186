"""Commitments of either side, what became of them, and corrections by people."""

from datetime import date
from typing import Literal

from pydantic import Field

from coach.model.citations import Citation
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
    """What one side said it will do, and what later notes say became of it."""

    id: str
    owner: Owner
    action: str
    due: date | None
    status: CommitmentStatus
    made_in: Citation
    history: tuple[CommitmentEvent, ...]
    overdue_because: OverdueBecause | None = None


class Correction(Value):
    """What a person says about a commitment.

    `said` names the commitment and any due day that was taken back. The correction belongs to the
    note in which the commitment was made, and whoever may see that note sees it.
    """

    id: str
    commitment_id: str
    note_id: str
    said: tuple[CorrectedField, ...]
    owner: Owner | None = None
    due: date | None = None
    action: str | None = None
    status: CorrectedStatus | None = None
