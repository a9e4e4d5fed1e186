"""Percentiles and intervals, worked by hand."""

import pytest

from evals.metrics.statistics import bootstrap, percentile, wilson


@pytest.mark.parametrize(
    ("share", "value"),
    [
        pytest.param(0, 10, id="the least"),
        pytest.param(0.05, 10, id="a twentieth"),
        pytest.param(0.5, 20, id="the median"),
        pytest.param(
            0.75,
            30,
            id="three quarters",
        ),
        pytest.param(0.95, 40, id="all but a twentieth"),
        pytest.param(1, 40, id="the greatest"),
    ],
)
def test_a_percentile_is_the_nearest_of_the_values(share, value):
    assert percentile([40, 10, 30, 20], share) == value


def test_the_percentile_of_nothing_is_nothing():
    assert percentile([], 0.5) == 0


def test_the_interval_is_the_same_each_time_and_holds_the_mean():
    values = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]

    interval = bootstrap(values, _mean)

    assert bootstrap(values, _mean) == interval
    assert 0 < interval.low < 0.5 < interval.high < 1


def test_what_never_varies_has_an_interval_without_width():
    assert bootstrap([0.25, 0.25, 0.25], _mean) == (0.25, 0.25)


def test_the_interval_of_no_cases_is_nothing():
    assert bootstrap([], _mean) == (0, 0)


def _mean(values):
    return sum(values) / len(values)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20.
        pytest.param(81, 263, 0.2553, 0.3662, id="a third"),
        pytest.param(15, 148, 0.0624, 0.1605, id="a tenth"),
        pytest.param(0, 20, 0.0, 0.1611, id="none"),
    ],
)
def test_wilson_s_interval_is_the_published_one(hits, of, low, high):
    found = wilson(hits, of)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
