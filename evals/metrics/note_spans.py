"""Spans of notes against each other: which of them mean the same place, and how many do."""

from collections.abc import Collection, Sequence

from coach.model.citations import LONGEST_QUOTE
from evals.cases import NoteSpan
from evals.metrics.counts import Score

# Half of the shorter span is the usual relaxed match of such tasks (Johansson and Moschitti 2013).
_LEAST_SHARED = 0.5


def overlaps(one: NoteSpan, other: NoteSpan) -> bool:
    """Whether two spans share at least half of the shorter one.

    The first may have at most 330 code points, as a quote may: who quotes the whole note finds
    nothing.
    """
    if one[0] != other[0] or one[2] - one[1] > LONGEST_QUOTE:
        return False
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return shared >= _LEAST_SHARED * min(one[2] - one[1], other[2] - other[1])


def fact_score(
    said: Sequence[tuple[NoteSpan, str]],
    gold: Sequence[tuple[NoteSpan, str]],
    *,
    right_kind: bool,
) -> Score:
    """Score of facts by their spans, of any kind or of the right one."""

    def hit(one: tuple[NoteSpan, str], other: tuple[NoteSpan, str]) -> bool:
        return overlaps(one[0], other[0]) and (not right_kind or one[1] == other[1])

    return Score(
        len(said),
        sum(any(hit(each, label) for label in gold) for each in said),
        len(gold),
        sum(any(hit(each, label) for each in said) for label in gold),
    )


def matches(said: Sequence[NoteSpan], gold: Sequence[NoteSpan]) -> dict[int, int]:
    """For each position in `said`, that of its label in `gold`.

    Each label is matched once at most, greedily in reading order.
    """
    pairs: dict[int, int] = {}
    for number, label in enumerate(gold):
        for position, each in enumerate(said):
            if position not in pairs and overlaps(each, label):
                pairs[position] = number
                break
    return pairs


def match_score(said: int, gold: int, pairs: Collection[int]) -> Score:
    """Score of a one-for-one match of so many with so many."""
    return Score(said, len(pairs), gold, len(pairs))


def set_score(said: Collection[str], gold: Collection[str]) -> Score:
    """Score of two sets of ids against each other."""
    both = len(set(said) & set(gold))
    return Score(len(set(said)), both, len(set(gold)), both)
