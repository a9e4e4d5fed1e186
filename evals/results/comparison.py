"""Two results beside each other: what changed, for better or worse, in which cases."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from evals.metrics.outcome import Miss
from evals.metrics.table import metric_named
from evals.results.result import DIGITS, Result

Verdict = Literal["better", "worse", "other", "same"]


class FigureChange(NamedTuple):
    """One figure of one case that is not what it was."""

    case: str
    name: str
    was: float
    now: float


def verdict(name: str, was: float, now: float) -> Verdict:
    """Whether a figure changed for the better; other where neither direction is better."""
    direction = metric_named(name).direction
    gain = round(now - was, DIGITS)
    if gain == 0:
        return "same"
    if direction == "none":
        return "other"
    return "better" if (gain > 0) == (direction == "higher") else "worse"


def value_before(name: str, against: Result | None) -> float | None:
    """The value of a figure in the result compared with."""
    return against.value(name) if against else None


def changes_by_case(result: Result, against: Result) -> list[FigureChange]:
    """Every figure of every case that both have and that differs, the widest change first."""
    found = [
        FigureChange(case, name, was, now)
        for case, figures in result.by_case.items()
        for name, now in figures.items()
        if (was := against.by_case.get(case, {}).get(name)) is not None and was != now
    ]
    return sorted(found, key=lambda each: (-abs(each.now - each.was), each.case, each.name))


def changes_behind(name: str, changes: Sequence[FigureChange]) -> list[FigureChange]:
    """The changes of cases that moved a figure; of precision and recall, those of their F1."""
    kept = {name, metric_named(name).figure_of_a_case}
    return [each for each in changes if each.name in kept]


def new_misses(result: Result, against: Result, case: str) -> list[Miss]:
    """The misses of a case that the other result has not; rows to judge are none."""
    known = set(against.misses.get(case, ()))
    found = (each for each in result.misses.get(case, ()) if each not in known)
    return [each for each in found if not each.is_to_judge]
