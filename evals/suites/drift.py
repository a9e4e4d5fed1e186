"""The drift suite: clean series with one drift or decoy put in by rule, and blunt series."""

from collections.abc import Callable, Sequence

from coach.engines.embedded.clause_engine import EmbeddedClauses
from evals.drift_cases.base import FOLDER
from evals.drift_cases.judging import judged_variants
from evals.drift_cases.said import SaidSeries, said_series
from evals.drift_cases.variants import variants
from evals.metrics import said
from evals.metrics.injected_drift import OF_INJECTED_DRIFT, outcomes
from evals.metrics.metric import Unit
from evals.metrics.said import OF_WHAT_IS_SAID
from evals.metrics.statistics import wilson
from evals.metrics.table import metric_named
from evals.results.adding_up import added_up
from evals.results.result import DIGITS, Figure, Result
from evals.subject import Subject, Timings, running
from evals.suites.suite import Progress, Request, Suite

# What a figure of each unit is to be divided by to be a share.
_SCALES: dict[Unit, int] = {"share": 1, "per 100 sessions": 100}


def run(request: Request, progress: Progress) -> Result:
    """Measure what the present rules find with the embedded reader, variant by variant."""
    every, outright = variants(every=request.every), said_series()
    progress.expect(len(every) + len(outright))
    found = tuple(outcomes(judged_variants(every, progress.done, EmbeddedClauses())))
    result = added_up("drift", found, timings=Timings(), data=FOLDER)
    plain = said_outright(outright, progress.done)
    return result.model_copy(
        update={
            "cases": (*result.cases, *plain.cases),
            "metrics": tuple(map(_with_wilson, (*result.metrics, *plain.metrics))),
            "by_case": result.by_case | plain.by_case,
            "misses": result.misses | plain.misses,
        }
    )


def said_outright(series: Sequence[SaidSeries], done: Callable[[str], None]) -> Result:
    """Take each series in through the use cases, and ask for its warnings as the mentee."""
    timings = Timings()
    judged = []
    with running() as parts:
        for each in series:
            subject = Subject(parts, each.file, timings)
            raised = ((drift.kind, drift.status) for drift in subject.drift("mentee", subject.end))
            judged.append(said.outcome(each, said.standing(raised)))
            done(each.name)
    return added_up("drift", judged, timings=Timings(), data=FOLDER)


def _with_wilson(figure: Figure) -> Figure:
    """The figure with Wilson's interval where pairs drawn again tell too little.

    That is a share of one kind, which stands on few pairs, and any rate where all pairs agree.
    """
    metric = metric_named(figure.name)
    scale = _SCALES.get(metric.unit)
    is_of_few = (metric.is_detail and metric.unit == "share") or figure.low == figure.high
    if scale is None or not figure.of or figure.value > scale or not is_of_few:
        return figure
    low, high = wilson(figure.value / scale * figure.of, figure.of)
    return figure.model_copy(
        update={"low": round(scale * low, DIGITS), "high": round(scale * high, DIGITS)}
    )


SUITE = Suite(run=run, metrics=(*OF_INJECTED_DRIFT, *OF_WHAT_IS_SAID), data="own", has_sample=True)
