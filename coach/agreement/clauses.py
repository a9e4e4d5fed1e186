"""The clauses of a contract by name, and which of them are missing."""

from coach.model.contract import Clause, ClauseName, Contract, Goal

_CLAUSES: tuple[ClauseName, ...] = (
    "goals",
    "roles",
    "cadence",
    "channels",
    "feedback",
    "confidentiality",
    "phase",
    "ends_on",
    "change_signs",
)


def missing(contract: Contract) -> tuple[ClauseName, ...]:
    """The clauses that a contract does not settle."""
    agreed = {
        "goals": bool(contract.goals),
        "roles": bool(contract.roles.mentor or contract.roles.mentee),
        "cadence": contract.cadence is not None,
        "channels": bool(contract.channels),
        "feedback": contract.feedback is not None,
        "confidentiality": bool(contract.confidentiality),
        "phase": contract.phase is not None and contract.phase.diagnosis_until is not None,
        "ends_on": contract.ends_on is not None,
        "change_signs": bool(contract.change_signs),
    }
    return tuple(name for name in _CLAUSES if not agreed[name])


def cadence_clause(contract: Contract) -> Clause | None:
    """The rhythm in words, or None when none was agreed."""
    cadence = contract.cadence
    if cadence is None:
        return None
    length = f", {cadence.duration_minutes} minutes" if cadence.duration_minutes else ""
    days = "day" if cadence.every_days == 1 else f"{cadence.every_days} days"
    return Clause(name="cadence", version=contract.version, text=f"every {days}{length}")


def goal_clause(contract: Contract, goal: Goal) -> Clause:
    """A goal as it was agreed."""
    criteria = f" Met when: {goal.success_criteria}" if goal.success_criteria else ""
    until = f" (by {goal.target_date.isoformat()})" if goal.target_date else ""
    return Clause(
        name="goals", version=contract.version, text=f"{goal.statement}{until}.{criteria}".strip()
    )
