"""What is counted in notes without labels."""

import pytest

from evals.suites.notes import SUITE, run_notes
from tests.evals.suites.notes_builders import write_note_folders


@pytest.fixture
def notes(tmp_path):
    return write_note_folders(tmp_path)


def test_a_run_counts_what_is_read_without_labels(notes):
    seen = []

    result = run_notes(notes, seen.append)

    assert (result.suite, seen) == ("notes", ["2024__parser", "2025__single"])
    assert result.value("citations exact") == 1
    assert result.value("notes read") == pytest.approx(2 / 6, abs=1e-5)
    assert [miss.said for miss in result.misses["2024__parser"]] == [
        "no day in its name",
        "2024-06-25.md is not UTF-8 text",
        "it is blank",
        "its language is de",
    ]
    assert result.by_case["2025__single"]["words"] == 6
    assert result.by_case["2025__single"]["commitments with an owner"] == 1
    assert result.by_case["2025__single"]["commitments with a due date"] == 1
    assert result.by_case["2025__single"]["commitments per 1,000 words"] == pytest.approx(
        1000 / 6, abs=1e-5
    )
    told = [each for each in result.metrics if each.name.startswith("facts per 1,000 words")]
    assert sum(each.value for each in told) > 0
    assert result.value("drift: cadence") is not None
    assert result.milliseconds["1,000 words taken in"]["calls"] == 2


def test_a_run_gives_every_metric_of_the_suite(notes):
    result = run_notes(notes, lambda _name: None)

    assert {each.name for each in result.metrics} == {each.name for each in SUITE.metrics}
