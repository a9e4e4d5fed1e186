"""What is measured, as pure functions; each says its definition and where it comes from.

A span is (note id, start, end) in code points of the case file's note.
"""

import math
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeVar

from coach.model import LONGEST_QUOTE
from coach.words import stems

Span = tuple[str, int, int]
T = TypeVar("T")


class Score(NamedTuple):
    """Hits among what was said, and hits among what should have been.

    Precision, recall and F1 as in van Rijsbergen, Information Retrieval (1979). The two hit counts differ where
    several said spans fall on one label.
    """

    said: int
    said_right: int
    wanted: int
    wanted_found: int

    @property
    def precision(self) -> float:
        """The share of what was said that is right; 1 when nothing was said."""
        return self.said_right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 1 when nothing was wanted."""
        return self.wanted_found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: object) -> "Score":
        """Counts of two cases together."""
        if not isinstance(other, Score):
            return NotImplemented
        return Score(*(one + two for one, two in zip(self, other, strict=True)))


NOTHING = Score(0, 0, 0, 0)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans of at most 330 code points share at least half of the shorter one.

    Half of the shorter is the usual relaxed match of span tasks (Johansson and Moschitti 2013).
    """
    if one[0] != other[0] or one[2] - one[1] > LONGEST_QUOTE:
        return False
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return shared >= 0.5 * min(one[2] - one[1], other[2] - other[1])


def fact_score(
    said: Sequence[tuple[Span, str]], gold: Sequence[tuple[Span, str]], *, right_kind: bool
) -> Score:
    """Facts by span, of any kind or of the right one."""

    def hit(one: tuple[Span, str], other: tuple[Span, str]) -> bool:
        return overlaps(one[0], other[0]) and (not right_kind or one[1] == other[1])

    return Score(
        len(said),
        sum(any(hit(each, label) for label in gold) for each in said),
        len(gold),
        sum(any(hit(each, label) for each in said) for label in gold),
    )


def matched(said: Sequence[Span], gold: Sequence[Span]) -> dict[int, int]:
    """Which said span stands for which label, one for one, greedily in reading order."""
    pairs: dict[int, int] = {}
    for number, label in enumerate(gold):
        for position, each in enumerate(said):
            if position not in pairs and overlaps(each, label):
                pairs[position] = number
                break
    return pairs


def matched_score(said: int, gold: int, pairs: Collection[int]) -> Score:
    """A one-for-one match as a score."""
    return Score(said, len(pairs), gold, len(pairs))


def set_score(said: Collection[str], gold: Collection[str]) -> Score:
    """Two sets of ids against each other."""
    both = len(set(said) & set(gold))
    return Score(len(set(said)), both, len(set(gold)), both)


def weighted_cover(found: Sequence[bool]) -> float:
    """Recall of a ranked list, the first item of n weighing n, the last 1; 1 for an empty list."""
    weights = range(len(found), 0, -1)
    total = sum(weights)
    return (
        sum(weight for weight, hit in zip(weights, found, strict=True) if hit) / total
        if total
        else 1.0
    )


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / rank of the first relevant one, 0 when there is none (Voorhees, TREC-8, 1999)."""
    for rank, each in enumerate(ranked, start=1):
        if each in relevant:
            return 1 / rank
    return 0.0


def hit_at(ranked: Sequence[str], relevant: Collection[str], *, k: int) -> bool:
    """Whether a relevant one is among the first k."""
    return any(each in relevant for each in ranked[:k])


def specific(text: str, elsewhere: Mapping[str, int], *, cases: int) -> bool:
    """The swap test of Q6: whether a text has a stem that less than a tenth of the other mentorships use."""
    return any(elsewhere.get(stem, 0) < max(1, cases / 10) for stem in stems(text))


def likeness(one: str, other: str) -> float:
    """Jaccard index of the stems of two texts: how near a statement is to a forbidden one."""
    first, second = stems(one), stems(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa (1960) of two readers' labels for the same things; 1 when there is nothing to disagree on."""
    if not pairs:
        return 1.0
    agreed = sum(one == two for one, two in pairs) / len(pairs)
    labels = {label for pair in pairs for label in pair}
    chance = sum(
        (sum(one == label for one, _ in pairs) / len(pairs))
        * (sum(two == label for _, two in pairs) / len(pairs))
        for label in labels
    )
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile; 0 for no values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def bootstrap(cases: Sequence[T], measure: Callable[[Sequence[T]], float]) -> Interval:
    """The percentile bootstrap over mentorships (Efron 1979): 1,000 resamples, fixed seed."""
    rng = random.Random(0)  # noqa: S311 - resampling, not a secret
    drawn = [measure([rng.choice(cases) for _ in cases]) for _ in range(1000)] if cases else [0.0]
    return Interval(percentile(drawn, 0.025), percentile(drawn, 0.975))
