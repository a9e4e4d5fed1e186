"""Adds up what was measured on every case: each metric with its interval and its worst case."""

from collections.abc import Callable, Sequence
from pathlib import Path

from evals.metrics.counts import NO_RATIO, NOTHING
from evals.metrics.metric import Metric
from evals.metrics.outcome import CaseOutcome
from evals.metrics.statistics import bootstrap, percentile
from evals.metrics.table import metric_named
from evals.results.provenance import provenance
from evals.results.result import DIGITS, Figure, Result
from evals.subject import Timings

_COMPARED = ("precision", "recall", "f1")
# The tail that a report shows: one case in twenty is worse.
_TAIL = 0.05
Measure = Callable[[Sequence[CaseOutcome]], float]


def added_up(
    suite: str,
    outcomes: Sequence[CaseOutcome],
    *,
    timings: Timings,
    data: Path,
) -> Result:
    """The result of a suite; `data` is the file or the folder that it was measured on."""
    return Result(
        suite=suite,
        cases=tuple(each.name for each in outcomes),
        metrics=(*_compared(outcomes), *_shares(outcomes)),
        by_case={each.name: _figures_of_case(each) for each in outcomes},
        misses={each.name: each.misses for each in outcomes},
        milliseconds={name: _spread(taken) for name, taken in timings.calls.items()},
        tokens=0,
        provenance=provenance(data),
    )


def _compared(outcomes: Sequence[CaseOutcome]) -> list[Figure]:
    """Precision, recall and F1 of every comparison."""
    names = sorted({name for each in outcomes for name in each.scores})
    return [
        _figure(
            metric_named(f"{name}: {figure}"),
            outcomes,
            _measure_of_comparison(name, figure),
            of=sum(_compared_items(outcome, name, figure) for outcome in outcomes),
        )
        for name in names
        for figure in _COMPARED
    ]


def _measure_of_comparison(name: str, figure: str) -> Measure:
    def measure(outcomes: Sequence[CaseOutcome]) -> float:
        total = NOTHING
        for each in outcomes:
            total += each.score(name)
        return float(getattr(total, figure))

    return measure


def _compared_items(outcome: CaseOutcome, name: str, figure: str) -> int:
    score = outcome.score(name)
    return score.said if figure == "precision" else score.wanted


def _shares(outcomes: Sequence[CaseOutcome]) -> list[Figure]:
    """The share of every ratio."""
    names = sorted({name for each in outcomes for name in each.ratios})
    metrics = [metric_named(name) for name in names]
    return [
        _figure(
            metric,
            outcomes,
            _measure_of_share(metric),
            of=sum(outcome.ratio(metric.name).of for outcome in outcomes),
        )
        for metric in metrics
    ]


def _measure_of_share(metric: Metric) -> Measure:
    def measure(outcomes: Sequence[CaseOutcome]) -> float:
        total = NO_RATIO
        for each in outcomes:
            total += each.ratio(metric.name)
        return total.share if total.of else metric.value_of_nothing

    return measure


def _figure(
    metric: Metric, outcomes: Sequence[CaseOutcome], measure: Measure, *, of: float
) -> Figure:
    interval = bootstrap(outcomes, measure)
    lower = metric.direction == "lower"
    each = sorted(((measure([one]), one.name) for one in outcomes), reverse=lower)
    tail = percentile([value for value, _ in each], 1 - _TAIL if lower else _TAIL)
    worst, worst_case = each[0]
    return Figure(
        name=metric.name,
        value=round(measure(outcomes), DIGITS),
        low=round(interval.low, DIGITS),
        high=round(interval.high, DIGITS),
        p5=round(tail, DIGITS),
        worst=round(worst, DIGITS),
        worst_case=worst_case,
        of=of,
    )


def _figures_of_case(outcome: CaseOutcome) -> dict[str, float]:
    """The share of each ratio that counted anything, and the F1 of each comparison."""
    measured = {name: ratio for name, ratio in outcome.ratios.items() if ratio.of}
    shares = {name: round(ratio.share, DIGITS) for name, ratio in measured.items()}
    return shares | {
        f"{name}: f1": round(score.f1, DIGITS) for name, score in outcome.scores.items()
    }


def _spread(taken: Sequence[float]) -> dict[str, float]:
    return {
        "p50": round(percentile(taken, 0.5), 1),
        "p95": round(percentile(taken, 0.95), 1),
        "max": round(max(taken), 1),
        "calls": len(taken),
    }
