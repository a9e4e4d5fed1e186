"""Applies people's decisions to the warnings of a day.

The newest decision on a warning counts. A mute ends after its last day. A warning that was
returned, amended or disputed comes back if its evidence is newer than the decision. A dispute also
lowers the confidence of its rule.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from coach.drift.detection import gravest_first
from coach.drift.signals import held_sessions
from coach.model.citations import Citation
from coach.model.contract import ClauseName, Contract
from coach.model.drift import Computed, DecisionKind, Drift, DriftDecision, DriftKind, DriftStatus
from coach.model.history import History
from coach.model.sessions import Session

_DISPUTED = 0.5
"""Factor for the confidence of a disputed rule: one person's word against one rule, even odds.

Chosen by hand; not measured.
"""

_UNSETTLED = frozenset({"open", "to_confirm"})
"""Statuses of warnings that still ask for a decision."""

_STATUS: Mapping[DecisionKind, DriftStatus] = {
    "return": "returned",
    "amend": "amended",
    "mute": "muted",
    "dispute": "disputed",
}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_STRETCH = re.compile(
    r"(?<!\d)(?P<length>\d{1,6}) days? (?:since"
    r"|from) (?P<since>\d{4}-\d{2}-\d{2})\D[^;]{0,60};? ?agreed every (?P<every>\d{1,4})"
)
"""Evidence of a rhythm that is not kept, in the words that the HTTP contract gives it."""

_Rule = tuple[DriftKind, ClauseName | None]


def decided(warnings: Sequence[Drift], history: History) -> tuple[Drift, ...]:
    """Return the warnings as the history's decisions leave them, gravest first."""
    standing = {each.drift_id: each for each in history.decisions}
    disputed = {(each.kind, each.clause) for each in standing.values() if _disputes(each)}
    held = tuple(each.held_on for each in held_sessions(history))
    found = [
        _settled(each, standing.get(each.id), history, held)
        for each in (_fainter(each) if rule_of(each) in disputed else each for each in warnings)
    ]
    return gravest_first(found)


def unsettled(warnings: Sequence[Drift]) -> tuple[Drift, ...]:
    """Return the warnings that still ask for a decision."""
    return tuple(each for each in warnings if each.status in _UNSETTLED)


def settled_by_others(
    warnings: Sequence[Drift], history: History, session: Session, contracts: Iterable[Contract]
) -> bool:
    """Whether somebody other than the reader has settled a warning that rests on this session.

    Whoever agreed to the contract version that amended a warning has settled it too, even if that
    version is not yet in force.
    """
    agreed = {each.version: set(each.agreed_by) for each in contracts}
    others = {
        each.drift_id
        for each in history.decisions
        if {each.by, *agreed.get(each.contract_version or 0, ())} - {history.audience}
    }
    alone = sum(each.held_on == session.held_on for each in history.sessions) == 1
    return any(each.id in others and _rests_on(each, session, alone=alone) for each in warnings)


def _rests_on(warning: Drift, session: Session, *, alone: bool) -> bool:
    """Whether a warning quotes a session, or names its day and no other session is on that day."""
    cited = {each.session_id for each in warning.seen if isinstance(each, Citation)}
    told = [each.computed for each in warning.seen if isinstance(each, Computed)]
    named = alone and any(session.held_on.isoformat() in each for each in told)
    return session.id in cited or named


def rule_of(warning: Drift) -> _Rule:
    """Return the rule that a dispute of this warning is about: its kind and its clause."""
    return warning.kind, warning.clause.name if warning.clause else None


def _disputes(decision: DriftDecision) -> bool:
    return decision.decision == "dispute"


def _fainter(warning: Drift) -> Drift:
    """Return the warning with lower confidence, to be confirmed."""
    return warning.model_copy(
        update={"status": "to_confirm", "confidence": warning.confidence * _DISPUTED}
    )


def _settled(
    warning: Drift, decision: DriftDecision | None, history: History, held: Sequence[date]
) -> Drift:
    """Return the warning with the status of its decision, if the decision still counts."""
    if decision is None or not _stands(decision, warning, history, held):
        return warning
    return warning.model_copy(update={"status": _STATUS[decision.decision]})


def _stands(
    decision: DriftDecision, warning: Drift, history: History, held: Sequence[date]
) -> bool:
    """Whether a decision still settles the warning on the history's day."""
    if decision.until is not None:
        return history.as_of <= decision.until
    counts_from = _counts_from(decision, history)
    return all(_day_of(each, held) <= counts_from for each in warning.seen)


def _counts_from(decision: DriftDecision, history: History) -> date:
    """Return the day after which evidence is new.

    An amendment counts from the day on which its version takes effect.
    """
    if decision.contract_version is None:
        return decision.taken_on
    for contract in history.contracts:
        if contract.version == decision.contract_version:
            return max(decision.taken_on, contract.effective_from)
    return date.max


def _day_of(evidence: Citation | Computed, held: Sequence[date]) -> date:
    """Return the day of a piece of evidence.

    For a citation it is the day of its session. For a rhythm it is the last day on which a meeting
    was in time, so a decision to return leaves a whole agreed interval. Otherwise it is the newest
    session that is named. If none is named, as with a promise open since its day, it is the newest
    session, because that session did not put the matter right.
    """
    if isinstance(evidence, Citation):
        return evidence.held_on
    if stretch := _STRETCH.search(evidence.computed):
        since = date.fromisoformat(stretch["since"])
        return since + timedelta(days=int(stretch["length"]) - int(stretch["every"]))
    days = set(_DAY.findall(evidence.computed))
    named = [each for each in held if each.isoformat() in days]
    return max(named or held, default=date.min)
