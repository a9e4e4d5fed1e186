"""Compares a result with the accepted one: exactly on the same machine, closely elsewhere."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.errors import Invalid
from evals.metrics.table import PROMISED
from evals.results.comparison import FigureChange, changes_behind, changes_by_case, verdict
from evals.results.files import as_json, load
from evals.results.result import Figure, Provenance, Result

FOLDER = Path(__file__).parent
# By how much a share may differ elsewhere than on the reference platform: half of the last digit
# that the README shows.
_CLOSE = 0.005
# As many cases as fit into a line of a terminal.
_MOST_CASES = 5


def path_of(engine: str, suite: str, split: str) -> Path:
    """Where the accepted result lies; that of the cases of `dev` has the engine's name alone."""
    rest = [name for name, usual in ((suite, "cases"), (split, "dev")) if name != usual]
    return FOLDER / f"{'-'.join((engine, *rest))}.json"


def accepted(path: Path) -> Result:
    """The accepted result. Raises Invalid when there is none yet."""
    if not path.exists():
        raise Invalid(f"there is no baseline {path}: --accept makes one")
    return load(path)


def accept(result: Result, path: Path) -> None:
    """Make this result the one to compare with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_json(result), encoding="utf-8")


def broken_promises(result: Result) -> list[str]:
    """One sentence for each promise that does not hold, with the cases where it is broken.

    What holds whatever a baseline says: every citation quotes its note, nothing private is told.
    """
    found = []
    for metric in PROMISED:
        value = result.value(metric.name)
        where = [
            f"{case} {_figure_text(own[metric.name])}"
            for case, own in result.by_case.items()
            if own.get(metric.name, metric.promised) != metric.promised
        ]
        if where or value not in {None, metric.promised}:
            must = f"must be {metric.promised:g}{_listed(where)}"
            found.append(f"{metric.name}: {_figure_text(value)}, {must}")
    return found


def differences(result: Result, baseline: Result) -> list[str]:
    """Everything that keeps a result from passing, one sentence each; none when it passes."""
    found = [
        *broken_promises(result),
        *_other_cases(result, baseline),
        *_other_figures(result, baseline),
        *_missing_figures(result, baseline),
    ]
    if found and result.provenance.data != baseline.provenance.data:
        found.append("the labelled data are not those that the baseline was measured on")
    return found


def _other_figures(result: Result, baseline: Result) -> Iterator[str]:
    exactly = same_reference(result.provenance, baseline.provenance)
    changes = changes_by_case(result, baseline)
    for figure in result.metrics:
        was = baseline.value(figure.name)
        if was is None:
            yield f"{figure.name}: {_figure_text(figure.value)}, not in the baseline"
        elif abs(figure.value - was) > (0 if exactly else _tolerance(was)):
            yield _change_text(figure, was, changes)


def _missing_figures(result: Result, baseline: Result) -> Iterator[str]:
    names = {figure.name for figure in result.metrics}
    for each in baseline.metrics:
        if each.name not in names:
            yield f"{each.name}: not measured any more, was {_figure_text(each.value)}"


def same_reference(one: Provenance, other: Provenance) -> bool:
    """Whether two runs have the same platform, Python, lock and packages.

    Then their figures repeat exactly.
    """

    def ground(each: Provenance) -> tuple[object, ...]:
        return each.platform, each.python.split(".")[:2], each.lock, each.packages

    return ground(one) == ground(other)


def _tolerance(was: float) -> float:
    """How far a figure may differ elsewhere: 0.005, or half a percent of what is larger than 1."""
    return max(_CLOSE, _CLOSE * abs(was))


def _change_text(figure: Figure, was: float, changes: Sequence[FigureChange]) -> str:
    """`name: now, was before, verdict (case was → now; …)`."""
    by = [
        f"{each.case}{'' if each.name == figure.name else ', F1'} "
        f"{_figure_text(each.was)} → {_figure_text(each.now)}"
        for each in changes_behind(figure.name, changes)
    ]
    told = f"{figure.name}: {_figure_text(figure.value)}, was {_figure_text(was)}"
    return f"{told}, {verdict(figure.name, was, figure.value)}{_listed(by)}"


def _other_cases(result: Result, baseline: Result) -> Iterator[str]:
    gone = sorted(set(baseline.cases) - set(result.cases))
    new = sorted(set(result.cases) - set(baseline.cases))
    if gone:
        yield f"cases not measured any more{_listed(gone)}"
    if new:
        yield f"cases that the baseline has not{_listed(new)}"


def _listed(names: list[str]) -> str:
    if not names:
        return ""
    rest = len(names) - _MOST_CASES
    more = f" and {rest} more" if rest > 0 else ""
    return f" ({'; '.join(names[:_MOST_CASES])}{more})"


def _figure_text(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
