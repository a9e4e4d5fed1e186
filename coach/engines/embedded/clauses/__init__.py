"""Whether a passage of a note bears on a clause of the agreement, and how.

Read by a small trained model.
"""

from coach.engines.embedded.clauses.pairs import (
    OUTCOMES,
    RELATIONS,
    ClausePair,
    Outcome,
    PromisePair,
    Relation,
)
from coach.engines.embedded.clauses.reader import ClauseReader

__all__ = [
    "OUTCOMES",
    "RELATIONS",
    "ClausePair",
    "ClauseReader",
    "Outcome",
    "PromisePair",
    "Relation",
]
