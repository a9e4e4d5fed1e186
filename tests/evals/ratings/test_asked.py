"""What goes together when pages are asked for."""

from pathlib import Path

import pytest

from coach.errors import Invalid
from evals.ratings.asked import Asked

ONE = (Path("one.jsonl"),)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        pytest.param(Asked(None, 2, (), ()), "say --dump DIR", id="nothing"),
        pytest.param(Asked(Path(), 2, ONE, ()), "or --ratings FILE", id="both"),
        pytest.param(Asked(Path("new"), 2, (), ONE), "--before compares", id="before of nothing"),
        pytest.param(Asked(None, 2, ONE * 3, ()), "two sheets at most", id="three readers"),
    ],
)
def test_what_does_not_go_together_is_refused(asked, why):
    with pytest.raises(Invalid, match=why):
        asked.check()
