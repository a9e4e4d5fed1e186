"""Two results beside each other."""

import pytest

from evals.metrics.outcome import Miss
from evals.results.comparison import new_misses, verdict
from tests.evals.builders import make_result


@pytest.mark.parametrize(
    ("name", "now", "told"),
    [
        pytest.param("search: MRR", 0.6, "better", id="more is better"),
        pytest.param("brief words", 0.6, "worse", id="more words are worse"),
        pytest.param("injected drift: false alarms, clean", 0.6, "worse", id="false alarms"),
        pytest.param("facts per 1,000 words: win", 0.6, "other", id="counts"),
        pytest.param("search: MRR", 0.5000001, "same", id="below six digits"),
    ],
)
def test_a_verdict_knows_what_is_better(name, now, told):
    assert verdict(name, 0.5, now) == told


def test_a_new_miss_is_found_and_a_row_to_judge_is_none(tmp_path):
    was = make_result(tmp_path)
    new = Miss(what="wrong owner", said="mentor", wanted="mentee: I will write")
    row = Miss(what="to judge: must not state, 2026-01-05", said="a", wanted="b")
    now = was.model_copy(update={"misses": {"choir": (new, row)}})

    assert new_misses(now, was, "choir") == [new]
