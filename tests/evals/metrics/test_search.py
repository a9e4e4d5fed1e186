"""Ranks, worked by hand."""

import pytest

from evals.metrics.search import hit_at, reciprocal_rank


@pytest.mark.parametrize(
    ("relevant", "rank"),
    [
        pytest.param({"s1"}, 1, id="first"),
        pytest.param({"s3"}, 1 / 3, id="third"),
        pytest.param({"s2", "s3"}, 1 / 2, id="the better of two"),
        pytest.param({"s9"}, 0, id="not found"),
        pytest.param(set(), 0, id="nothing is relevant"),
    ],
)
def test_the_reciprocal_rank_is_of_the_first_relevant_one(relevant, rank):
    assert reciprocal_rank(["s1", "s2", "s3"], relevant) == pytest.approx(rank)


def test_a_hit_counts_up_to_its_rank_only():
    ranked = ["s1", "s2", "s3"]

    assert hit_at(ranked, {"s2"}, k=2)
    assert not hit_at(ranked, {"s2"}, k=1)
