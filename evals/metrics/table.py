"""The table of metrics: whatever a result, a report or the gate names is here."""

from collections.abc import Mapping
from types import MappingProxyType

from evals.metrics import (
    brief,
    commitments,
    drift,
    facts,
    grounding,
    injected_drift,
    leakage,
    notes_read,
    promises,
    questions,
    said,
    search,
)
from evals.metrics.metric import Metric, unknown_metric

# In the order of the page's columns; each family of metrics has its file beside this one.
_FAMILIES: tuple[tuple[Metric, ...], ...] = (
    facts.OF_LABELLED_CASES,
    facts.OF_NOTES,
    commitments.OF_LABELLED_CASES,
    commitments.OF_NOTES,
    brief.OF_LABELLED_CASES,
    brief.OF_NOTES,
    promises.OF_LABELLED_CASES,
    questions.OF_LABELLED_CASES,
    questions.OF_NOTES,
    drift.OF_LABELLED_CASES,
    drift.OF_NOTES,
    injected_drift.OF_INJECTED_DRIFT,
    said.OF_WHAT_IS_SAID,
    search.OF_LABELLED_CASES,
    search.OF_LOCOMO,
    grounding.OF_LABELLED_CASES,
    grounding.OF_NOTES,
    leakage.OF_LABELLED_CASES,
    notes_read.OF_NOTES,
)
METRICS: Mapping[str, Metric] = MappingProxyType(
    {metric.name: metric for family in _FAMILIES for metric in family}
)
"""Every metric by its name."""
PROMISED: tuple[Metric, ...] = tuple(
    metric for metric in METRICS.values() if metric.promised is not None
)
"""The metrics with a value that must hold whatever a baseline says."""


def metric_named(name: str) -> Metric:
    """The metric of this name; one of the group other where the table has none."""
    return METRICS.get(name) or unknown_metric(name)
