"""Measures drift that notes say outright: drifts raised, decoys raised, and other alarms.

Series are recorded, and warnings read, as a caller would.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, get_args

from coach.model.drift import DriftKind, DriftStatus
from evals.drift_cases.said import MANNERS, Manner, SaidSeries
from evals.metrics.metric import OWN, Metric
from evals.metrics.outcome import CaseOutcome, Tally

_STANDING: frozenset[DriftStatus] = frozenset({"open", "to_confirm"})


class SaidMetrics(NamedTuple):
    """The metrics of one manner of telling."""

    raised: Metric
    decoys: Metric
    others: Metric


def _metrics_of(manner: Manner) -> SaidMetrics:
    return SaidMetrics(
        raised=Metric(
            name=f"said {manner}: raised",
            group="drift",
            direction="higher",
            unit="share",
            how=f"series that say a drift {manner} and are warned of it the day after, of all",
            source=OWN,
        ),
        decoys=Metric(
            name=f"said {manner}: decoys raised",
            group="drift",
            direction="lower",
            unit="share",
            how="their decoys that are warned of the kind they look like, of all",
            source=OWN,
        ),
        others=Metric(
            name=f"said {manner}: other alarms",
            group="drift",
            direction="lower",
            unit="per checkpoint",
            how="kinds a series that are raised beside the one that is looked for",
            source=OWN,
        ),
    )


_OF_MANNER: Mapping[Manner, SaidMetrics] = {each: _metrics_of(each) for each in MANNERS}
OF_WHAT_IS_SAID = tuple(
    metric
    for of in _OF_MANNER.values()
    for metric in (
        *of,
        *(each.of_kind(kind) for kind in get_args(DriftKind) for each in (of.raised, of.decoys)),
    )
)


def standing(drifts: Iterable[tuple[DriftKind, DriftStatus]]) -> set[DriftKind]:
    """The kinds with a warning that stands."""
    return {kind for kind, status in drifts if status in _STANDING}


def outcome(series: SaidSeries, raised: set[DriftKind]) -> CaseOutcome:
    """What a series gave: its kind raised as wanted, and which other kinds."""
    tally = Tally(f"said {series.name}")
    of = _OF_MANNER[series.manner]
    metric = of.raised if series.wanted else of.decoys
    for each in (metric, metric.of_kind(series.kind)):
        tally.add_ratio(each, series.kind in raised)
    others = sorted(raised - {series.kind, *series.also_ok})
    tally.add_ratio(of.others, len(others))
    if (series.kind in raised) != series.wanted:
        what = "not raised" if series.wanted else "raised"
        tally.add_miss(f"said {series.manner}: {what}: {series.kind}")
    for kind in others:
        tally.add_miss(f"said {series.manner}: other alarm: {kind}", said=kind)
    return tally.outcome()
