"""Compares a result with the accepted one: exactly where the machine is the same, closely elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coach.errors import Invalid
from evals.outcomes import Miss
from evals.report import as_json, load, verdict
from evals.run import Metric, Provenance, Result

FOLDER = Path(__file__).parent / "baselines"
TO_JUDGE = "to judge: "
"""How a row begins that is no miss until a reader says so."""
_CLOSE = 0.005
_MOST_CASES = 5
_PROMISES = {"grounding": 1.0, "leakage": 0.0}
"""What holds whatever a baseline says: every citation quotes its note, nothing private is told."""


class Moved(NamedTuple):
    """One figure of one case that is not what it was."""

    case: str
    name: str
    was: float
    now: float


def path_of(engine: str, suite: str, split: str) -> Path:
    """Where the accepted result lies; that of the cases of `dev` bears the engine's name alone."""
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
    """Grounding below 1 and leakage above 0, each with the cases where."""
    found = []
    for name, promised in _PROMISES.items():
        value = result.value(name)
        where = [
            f"{case} {_figure(own[name])}"
            for case, own in result.by_case.items()
            if own.get(name, promised) != promised
        ]
        if where or value not in {None, promised}:
            found.append(f"{name}: {_figure(value)}, must be {promised:g}{_listed(where)}")
    return found


def differences(result: Result, baseline: Result) -> list[str]:
    """Everything that keeps a result from passing, one sentence each; none when it passes."""
    found = [*broken_promises(result), *_other_cases(result, baseline)]
    exactly = same_reference(result.provenance, baseline.provenance)
    for metric in result.metrics:
        was = baseline.value(metric.name)
        if was is None:
            found.append(f"{metric.name}: {_figure(metric.value)}, not in the baseline")
        elif abs(metric.value - was) > (0 if exactly else _tolerance(was)):
            found.append(_told(metric, was, moved(result, baseline)))
    names = {metric.name for metric in result.metrics}
    found += [
        f"{each.name}: not measured any more, was {_figure(each.value)}"
        for each in baseline.metrics
        if each.name not in names
    ]
    if found and result.provenance.data != baseline.provenance.data:
        found.append("the labelled data are not those that the baseline was measured on")
    return found


def same_reference(one: Provenance, other: Provenance) -> bool:
    """Whether two runs stand on the same platform, Python, lock and packages, so that figures repeat exactly."""

    def ground(each: Provenance) -> tuple[object, ...]:
        return each.platform, each.python.split(".")[:2], each.lock, each.packages

    return ground(one) == ground(other)


def moved(result: Result, baseline: Result) -> list[Moved]:
    """Every figure of every case that both have and that differs, the widest change first."""
    found = [
        Moved(case, name, was, now)
        for case, figures in result.by_case.items()
        for name, now in figures.items()
        if (was := baseline.by_case.get(case, {}).get(name)) is not None and was != now
    ]
    return sorted(found, key=lambda each: (-abs(each.now - each.was), each.case, each.name))


def movers(name: str, changes: list[Moved]) -> list[Moved]:
    """The cases that moved a figure; of precision and recall, those whose F1 moved."""
    whole = f"{name.rpartition(': ')[0]}: f1"
    return [each for each in changes if each.name in {name, whole}]


def new_misses(result: Result, baseline: Result, case: str) -> list[Miss]:
    """The misses of a case that the other result has not; rows to judge are none."""
    known = set(baseline.misses.get(case, ()))
    found = (each for each in result.misses.get(case, ()) if each not in known)
    return [each for each in found if not each.what.startswith(TO_JUDGE)]


def _tolerance(was: float) -> float:
    """0.005 of a share; of what is larger than 1, such as words, half a percent."""
    return max(_CLOSE, _CLOSE * abs(was))


def _told(metric: Metric, was: float, changes: list[Moved]) -> str:
    by = [
        f"{each.case}{'' if each.name == metric.name else ', F1'} {_figure(each.was)} → {_figure(each.now)}"
        for each in movers(metric.name, changes)
    ]
    told = f"{metric.name}: {_figure(metric.value)}, was {_figure(was)}"
    return f"{told}, {verdict(metric.name, was, metric.value)}{_listed(by)}"


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


def _figure(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
