"""Finds every warning of a history. Each kind of drift is one pure function in a table.

A warning needs a clause or a commitment in force, a quote or a computed date, and evidence from two
sessions or in plain words.
"""

from collections.abc import Iterable, Sequence

from coach.drift.kinds.table import RULES
from coach.drift.signals import Evidence, evidence_of
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.drift import Computed, Drift, DriftKind
from coach.model.history import History

_SEVERITY = {"high": 0, "medium": 1, "low": 2}
"""Order in which warnings are shown."""


def detect(history: History, commitments: Sequence[Commitment]) -> tuple[Drift, ...]:
    """Return every warning that holds on the history's day, gravest first, one for each matter."""
    return gravest_first(once(raised(evidence_of(history, commitments))))


def raised(evidence: Evidence) -> list[Drift]:
    """Return what every rule raises. The same matter may occur more than once."""
    return [drift for rule in RULES.values() for drift in rule(evidence)]


def gravest_first(found: Iterable[Drift]) -> tuple[Drift, ...]:
    """Return the warnings in the order in which they are shown: by severity, then by confidence."""
    return tuple(sorted(found, key=lambda each: (_SEVERITY[each.severity], -each.confidence)))


def once(found: Sequence[Drift]) -> list[Drift]:
    """Return the warnings without those whose quotes a graver kind has used.

    A warning with computed evidence always stays.
    """
    used: dict[tuple[str, int], DriftKind] = {}
    kept = []
    for drift in sorted(found, key=lambda each: list(RULES).index(each.kind)):
        places = [] if _is_computed(drift) else [_place(each) for each in _quoted(drift)]
        if places and all(used.get(each, drift.kind) != drift.kind for each in places):
            continue
        kept.append(drift)
        for each in places:
            used.setdefault(each, drift.kind)
    return kept


def _is_computed(drift: Drift) -> bool:
    return any(isinstance(each, Computed) for each in drift.seen)


def _quoted(drift: Drift) -> list[Citation]:
    return [each for each in drift.seen if isinstance(each, Citation)]


def _place(citation: Citation) -> tuple[str, int]:
    return citation.note_id, citation.start
