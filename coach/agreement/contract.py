"""What the two agreed: which clauses are there, which are missing, and how a warning quotes one."""

from datetime import date

from coach.model.contract import Contract, Goal
from coach.model.history import History


def in_force(contracts: tuple[Contract, ...], on: date) -> Contract | None:
    """The highest version that takes effect no later than a day."""
    begun = (each for each in contracts if each.effective_from <= on)
    return max(begun, key=lambda each: each.version, default=None)


def active_goals(history: History) -> tuple[Goal, ...]:
    """The goals of the contract in force that nobody set aside."""
    if history.contract is None:
        return ()
    return tuple(goal for goal in history.contract.goals if goal.status in {None, "active"})
