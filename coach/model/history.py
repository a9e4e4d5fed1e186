"""All that one audience may know at the end of a day."""

from datetime import date

from coach.model.commitments import AddedCommitment, Correction
from coach.model.contract import Contract
from coach.model.drift import DriftDecision
from coach.model.facts import FactCorrection
from coach.model.people import Audience, Mentorship
from coach.model.readings import Reading
from coach.model.sessions import Preparation, Session
from coach.model.values import Value


class History(Value):
    """All that one audience may know of a mentorship at the end of one day, oldest first.

    `contracts` holds the versions in force by then, `readings` what was read in each note that was
    read,
    `preparations` those for the session that comes next, `added` the promises that people added by
    hand,
    `corrections` what they said of commitments, `fact_corrections` of facts, `decisions` how they
    settled warnings,
    in the order it was done. Where a model has read too, `alone` holds what the embedded engine
    found by itself in
    those notes; where a person has put facts right, `as_read` holds what it found before.
    """

    mentorship: Mentorship
    audience: Audience
    as_of: date
    contracts: tuple[Contract, ...]
    sessions: tuple[Session, ...]
    readings: dict[str, Reading]
    preparations: tuple[Preparation, ...]
    added: tuple[AddedCommitment, ...] = ()
    corrections: tuple[Correction, ...] = ()
    fact_corrections: tuple[FactCorrection, ...] = ()
    decisions: tuple[DriftDecision, ...] = ()
    alone: dict[str, Reading] = {}
    as_read: dict[str, Reading] = {}

    @property
    def without_model(self) -> "History":
        """Return the history as the embedded engine alone knows it."""
        if not self.alone:
            return self
        return self.model_copy(update={"readings": {**self.readings, **self.alone}, "alone": {}})

    @property
    def contract(self) -> Contract | None:
        """The contract in force, None before the first."""
        return max(self.contracts, key=lambda each: each.version, default=None)
