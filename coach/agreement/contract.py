"""Chooses the contract in force and its active goals."""

from datetime import date

from coach.model.contract import Contract, Goal
from coach.model.history import History


def in_force(contracts: tuple[Contract, ...], on: date) -> Contract | None:
    """Return the highest version that takes effect no later than a day, None without one."""
    begun = (each for each in contracts if each.effective_from <= on)
    return max(begun, key=lambda each: each.version, default=None)


def active_goals(history: History) -> tuple[Goal, ...]:
    """Return the goals of the contract in force that nobody set aside."""
    if history.contract is None:
        return ()
    return tuple(goal for goal in history.contract.goals if goal.status in {None, "active"})
