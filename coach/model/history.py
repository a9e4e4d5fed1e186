"""All that one audience may know at the end of a day."""

from collections.abc import Mapping
from datetime import date

from coach.model.challenges import Challenge
from coach.model.commitments import AddedCommitment, Correction
from coach.model.contract import Contract
from coach.model.drift import DriftDecision
from coach.model.facts import FactCorrection
from coach.model.people import Audience, Mentorship
from coach.model.readings import ClauseSignal, Reading
from coach.model.sessions import Preparation, Session
from coach.model.values import Value


class History(Value):
    """All that one audience may know of a mentorship at the end of one day, oldest first.

    `contracts` holds the versions in force by then, and `readings` what was read in each note.
    `preparations` are those for the next session, `added` the promises that people added by hand.
    `corrections` are what people said of commitments, `fact_corrections` of facts, and `decisions`
    how they settled warnings, in the order it was done. Where a model has read too, `alone` holds
    what the embedded engine found by itself in those notes, `alone_clauses` what it found of their
    clauses, and `challenges` what the model said of the innocent reading of a case, by the case's
    digest. Where a person has put facts right, `as_read` holds what was found before.
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
    alone_clauses: dict[str, tuple[ClauseSignal, ...]] = {}
    challenges: dict[str, Challenge] = {}

    @property
    def has_model(self) -> bool:
        """Whether a model has read any of it."""
        return bool(self.alone or self.alone_clauses)

    @property
    def without_model(self) -> "History":
        """Return the history as the embedded engine alone knows it."""
        if not self.has_model:
            return self
        readings = {**self.readings, **self.alone}
        for note_id, signals in self.alone_clauses.items():
            readings[note_id] = readings[note_id].having(ClauseSignal, signals)
        return self.model_copy(
            update={"readings": readings, "alone": {}, "alone_clauses": {}, "challenges": {}}
        )

    def with_clauses(
        self,
        told: Mapping[str, tuple[ClauseSignal, ...]],
        challenges: Mapping[str, Challenge],
    ) -> "History":
        """Return the same with what a model read of the clauses, note by note.

        In every other note the embedded engine's word on the clauses stays, whoever leads there.
        """
        own = self.without_model.readings
        known = {
            note_id: own[note_id].of(ClauseSignal) for note_id in {*told, *self.alone} & {*own}
        }
        readings = {
            note_id: self.readings[note_id].having(ClauseSignal, told.get(note_id, signals))
            for note_id, signals in known.items()
        }
        return self.model_copy(
            update={
                "readings": {**self.readings, **readings},
                "alone_clauses": {each: known[each] for each in known if each in told},
                "challenges": dict(challenges),
            }
        )

    @property
    def contract(self) -> Contract | None:
        """The contract in force, None before the first."""
        return max(self.contracts, key=lambda each: each.version, default=None)
