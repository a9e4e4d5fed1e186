"""Measures drift that is said bluntly: drifts raised, decoys raised, and other alarms.

Series are recorded, and warnings read, as a caller would.
"""

from collections.abc import Iterable
from typing import get_args

from coach.model.drift import DriftKind, DriftStatus
from evals.drift_cases.bluntly import BluntSeries
from evals.metrics.metric import OWN, Metric
from evals.metrics.outcome import CaseOutcome, Tally

_STANDING: frozenset[DriftStatus] = frozenset({"open", "to_confirm"})

RAISED = Metric(
    name="said bluntly: raised",
    group="drift",
    direction="higher",
    unit="share",
    how="series that say a drift bluntly and are warned of it the day after, of all",
    source=OWN,
)
DECOYS = Metric(
    name="said bluntly: decoys raised",
    group="drift",
    direction="lower",
    unit="share",
    how="their decoys that are warned of the kind they look like, of all",
    source=OWN,
)
OTHERS = Metric(
    name="said bluntly: other alarms",
    group="drift",
    direction="lower",
    unit="per checkpoint",
    how="kinds a series that are raised beside the one that is looked for",
    source=OWN,
)
OF_WHAT_IS_SAID_BLUNTLY = (
    RAISED,
    DECOYS,
    OTHERS,
    *(metric.of_kind(kind) for kind in get_args(DriftKind) for metric in (RAISED, DECOYS)),
)


def standing(drifts: Iterable[tuple[DriftKind, DriftStatus]]) -> set[DriftKind]:
    """The kinds with a warning that stands."""
    return {kind for kind, status in drifts if status in _STANDING}


def outcome(series: BluntSeries, raised: set[DriftKind]) -> CaseOutcome:
    """What a series gave: its kind raised as wanted, and which other kinds."""
    tally = Tally(f"said bluntly: {series.name}")
    metric = RAISED if series.wanted else DECOYS
    for each in (metric, metric.of_kind(series.kind)):
        tally.add_ratio(each, series.kind in raised)
    others = sorted(raised - {series.kind, *series.also_ok})
    tally.add_ratio(OTHERS, len(others))
    if (series.kind in raised) != series.wanted:
        what = "not raised" if series.wanted else "raised"
        tally.add_miss(f"said bluntly: {what}: {series.kind}")
    for kind in others:
        tally.add_miss(f"said bluntly: other alarm: {kind}", said=kind)
    return tally.outcome()
