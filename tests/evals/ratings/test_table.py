"""What verdicts add up to, on the terminal."""

import io

import pytest
from rich.console import Console

from evals.ratings.table import print_scores
from tests.evals.ratings.builders import item_id, make_sheet


@pytest.fixture
def told():
    def tell(sheets, *, before=(), now=()) -> str:
        out = io.StringIO()
        print_scores(Console(file=out, width=140), sheets, before, now)
        return out.getvalue()

    return tell


def test_shares_stand_with_their_intervals_and_agreement_below(told):
    one, two = make_sheet("one", a="right", b="wrong"), make_sheet("two", a="right", b="right")

    text = told([one, two], now=[item_id("a"), item_id("b")])

    assert "0.50 (0.09–0.91)" in text
    assert "one and two agree on lines: 50% of 2, kappa 0.00" in text
    assert text.count("every verdict is of the pages as they are") == 2


def test_a_change_is_between_the_means_of_the_readers(told):
    before = [make_sheet("old", a="wrong", b="wrong"), make_sheet("older", a="right", b="wrong")]

    text = told([make_sheet("new", c="right")], before=before)

    rows = [line.split() for line in text.splitlines() if line.strip().startswith("change")]
    assert rows[0] == ["change", "+0.75", "+0.00", "+0.00", "+0.00", "-0.75"]
    assert "before: old" in text


def test_stale_verdicts_are_counted_and_the_first_are_named(told):
    sheet = make_sheet("one", **{f"old{number}": "right" for number in range(7)})

    text = told([sheet], now=[item_id("new")])

    assert "one: stale: 7 of 7 verdicts" in text
    assert "items without a verdict: 1" in text
    assert f"stale: {item_id('old4')}" in text
    assert f"stale: {item_id('old5')}" not in text
    assert "and 2 more" in text


def test_a_sheet_that_is_not_finished_says_so(told):
    sheet = make_sheet("one", a="right")._replace(left=3)

    assert "one: 3 items on the sheet have no verdict" in told([sheet], now=[item_id("a")])
