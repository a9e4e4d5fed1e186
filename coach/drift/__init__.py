"""Where the sessions have left what the two agreed: one small pure function a kind, named in a table.

A warning needs a clause or a commitment in force, a quote or a date computation, and two sessions.
"""

from collections.abc import Callable, Iterable, Sequence

from coach.drift.cadence import cadence
from coach.drift.commitment_slippage import commitment_slippage
from coach.drift.goal_neglect import goal_neglect
from coach.model import Commitment, Drift, DriftKind, History

Rule = Callable[[History, Sequence[Commitment]], Iterable[Drift]]

RULES: dict[DriftKind, Rule] = {
    "cadence": cadence,
    "commitment_slippage": commitment_slippage,
    "goal_neglect": goal_neglect,
}

_SEVERITY = {"high": 0, "medium": 1, "low": 2}


def detect(history: History, commitments: Sequence[Commitment]) -> tuple[Drift, ...]:
    """Every warning that holds at the end of the history's day, the gravest first."""
    found = [drift for rule in RULES.values() for drift in rule(history, commitments)]
    return tuple(sorted(found, key=lambda each: (_SEVERITY[each.severity], -each.confidence)))
