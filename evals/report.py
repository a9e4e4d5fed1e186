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

Verdict = Literal["better", "worse", "other", "same"]
_STARTS: dict[str, tuple[str, ...]] = {
    "facts": ("facts",),
    "commitments": ("commitment", "open at", "overdue at"),
    "brief": ("brief",),
    "questions": ("questions",),
    "drift": ("drift", "alarms", "quiet"),
    "search": ("search", "session recall", "passage recall", "MRR"),
    "grounding": ("grounding",),
    "leakage": ("leakage",),
    "abstention": ("abstention", "answered"),
}
_DETAIL = re.compile(
    r"(?:facts|drift|drift recall|drift decoys|drift false alarms by kind|.* per 1,000 words"
    r"|session recall@5|passage recall@5|MRR|answered): |questions keep Q"
    r"|drift kinds: (?!.*: recall$)|(?:open|overdue) at checkpoints: (?:precision|recall)$"
)
_LESS = re.compile(r"drift false alarms|drift decoys|drift kinds: .*delay$")
_NEITHER = re.compile(
    r".* per 1,000 words|questions asked$|brief statements$|brief: not found$|drift(?:$|: )|drift kinds: .*variants$"
)
_STYLES: dict[Verdict, str] = {"better": "green", "worse": "red", "other": "", "same": "dim"}


def print_result(
    console: Console, result: Result, against: Result | None, *, verbose: bool = False
) -> None:
    """The figures in their groups, with intervals, tails and the change; `verbose` adds those by kind."""
    table = Table(title=Text(title(result), "bold"), title_justify="left", box=None, pad_edge=False)
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
    """Whether a figure changed for the better, to the six digits that are kept; counts are neither."""
    less = name in LESS_IS_BETTER or _LESS.match(name)
    gain = round(now - was, 6) * (-1 if less else 1)
    if gain == 0:
        return "same"
    if _NEITHER.match(name):
        return "other"
    return "better" if gain > 0 else "worse"


def shown(value: float) -> str:
    """A figure as people read it."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def shown_change(was: float, now: float) -> str:
    """A change with its sign; small ones keep enough digits to be seen."""
    change = round(now - was, 6)
    if change == 0:
        return "–"
    told = f"{change:+.3f}" if abs(change) >= 0.0005 else f"{change:+.6f}"
    return told.replace("-", "−")


def title(result: Result) -> str:
    """The suite, and how many cases it had."""
    cases = len(result.cases)
    return f"{result.suite}, {cases} {'case' if cases == 1 else 'cases'}" if cases else result.suite


def _cells(metric: Metric, was: float | None) -> list[Text | str]:
    return [
        f"  {metric.name}",
        shown(metric.value),
        interval(metric),
        shown(metric.p5) if metric.of else "",
        worst(metric),
        f"{metric.of:g}" if metric.of else "",
        _change(metric.name, was, metric.value),
    ]


def interval(metric: Metric) -> str:
    """The 95 % interval; nothing where there were no cases to draw it from."""
    return f"{shown(metric.low)} – {shown(metric.high)}" if metric.of else ""


def worst(metric: Metric) -> str:
    """The worst case's figure and name; no name where every case has the same figure."""
    if not metric.of:
        return ""
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


def of_figures(suite: str, found: Mapping[str, object], provenance: Provenance) -> Result:
    """The result of a suite that gives bare figures, nested or not, without cases to draw intervals from."""
    return Result(
        suite=suite,
        cases=(),
        metrics=tuple(_bare(f"{suite} {name}", value) for name, value in _flat(found)),
        by_case={},
        misses={},
        milliseconds={},
        tokens=0,
        provenance=provenance,
    )


def _flat(found: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    """Every figure under the names that lead to it; what was not measured is left out."""
    for key, value in found.items():
        name = key.replace("_", " ")
        if isinstance(value, Mapping):
            yield from ((f"{name}: {inner}", figure) for inner, figure in _flat(value))
        elif isinstance(value, (int, float)):
            yield name, float(value)


def _bare(name: str, value: float) -> Metric:
    kept = round(value, 6)
    tail = {"low": kept, "high": kept, "p5": kept, "worst": kept}
    return Metric(name=name, value=kept, **tail, worst_case="", of=0)


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
