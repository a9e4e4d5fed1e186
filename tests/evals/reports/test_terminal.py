"""What a run says on the terminal."""

from io import StringIO

import pytest
from rich.console import Console

from evals.metrics.counts import Ratio
from evals.metrics.outcome import CaseOutcome
from evals.reports.terminal import print_result
from evals.results.adding_up import added_up
from evals.results.result import Result
from evals.subject import Timings
from tests.evals.builders import make_result


def printed(result: Result, against: Result | None = None, *, verbose: bool = False) -> str:
    console = Console(file=StringIO(), width=140, force_terminal=True, color_system="standard")
    print_result(console, result, against, verbose=verbose)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_table_groups_the_figures(tmp_path):
    lines = [line.strip() for line in printed(make_result(tmp_path, grounding=1)).splitlines()]

    assert any("grounding" in line and "1.000 – 1.000" in line for line in lines)
    assert any("brief, median" in line and "P95 7.0" in line for line in lines)


def test_kinds_are_shown_only_when_asked_for(tmp_path):
    result = make_result(tmp_path)

    assert "facts: win" not in printed(result)
    assert "facts: win: f1" in printed(result, verbose=True)


def test_a_figure_of_no_known_group_is_shown(tmp_path):
    assert "other" in printed(make_result(tmp_path, something_new=0.5))


def test_the_worst_case_is_named_where_cases_differ(tmp_path):
    outcomes = [
        CaseOutcome(name=name, scores={}, ratios={"search: MRR": Ratio(hits, 1)}, misses=())
        for name, hits in (("choir", 1), ("bank", 0.25))
    ]
    result = added_up("cases", outcomes, timings=Timings(), data=tmp_path)

    assert "0.250 bank" in printed(result)


@pytest.mark.parametrize(
    ("now", "colour"),
    [pytest.param(0.75, "32m+0.250", id="up"), pytest.param(0.25, "31m−0.250", id="down")],
)
def test_a_change_is_coloured_by_what_it_means(tmp_path, now, colour):
    was = make_result(tmp_path, brief_must_cover=0.5)

    assert colour in printed(make_result(tmp_path, brief_must_cover=now), was)


def test_figures_without_cases_have_no_interval(tmp_path):
    result = make_result(tmp_path, grounding=1)
    bare = tuple(each.model_copy(update={"of": 0.0}) for each in result.metrics)

    assert "–" in printed(result)
    assert "–" not in printed(result.model_copy(update={"metrics": bare}))
