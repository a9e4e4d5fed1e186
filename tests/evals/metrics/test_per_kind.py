"""One metric in all and kind by kind."""

from collections import Counter

from evals.metrics.counts import Ratio
from evals.metrics.drift import WARNINGS, WARNINGS_BY_KIND
from evals.metrics.per_kind import ratios_by_kind


def test_kinds_that_are_not_found_count_as_none():
    ratios = ratios_by_kind(WARNINGS, WARNINGS_BY_KIND, Counter({"cadence": 2, "trust": 1}), of=2)

    assert ratios["drift"] == Ratio(3, 2)
    assert ratios["drift: cadence"] == Ratio(2, 2)
    assert ratios["drift: role"] == Ratio(0, 2)
    assert len(ratios) == 1 + len(WARNINGS_BY_KIND)
