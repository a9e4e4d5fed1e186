"""Values in words."""

from evals.reports.wording import change_text


def test_a_tiny_change_is_not_shown_as_nothing():
    assert change_text(0.5, 0.499988) == "−0.000012"
