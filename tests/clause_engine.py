"""A reader of clauses that knows a few fixed words, and counts what it is asked."""

from collections.abc import Sequence

from coach.errors import EngineUnavailable
from coach.ports import ClausePair

_SAYS = {
    "half told": ("confidentiality", "breaks", 0.4),
    "told his boss": ("confidentiality", "breaks", 0.9),
    "kept it between us": ("confidentiality", "keeps", 0.8),
    "kept quiet": ("confidentiality", "keeps", 0.3),
    "spoke of confidentiality at length": ("confidentiality", "talks", 0.7),
    "is confidential": ("confidentiality", "talks", 0.5),
    "on whatsapp": ("channels", "breaks", 0.9),
    "every three weeks from may": ("cadence", "amends", 0.8),
    "did the slides": ("role_mentor", "breaks", 0.9),
}


class BluntClauses:
    """Says of a passage what its words say, for the kind of clause they belong to."""

    name = "embedded"

    def __init__(self, version: str = "blunt", *, everything: bool = False) -> None:
        self.version = version
        self.everything = everything
        self.there = True
        self.looked_at = 0
        self.asked: list[ClausePair] = []
        self.fails_at: str | None = None

    def worth_reading(self, pairs: Sequence[ClausePair]) -> list[bool]:
        if not self.there:
            raise EngineUnavailable("no model is there")
        self.looked_at += len(pairs)
        return [self.everything or pair.clause_kind in _kinds(pair) for pair in pairs]

    def relations(self, pairs: Sequence[ClausePair]) -> list[dict[str, float]]:
        if not self.there:
            raise EngineUnavailable("no model is there")
        self.asked += pairs
        return [self._relation(each) for each in pairs]

    def _relation(self, pair: ClausePair) -> dict[str, float]:
        if self.fails_at is not None and self.fails_at in pair.passage:
            raise ValueError("a mistake")
        said = pair.passage.lower()
        if "half told" in said and pair.clause_kind == "confidentiality":
            return {"none": 0.3, "breaks": 0.4, "strains": 0.3}
        for words, (kind, relation, likely) in _SAYS.items():
            if words in said and kind == pair.clause_kind:
                return {"none": 1 - likely, relation: likely}
        return {"none": 1.0}


def absent() -> BluntClauses:
    """Return a reader of clauses whose model is not there."""
    engine = BluntClauses()
    engine.there = False
    return engine


def _kinds(pair: ClausePair) -> set[str]:
    said = pair.passage.lower()
    return {kind for words, (kind, _, _) in _SAYS.items() if words in said}
