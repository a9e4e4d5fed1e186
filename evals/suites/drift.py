"""The suite of drift that is put in by rule: clean series with one drift or decoy; and series that say it bluntly."""

from collections.abc import Callable, Sequence

from evals.drift_cases.base import FOLDER
from evals.drift_cases.bluntly import BluntSeries, blunt_series
from evals.drift_cases.judging import judged_variants
from evals.drift_cases.variants import variants
from evals.metrics import said_bluntly
from evals.metrics.injected_drift import OF_INJECTED_DRIFT, outcomes
from evals.metrics.said_bluntly import OF_WHAT_IS_SAID_BLUNTLY
from evals.metrics.statistics import wilson
from evals.metrics.table import metric_named
from evals.results.adding_up import added_up
from evals.results.result import DIGITS, Figure, Result
from evals.subject import Subject, Timings, running
from evals.suites.suite import Progress, Request, Suite


def run(request: Request, progress: Progress) -> Result:
    """Measure what the present rules find with the embedded reader, variant by variant."""
    every, bluntly = variants(every=request.every), blunt_series()
    progress.expect(len(every) + len(bluntly))
    found = tuple(outcomes(judged_variants(every, progress.done)))
    result = added_up("drift", found, timings=Timings(), data=FOLDER)
    plain = bluntly_said(bluntly, progress.done)
    return result.model_copy(
        update={
            "cases": (*result.cases, *plain.cases),
            "metrics": tuple(map(_of_few, (*result.metrics, *plain.metrics))),
            "by_case": result.by_case | plain.by_case,
            "misses": result.misses | plain.misses,
        }
    )


def bluntly_said(series: Sequence[BluntSeries], done: Callable[[str], None]) -> Result:
    """Take each series in through the use cases, and ask for its warnings as the mentee."""
    timings = Timings()
    judged = []
    with running() as parts:
        for each in series:
            subject = Subject(parts, each.file, timings)
            raised = ((drift.kind, drift.status) for drift in subject.drift("mentee", subject.end))
            judged.append(said_bluntly.outcome(each, said_bluntly.standing(raised)))
            done(each.name)
    return added_up("drift", judged, timings=Timings(), data=FOLDER)


def _of_few(figure: Figure) -> Figure:
    """A share of few with Wilson's interval: it stands on too few pairs to draw them again."""
    metric = metric_named(figure.name)
    is_bluntly = metric in OF_WHAT_IS_SAID_BLUNTLY
    if not ((metric.is_detail or is_bluntly) and metric.unit == "share" and figure.of):
        return figure
    low, high = wilson(figure.value * figure.of, figure.of)
    return figure.model_copy(update={"low": round(low, DIGITS), "high": round(high, DIGITS)})


SUITE = Suite(
    run=run, metrics=(*OF_INJECTED_DRIFT, *OF_WHAT_IS_SAID_BLUNTLY), data="own", has_sample=True
)
