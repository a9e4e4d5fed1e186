import numpy as np

from retrieval.fusion import fused, spread


def test_scores_are_stretched_over_zero_to_one():
    assert spread(np.array([2.0, 3.0, 4.0])).tolist() == [0, 0.5, 1]


def test_scores_that_are_all_alike_say_nothing_about_the_order():
    assert spread(np.array([0.0, 0.0])).tolist() == [0, 0]
    assert spread(np.array([7.0])).tolist() == [1]
    assert spread(np.array([])).tolist() == []


def test_a_ranking_counts_by_its_weight():
    merged = fused([np.array([0.0, 1.0]), np.array([1.0, 0.0])], [3.0, 1.0])

    assert merged.tolist() == [0.25, 0.75]
