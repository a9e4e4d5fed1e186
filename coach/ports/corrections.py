"""What people add, correct and decide by hand."""

from datetime import datetime
from typing import Protocol

from coach.model.commitments import AddedCommitment, Correction
from coach.model.contract import Contract
from coach.model.drift import DriftDecision
from coach.model.facts import FactCorrection
from coach.model.people import Audience


class CorrectionStore(Protocol):
    """Keeps what people say about commitments, facts and warnings."""

    def add_commitment(
        self, mentorship_id: str, added: AddedCommitment, *, by: Audience, made_at: datetime
    ) -> bool:
        """Record a commitment that somebody added by hand; False if its id exists already.

        Raises Conflict if its id was erased.
        """
        ...

    def add_correction(
        self,
        mentorship_id: str,
        correction: Correction,
        *,
        by: Audience,
        made_at: datetime,
        if_revision: int | None = None,
    ) -> None:
        """Record a person's word on a commitment; raise NotFound unless they may see its source.

        The source is a note or a commitment added by hand. Whoever may see it sees the word, which
        is erased with it.
        """
        ...

    def add_fact_correction(
        self,
        mentorship_id: str,
        correction: FactCorrection,
        *,
        made_at: datetime,
        if_revision: int | None = None,
    ) -> None:
        """Record a side's word on a fact; raise NotFound unless that side may see its note.

        Whoever may see that note sees the word, which is erased with it.
        """
        ...

    def add_decision(
        self,
        mentorship_id: str,
        decision: DriftDecision,
        *,
        contract: Contract | None = None,
        if_revision: int | None = None,
    ) -> DriftDecision:
        """Record how a warning was settled, and the contract's next version if that amends it.

        Both are written or neither; the decision names the version. If its id exists already,
        nothing is written and the earlier decision is returned.
        """
        ...
