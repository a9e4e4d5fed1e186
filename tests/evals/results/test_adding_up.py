"""Cases added up: intervals, tails, what was counted."""

import pytest

from evals.metrics.counts import Ratio, Score
from evals.metrics.outcome import CaseOutcome
from evals.results.adding_up import added_up
from evals.results.result import Figure
from evals.subject import Timings


def figures(tmp_path, outcomes: dict[str, dict[str, Ratio]]) -> dict[str, Figure]:
    every = [
        CaseOutcome(name=name, scores={}, ratios=ratios, misses=())
        for name, ratios in outcomes.items()
    ]
    result = added_up("cases", every, timings=Timings(), data=tmp_path)
    return {each.name: each for each in result.metrics}


@pytest.mark.parametrize(
    ("name", "worst"),
    [
        pytest.param("search: MRR", ("bank", 0.25), id="more is better"),
        pytest.param("leakage", ("choir", 1), id="less is better"),
    ],
)
def test_the_worst_case_is_the_one_at_the_worse_end(tmp_path, name, worst):
    found = figures(tmp_path, {"choir": {name: Ratio(1, 1)}, "bank": {name: Ratio(1, 4)}})[name]

    assert (found.worst_case, found.worst) == worst
    assert found.p5 == found.worst
    assert (found.value, found.of) == (0.4, 5)


def test_a_case_that_counts_nothing_has_the_best_value(tmp_path):
    found = figures(
        tmp_path,
        {
            "choir": {"leakage": Ratio(0, 0), "drift recall": Ratio(0, 0)},
        },
    )

    assert (found["leakage"].value, found["drift recall"].value) == (0, 1)


def test_precision_counts_what_was_said_and_recall_what_is_labelled(tmp_path):
    outcome = CaseOutcome(
        name="choir", scores={"commitments": Score(4, 1, 2, 1)}, ratios={}, misses=()
    )

    result = added_up("cases", [outcome], timings=Timings(), data=tmp_path)

    assert [(each.name, each.value, each.of) for each in result.metrics] == [
        ("commitments: precision", 0.25, 4),
        ("commitments: recall", 0.5, 2),
        ("commitments: f1", pytest.approx(1 / 3, abs=1e-6), 2),
    ]
    assert result.by_case == {"choir": {"commitments: f1": pytest.approx(1 / 3, abs=1e-6)}}


def test_calls_are_told_by_their_median_and_tail(tmp_path):
    timings = Timings(calls={"brief": [5.0, 7.0, 90.04]})

    result = added_up("cases", [], timings=timings, data=tmp_path)

    assert result.milliseconds == {"brief": {"p50": 7.0, "p95": 90.0, "max": 90.0, "calls": 3}}
