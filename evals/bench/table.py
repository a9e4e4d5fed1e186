"""Shows what a bench measured as a table."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from rich.table import Table

from evals.bench.measurement import SizeMeasurement
from evals.bench.provenance import Provenance

_TARGET = "brief: 95 of 100 under 100 ms at 100 sessions, under 400 ms at 1,000"


class TableCell(NamedTuple):
    """One number of the table, under its row's name."""

    name: str
    shown: str


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that this share of the values does not exceed."""
    if len(values) < 2:
        return max(values, default=0.0)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def table(measured: Sequence[SizeMeasurement], rests_on: Provenance) -> Table:
    """Return a table with a row for each measure and a column for each size."""
    shown = Table(
        title="Session Coach: response times by number of sessions",
        caption=f"target for a {_TARGET}\n{rests_on.commit} on {rests_on.on} · "
        f"Python {rests_on.python} · {rests_on.platform} · {rests_on.cores} cores, "
        f"load {rests_on.load or 'unknown'} · a uvicorn process, one connection",
    )
    shown.add_column("milliseconds: median / 95th percentile")
    for made in measured:
        shown.add_column(f"{made.sessions:,} sessions", justify="right")
    for row in zip(*(_cells(made) for made in measured), strict=True):
        shown.add_row(row[0].name, *(cell.shown for cell in row))
    return shown


def _cells(made: SizeMeasurement) -> list[TableCell]:
    resident = "–" if made.resident_mb is None else f"{made.resident_mb:,.0f}"
    return [
        TableCell("first brief after a new session, ms", _spread_text(made.cold)),
        TableCell("the same brief again, ms", _spread_text(made.warm)),
        TableCell("search, ms", _spread_text(made.search)),
        TableCell("POST a session, ms", _spread_text(made.posts)),
        TableCell(
            "words taken in by POST, per s", f"{made.words_posted / made.posting_seconds:,.0f}"
        ),
        TableCell("sessions posted, rest put in directly", f"{made.posted:,}"),
        TableCell("memory of the server, MB", resident),
        TableCell("start until /readyz answers, s", f"{made.start_seconds:.2f}"),
        TableCell("start until the index is ready, s", f"{made.index_ready_seconds:.2f}"),
        TableCell("index rebuild, passages per s", f"{made.rebuild_passages_per_second:,.0f}"),
    ]


def _spread_text(milliseconds: Sequence[float]) -> str:
    return f"{percentile(milliseconds, 50):,.1f} / {percentile(milliseconds, 95):,.1f}"
