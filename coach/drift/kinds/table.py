"""Every kind of drift and the rule that finds it."""

from collections.abc import Callable, Iterable

from coach.drift.kinds.agency import agency
from coach.drift.kinds.boundary import boundary
from coach.drift.kinds.cadence import cadence
from coach.drift.kinds.channel import channel
from coach.drift.kinds.commitment_slippage import commitment_slippage
from coach.drift.kinds.confidentiality import confidentiality
from coach.drift.kinds.exit import exit_
from coach.drift.kinds.feedback import feedback
from coach.drift.kinds.goal_displacement import goal_displacement
from coach.drift.kinds.goal_neglect import goal_neglect
from coach.drift.kinds.goal_vagueness import goal_vagueness
from coach.drift.kinds.phase import phase
from coach.drift.kinds.reciprocity import reciprocity
from coach.drift.kinds.relevance_loss import relevance_loss
from coach.drift.kinds.role import role
from coach.drift.kinds.structure import structure
from coach.drift.kinds.trust import trust
from coach.drift.signals import Evidence
from coach.model.drift import Drift, DriftKind

Rule = Callable[[Evidence], Iterable[Drift]]

RULES: dict[DriftKind, Rule] = {
    "confidentiality": confidentiality,
    "boundary": boundary,
    "role": role,
    "trust": trust,
    "goal_neglect": goal_neglect,
    "goal_displacement": goal_displacement,
    "relevance_loss": relevance_loss,
    "goal_vagueness": goal_vagueness,
    "commitment_slippage": commitment_slippage,
    "cadence": cadence,
    "agency": agency,
    "feedback": feedback,
    "channel": channel,
    "phase": phase,
    "reciprocity": reciprocity,
    "structure": structure,
    "exit": exit_,
}
"""The rules, gravest kind first. Words that fit several kinds belong to the first of them."""
