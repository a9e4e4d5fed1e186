"""The suite of injected drift: clean series with one drift or decoy, and their warnings; and the plainest cases."""

from evals.drift_cases.base import FOLDER
from evals.drift_cases.judging import judged_variants
from evals.drift_cases.variants import variants
from evals.metrics.injected_drift import OF_INJECTED_DRIFT, outcomes
from evals.metrics.statistics import wilson
from evals.metrics.table import metric_named
from evals.results.adding_up import added_up
from evals.results.result import DIGITS, Figure, Result
from evals.subject import Timings
from evals.suites.suite import Progress, Request, Suite


def run(request: Request, progress: Progress) -> Result:
    """Measure what the present rules find with the embedded reader, variant by variant."""
    every = variants(every=request.every)
    progress.expect(len(every))
    found = tuple(outcomes(judged_variants(every, progress.done)))
    result = added_up("drift", found, timings=Timings(), data=FOLDER)
    return result.model_copy(update={"metrics": tuple(map(_of_few, result.metrics))})


def _of_few(figure: Figure) -> Figure:
    """A share of one kind with Wilson's interval: it stands on too few pairs to draw them again."""
    metric = metric_named(figure.name)
    if not (metric.is_detail and metric.unit == "share" and figure.of):
        return figure
    low, high = wilson(figure.value * figure.of, figure.of)
    return figure.model_copy(update={"low": round(low, DIGITS), "high": round(high, DIGITS)})


SUITE = Suite(run=run, metrics=OF_INJECTED_DRIFT, data="own", has_sample=True)
