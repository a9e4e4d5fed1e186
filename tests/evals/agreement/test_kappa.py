"""Cohen's kappa, worked by hand."""

import pytest

from evals.agreement.kappa import kappa


def test_kappa_takes_off_what_chance_explains():
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15

    # 35 of 50 agree; chance agrees in 0.5 * 0.6 + 0.5 * 0.4 = 0.5 of them.
    assert kappa(pairs) == pytest.approx((0.7 - 0.5) / (1 - 0.5))


@pytest.mark.parametrize(
    ("pairs", "agreement"),
    [
        pytest.param([], 1, id="nothing to label"),
        pytest.param([("win", "win")] * 3, 1, id="one label and no other"),
        pytest.param([("win", "ask"), ("ask", "win")], -1, id="never the same"),
        pytest.param([("win", "ask"), ("win", "win")], 0, id="as chance would have it"),
    ],
)
def test_kappa_at_its_edges(pairs, agreement):
    assert kappa(pairs) == pytest.approx(agreement)
