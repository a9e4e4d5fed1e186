"""One metric in all and kind by kind."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from evals.metrics.counts import Ratio
from evals.metrics.metric import Metric

Kind = TypeVar("Kind", bound=str)


def ratios_by_kind(
    whole: Metric, by_kind: Mapping[Kind, Metric], found: Counter[Kind], *, of: float
) -> dict[str, Ratio]:
    """Ratios by metric name: how many in all and of each kind, 0 of those not found."""
    each = {metric.name: Ratio(found[kind], of) for kind, metric in by_kind.items()}
    return {whole.name: Ratio(found.total(), of), **each}
