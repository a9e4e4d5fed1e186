"""A result as a table on the terminal."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.reports.wording import (
    by_group,
    change_text,
    checkout_text,
    interval_text,
    title_text,
    value_text,
    worst_case_text,
)
from evals.results.comparison import Verdict, value_before, verdict
from evals.results.result import Figure, Result

_STYLES: dict[Verdict, str] = {"better": "green", "worse": "red", "other": "", "same": "dim"}


def print_result(
    console: Console, result: Result, against: Result | None, *, verbose: bool = False
) -> None:
    """Print the figures in their groups, with intervals, tails and the change since `against`.

    `verbose` adds the details: figures of one kind or one rule.
    """
    title = Text(title_text(result), "bold")
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for name in ("value", "95 % interval", "P5"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("worst case", no_wrap=True, overflow="ellipsis")
    for name in ("n", "change"):
        table.add_column(name, justify="right", no_wrap=True)
    for group, figures in by_group(result, details=verbose).items():
        table.add_row(Text(group, "bold"))
        for figure in figures:
            table.add_row(*_cells(figure, value_before(figure.name, against)))
    for row in _running_costs(result, against):
        table.add_row(*row)
    console.print(table)
    console.print(Text(_basis(result, against), "dim"))


def _cells(figure: Figure, was: float | None) -> list[Text | str]:
    return [
        f"  {figure.name}",
        value_text(figure.value),
        interval_text(figure),
        value_text(figure.p5) if figure.of else "",
        worst_case_text(figure),
        f"{figure.of:g}" if figure.of else "",
        _change(figure.name, was, figure.value),
    ]


def _change(name: str, was: float | None, now: float) -> Text:
    if was is None:
        return Text("")
    return Text(change_text(was, now), _STYLES[verdict(name, was, now)])


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
    made = result.provenance
    ran = f"engine {made.engine} {made.engine_version}, {checkout_text(made)}"
    return f"{ran}; change since {checkout_text(against.provenance)}" if against else ran
