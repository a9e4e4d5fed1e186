"""Counts against examples worked by hand."""

import pytest

from evals.metrics.counts import NOTHING, Ratio, Score


def test_a_score_tells_precision_recall_and_their_harmonic_mean():
    score = Score(said=4, said_right=3, wanted=6, wanted_found=2)

    assert score.precision == 0.75
    assert score.recall == pytest.approx(1 / 3)
    assert score.f1 == pytest.approx(2 * 0.75 * (1 / 3) / (0.75 + 1 / 3))


def test_who_says_nothing_where_nothing_is_wanted_is_right():
    assert (NOTHING.precision, NOTHING.recall, NOTHING.f1) == (1, 1, 1)


def test_who_says_only_wrong_things_scores_nothing():
    assert Score(said=2, said_right=0, wanted=3, wanted_found=0).f1 == 0


def test_scores_of_two_cases_add_up_count_by_count():
    assert Score(1, 1, 2, 1) + Score(3, 2, 4, 3) == Score(4, 3, 6, 4)


def test_a_score_adds_up_with_scores_only():
    assert Score.__add__(NOTHING, 1) is NotImplemented


def test_ratios_of_two_cases_add_up():
    assert Ratio(1, 2) + Ratio(2, 2) == Ratio(3, 4)
    assert Ratio.__add__(Ratio(1, 2), 1) is NotImplemented


def test_a_share_of_nothing_is_whole():
    assert (Ratio(0, 0).share, Ratio(1, 4).share) == (1, 0.25)
