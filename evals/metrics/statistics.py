"""Percentiles, and intervals by resampling."""

import math
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")

# Efron and Tibshirani (An Introduction to the Bootstrap, 1993) ask for about 1,000 where an
# interval is wanted.
_RESAMPLES = 1000
# Any seed would do; a fixed one makes the same cases give the same interval.
_SEED = 0
# The normal deviation that leaves 5 % outside.
_NORMAL_95 = 1.959964


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile, `share` from 0 to 1; 0 for no values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def wilson(hits: float, of: float) -> Interval:
    """Return the score interval of a share (Wilson 1927); from 0 to 1 where there is no item.

    It fits few items and shares near 0 and 1.
    """
    if not of:
        return Interval(0.0, 1.0)
    share, added = hits / of, _NORMAL_95**2 / of
    middle = share + added / 2
    half = _NORMAL_95 * math.sqrt(share * (1 - share) / of + added / (4 * of))
    return Interval(
        max(0.0, (middle - half) / (1 + added)), min(1.0, (middle + half) / (1 + added))
    )


def bootstrap(cases: Sequence[T], measure: Callable[[Sequence[T]], float]) -> Interval:
    """The percentile bootstrap over mentorships (Efron 1979), the same each time."""
    rng = random.Random(_SEED)  # noqa: S311 - resampling, not a secret
    drawn = (
        [measure([rng.choice(cases) for _ in cases]) for _ in range(_RESAMPLES)] if cases else [0.0]
    )
    return Interval(percentile(drawn, 0.025), percentile(drawn, 0.975))
