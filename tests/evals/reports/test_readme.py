"""The README's figures are those of the accepted result."""

from pathlib import Path

import pytest

from evals.baselines.gate import accepted, path_of
from evals.reports.readme import ROWS, main

README = Path(__file__).parents[3] / "README.md"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_a_row_of_the_readme_has_the_figures_of_the_accepted_result(row):
    (line,) = (
        line
        for line in README.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {row.label}")
    )

    assert line.split("|")[2].strip() == row.cell(accepted(path_of("embedded", "cases", "dev")))


def test_the_rows_can_be_printed(capsys):
    main()

    assert len(capsys.readouterr().out.splitlines()) == len(ROWS)
