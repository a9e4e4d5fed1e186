"""Every kind of drift and the rule that finds it."""

from collections.abc import Callable, Iterable, Sequence

from coach.drift.kinds.cadence import cadence
from coach.drift.kinds.commitment_slippage import commitment_slippage
from coach.drift.kinds.goal_neglect import goal_neglect
from coach.model.commitments import Commitment
from coach.model.drift import Drift, DriftKind
from coach.model.history import History

Rule = Callable[[History, Sequence[Commitment]], Iterable[Drift]]

RULES: dict[DriftKind, Rule] = {
    "cadence": cadence,
    "commitment_slippage": commitment_slippage,
    "goal_neglect": goal_neglect,
}
