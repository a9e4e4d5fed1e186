"""The table of a bench."""

from rich.console import Console

from evals.bench.measurement import SizeMeasurement
from evals.bench.provenance import Provenance
from evals.bench.table import percentile, table


def test_a_size_has_a_column_and_a_measure_has_a_row():
    made = SizeMeasurement(
        1000, posted=3, words_posted=900, posting_seconds=1.5, cold=[10.0, 30.0], warm=[5.0]
    )
    rests_on = Provenance("abc", "3.11", "Linux", 2, None, "2026-11-29")
    console = Console(record=True, width=120)

    console.print(table([made], rests_on))

    told = " ".join(console.export_text().split())
    assert "1,000 sessions" in told
    assert "20.0 / 29.0" in told
    assert "600" in told
    assert "load unknown" in told


def test_a_percentile_lies_between_the_values():
    assert percentile([10.0, 20.0], 50) == 15
    assert percentile([10.0], 95) == 10
    assert percentile([], 95) == 0
