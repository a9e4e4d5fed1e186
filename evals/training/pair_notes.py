"""Pairs from the notes of the training mentorships: everyday sentences are no breach.

The labelled pairs are written to be hard. Most of what is read is plain talk, and its pairs are
those that the product
itself lays before the reader: every sentence beside every clause in force on its day.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coach.agreement.contract import in_force
from coach.engines.embedded.clauses.pairs import KINDS, ClausePair
from coach.model.drift import DriftKind
from coach.model.readings import EngineName
from coach.ports import ClausePair as Asked
from coach.reading.clauses import ReadsClauses
from evals.cases.case import Case
from evals.cases.loading import load_split

_AGAINST: Mapping[DriftKind, Sequence[str]] = {
    "goal_neglect": ("goals",),
    "goal_displacement": ("goals",),
    "relevance_loss": ("goals",),
    "commitment_slippage": (),
    "cadence": ("cadence", "respect_time"),
    "role": ("role_mentor",),
    "boundary": ("boundary", "role_mentor", "role_mentee", "channels"),
    "agency": ("role_mentee", "role_mentor"),
    "feedback": ("feedback",),
    "channel": ("channels",),
    "phase": ("phase",),
    "confidentiality": ("confidentiality",),
    "reciprocity": ("reciprocity", "respect_time", "role_mentee"),
    "structure": ("notes_kept", "respect_time", "role_mentee", "cadence"),
    "exit": ("ends_on", "change_signs"),
    "trust": ("trust_route", "role_mentor", "confidentiality"),
}
"""The clauses that the evidence of a kind of drift may be against."""


_SINGLE_WORDS = 2
"""A cell of a table or a speaker's label stands in many quotes and is evidence of nothing."""


class Mined(NamedTuple):
    """A pair of a training mentorship; `evidence` where its passage is labelled as drift."""

    pair: ClausePair
    evidence: bool


class _Recorder:
    """A ClauseEngine that keeps what it is asked and finds nothing worth reading."""

    name: EngineName = "embedded"
    version = "recorder"

    def __init__(self) -> None:
        self.pairs: list[Asked] = []

    def worth_reading(self, pairs: Sequence[Asked]) -> Sequence[bool]:
        """See ClauseEngine."""
        self.pairs += pairs
        return [False] * len(pairs)

    def relations(self, pairs: Sequence[Asked]) -> Sequence[Mapping[str, float]]:
        """See ClauseEngine."""
        raise AssertionError("nothing is let through")


def mined() -> list[Mined]:
    """Every sentence of the training mentorships beside every clause in force on its day."""
    return [each for case in load_split("train") for each in _of_case(case)]


def _of_case(case: Case) -> Iterator[Mined]:
    evidence = _evidence(case)
    for session in case.file.sessions:
        contract = in_force(case.file.contracts, session.held_on)
        if contract is None:
            continue
        recorder = _Recorder()
        for note in session.notes:
            ReadsClauses(recorder).read(note, case.file.mentorship, contract)
        for asked in recorder.pairs:
            kinds = {
                kind
                for quote, against in evidence
                if _is_of(asked.passage, quote)
                for kind in against
            }
            # What is labelled evidence of something near is neither a breach of this clause nor
            # surely none.
            if not kinds or asked.clause_kind in kinds:
                yield Mined(ClausePair(*asked), bool(kinds))


def _evidence(case: Case) -> list[tuple[str, Sequence[str]]]:
    return [
        (quote, _AGAINST.get(each.kind, KINDS))
        for checkpoint in case.labels.checkpoints
        for each in checkpoint.drift_expected
        for quote in each.evidence
    ]


def _is_of(passage: str, quote: str) -> bool:
    """Whether a passage is part of a quote or holds it; a name or a single word is of nothing."""
    return quote in passage or (passage in quote and len(passage.split()) > _SINGLE_WORDS)
