"""What verdicts add up to, worked by hand."""

import pytest

from evals.metrics.counts import Ratio
from evals.ratings.scores import Group, agreement, groups, standing, tally
from evals.ratings.sheet import Sheet
from tests.evals.ratings.builders import item_id, make_sheet


def test_each_verdict_has_its_share_of_the_group_and_an_interval():
    sheet = make_sheet(a="right", b="right", c="right", d="wrong")

    counted = tally(sheet, Group("lines"))

    assert counted.of == 4
    assert counted.shares["right"].ratio == Ratio(3, 4)
    assert counted.shares["misplaced"].ratio == Ratio(0, 4)
    low, high = counted.shares["right"].interval
    assert 0.30 < low < 0.75 < high < 0.96


def test_a_group_is_a_scale_a_kind_or_a_heading():
    line, promise = item_id("a"), item_id("b", kind="promise", heading="open")
    win, question = item_id("c", heading="happy_about"), item_id("d", kind="question")
    sheet = Sheet("one", {line: "right", promise: "wrong", win: "right", question: "ask"}, 0)

    assert groups([sheet], "lines") == [
        Group("lines"),
        Group("lines", "line"),
        Group("lines", "line", "doubts"),
        Group("lines", "line", "happy_about"),
        Group("lines", "promise"),
    ]
    assert [tally(sheet, each).of for each in groups([sheet], "lines")] == [3, 2, 1, 1, 1]
    assert groups([sheet], "warnings") == []


def test_two_readers_are_compared_on_what_both_judged():
    one = make_sheet("one", a="right", b="right", c="wrong", d="wrong", e="right")
    two = make_sheet("two", a="right", b="wrong", c="wrong", d="wrong", f="right")

    found = agreement(one, two, "lines")

    assert found.same == Ratio(3, 4)
    # Chance agrees in 0.5 * 0.25 + 0.5 * 0.75 = 0.5 of them.
    assert found.kappa == pytest.approx(0.5)
    assert agreement(one, two, "questions").same == Ratio(0, 0)


def test_a_verdict_on_words_that_no_page_holds_any_more_is_stale():
    sheet = make_sheet(old="right", kept="wrong")

    found = standing(sheet, {item_id("kept"), item_id("new"), item_id("newer")})

    assert found.stale == (item_id("old"),)
    assert found.unjudged == 2
