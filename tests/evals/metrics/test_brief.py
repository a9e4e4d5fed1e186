"""What a page must hold, worked by hand."""

import pytest

from evals.metrics.brief import likeness, weighted_cover


@pytest.mark.parametrize(
    ("found", "cover"),
    [
        pytest.param([], 1.0, id="nothing to find"),
        pytest.param([True, True], 1.0, id="all"),
        pytest.param([False], 0.0, id="none"),
        pytest.param([True, False, True], 4 / 6, id="3 + 1 of 6"),
        pytest.param([False, False, True], 1 / 6, id="the least important of three"),
    ],
)
def test_the_first_of_a_list_weighs_most(found, cover):
    assert weighted_cover(found) == pytest.approx(cover)


def test_likeness_is_the_share_of_common_stems():
    assert likeness("The boat is sinking", "Boats sink slowly") == pytest.approx(2 / 3)
    assert likeness("The boat is sinking", "A sinking boat") == 1
    assert likeness("The boat", "The kiln") == 0
    assert likeness("the", "of the") == 0
