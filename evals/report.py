"""Says what a run measured: one table on the terminal, one JSON file to keep."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coach.errors import Invalid
from evals.run import LESS_IS_BETTER, Metric, Provenance, Result

Verdict = Literal["better", "worse", "same"]
_STARTS: dict[str, tuple[str, ...]] = {
    "facts": ("facts",),
    "commitments": ("commitment", "open at", "overdue at"),
    "brief": ("brief",),
    "questions": ("questions",),
    "drift": ("drift", "alarms", "quiet"),
    "search": ("search",),
    "grounding": ("grounding",),
    "leakage": ("leakage",),
    "abstention": ("abstention",),
}
_DETAIL = re.compile(
    r"facts: |drift recall: |questions keep Q|(?:open|overdue) at checkpoints: (?:precision|recall)$"
)
_STYLES: dict[Verdict, str] = {"better": "green", "worse": "red", "same": "dim"}


def print_result(
    console: Console, result: Result, against: Result | None, *, verbose: bool = False
) -> None:
    """The figures in their groups, with intervals, tails and the change; `verbose` adds those by kind."""
    table = Table(title=_title(result), title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for name in ("value", "95 % interval", "P5"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("worst case", no_wrap=True, overflow="ellipsis")
    for name in ("n", "change"):
        table.add_column(name, justify="right", no_wrap=True)
    for group, metrics in grouped(result, details=verbose).items():
        table.add_row(Text(group, "bold"))
        for metric in metrics:
            table.add_row(*_cells(metric, before(metric.name, against)))
    for row in _running_costs(result, against):
        table.add_row(*row)
    console.print(table)
    console.print(Text(_basis(result, against), "dim"))


def grouped(result: Result, *, details: bool) -> dict[str, list[Metric]]:
    """The figures by group, groups in their order; those by kind only when asked for."""
    groups: dict[str, list[Metric]] = {name: [] for name in (*_STARTS, "other")}
    for metric in result.metrics:
        if details or not is_detail(metric.name):
            groups[_group(metric.name)].append(metric)
    return {name: metrics for name, metrics in groups.items() if metrics}


def is_detail(name: str) -> bool:
    """Whether a figure is one kind's or one rule's, beside a headline figure of the whole."""
    return _DETAIL.match(name) is not None


def _group(name: str) -> str:
    return next((group for group, starts in _STARTS.items() if name.startswith(starts)), "other")


def before(name: str, against: Result | None) -> float | None:
    """A figure of the result compared with."""
    return against.value(name) if against else None


def verdict(name: str, was: float, now: float) -> Verdict:
    """Whether a figure changed for the better, to the six digits that are kept."""
    gain = round(now - was, 6) * (-1 if name in LESS_IS_BETTER else 1)
    if gain == 0:
        return "same"
    return "better" if gain > 0 else "worse"


def shown(value: float) -> str:
    """A figure as people read it."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def shown_change(was: float, now: float) -> str:
    """A change with its sign; small ones keep enough digits to be seen."""
    change = round(now - was, 6)
    if change == 0:
        return "–"
    return f"{change:+.3f}" if abs(change) >= 0.0005 else f"{change:+.6f}"


def _title(result: Result) -> Text:
    cases = len(result.cases)
    return Text(f"{result.suite}: {cases} {'case' if cases == 1 else 'cases'}", "bold")


def _cells(metric: Metric, was: float | None) -> list[Text | str]:
    return [
        f"  {metric.name}",
        shown(metric.value),
        f"{shown(metric.low)} – {shown(metric.high)}",
        shown(metric.p5),
        worst(metric),
        f"{metric.of:g}",
        _change(metric.name, was, metric.value),
    ]


def worst(metric: Metric) -> str:
    """The worst case's figure and name; no name where every case has the same figure."""
    alike = metric.worst == metric.value == metric.p5
    return shown(metric.worst) if alike else f"{shown(metric.worst)} {metric.worst_case}"


def _change(name: str, was: float | None, now: float) -> Text:
    if was is None:
        return Text("")
    return Text(shown_change(was, now), _STYLES[verdict(name, was, now)])


def _running_costs(result: Result, against: Result | None) -> Iterator[list[Text | str]]:
    """Latency by call, which no gate looks at because it is the machine's, and tokens."""
    if result.milliseconds:
        yield [Text("latency, milliseconds", "bold")]
    for call, taken in result.milliseconds.items():
        was = against.milliseconds.get(call) if against else None
        change = f"{taken['p50'] - was['p50']:+.1f}" if was else ""
        yield [
            f"  {call}, median",
            f"{taken['p50']:.1f}",
            f"P95 {taken['p95']:.1f}",
            "",
            f"{taken['max']:.1f}",
            f"{taken['calls']:g}",
            Text(change, "dim"),
        ]
    yield [Text("tokens", "bold"), str(result.tokens)]


def _basis(result: Result, against: Result | None) -> str:
    ran = f"engine {result.provenance.engine} {result.provenance.engine_version}, {checkout(result.provenance)}"
    return f"{ran}; change since {checkout(against.provenance)}" if against else ran


def checkout(provenance: Provenance) -> str:
    """The commit and the day of a run."""
    changed = " with changes" if provenance.dirty else ""
    return f"commit {provenance.commit[:7]}{changed}, {provenance.made_at:%Y-%m-%d %H:%M} UTC"


def of_figures(suite: str, figures: Mapping[str, float], provenance: Provenance) -> Result:
    """The result of a suite that gives bare figures, without cases to draw intervals from."""
    metrics = tuple(
        Metric(
            name=name,
            value=round(value, 6),
            low=round(value, 6),
            high=round(value, 6),
            p5=round(value, 6),
            worst=round(value, 6),
            worst_case="",
            of=0,
        )
        for name, value in figures.items()
    )
    return Result(
        suite=suite,
        cases=(),
        metrics=metrics,
        by_case={},
        misses={},
        milliseconds={},
        tokens=0,
        provenance=provenance,
    )


def save(result: Result, folder: Path) -> Path:
    """Write a result as JSON; its name says when, what and by which engine."""
    folder.mkdir(parents=True, exist_ok=True)
    made = result.provenance
    path = folder / f"{made.made_at:%Y%m%dT%H%M%SZ}-{made.engine}-{result.suite}.json"
    path.write_text(as_json(result), encoding="utf-8")
    return path


def as_json(result: Result) -> str:
    """One figure a line, so that two results can be compared by eye."""
    return result.model_dump_json(indent=1) + "\n"


def load(path: Path) -> Result:
    """Read a result. Raises Invalid when it is none."""
    try:
        return Result.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {error.strerror}") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise Invalid(f"{path} is not the result of a run") from error
