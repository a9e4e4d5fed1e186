"""Spans of notes against each other, worked by hand."""

import pytest

from coach.model.citations import LONGEST_QUOTE
from evals.metrics.counts import Score
from evals.metrics.note_spans import fact_score, match_score, matches, overlaps, set_score


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(("n", 0, 10), True, id="the same"),
        pytest.param(("n", 5, 15), True, id="exactly half"),
        pytest.param(("n", 6, 16), False, id="one letter less than half"),
        pytest.param(("n", 10, 20), False, id="side by side"),
        pytest.param(("n", 30, 40), False, id="far away"),
        pytest.param(("m", 0, 10), False, id="another note"),
        pytest.param(("n", 8, 12), True, id="half of the shorter one"),
        pytest.param(("n", 9, 12), False, id="less than half of the shorter one"),
        pytest.param(("n", 0, 1000), True, id="inside a long one"),
    ],
)
def test_spans_are_the_same_from_half_of_the_shorter_one_on(other, same):
    assert overlaps(("n", 0, 10), other) is same


@pytest.mark.parametrize(
    ("length", "same"),
    [
        pytest.param(LONGEST_QUOTE, True, id="as long as a quote may be"),
        pytest.param(LONGEST_QUOTE + 1, False, id="a letter longer"),
    ],
)
def test_who_quotes_the_whole_note_finds_nothing(length, same):
    assert overlaps(("n", 0, length), ("n", 0, 10)) is same


def test_facts_are_found_whatever_their_kind_or_of_the_right_kind():
    said = [(("n", 0, 10), "win"), (("n", 20, 30), "doubt"), (("n", 50, 60), "ask")]
    gold = [(("n", 0, 10), "win"), (("n", 20, 30), "concern")]

    assert fact_score(said, gold, right_kind=False) == Score(3, 2, 2, 2)
    assert fact_score(said, gold, right_kind=True) == Score(3, 1, 2, 1)


def test_two_halves_of_a_labelled_fact_are_both_right_and_find_it_once():
    halves = [(("n", 0, 10), "win"), (("n", 10, 20), "win")]

    assert fact_score(halves, [(("n", 0, 20), "win")], right_kind=True) == Score(2, 2, 1, 1)


def test_spans_are_matched_one_for_one():
    halves = [("n", 0, 10), ("n", 10, 20)]

    assert matches(halves, [("n", 0, 20)]) == {0: 0}
    assert matches([("n", 0, 20)], halves) == {0: 0}


def test_spans_are_matched_in_reading_order():
    said = [("n", 0, 10), ("n", 8, 20), ("n", 40, 50)]
    gold = [("n", 0, 10), ("n", 10, 20), ("n", 60, 70)]

    assert matches(said, gold) == {0: 0, 1: 1}


def test_a_match_counts_on_both_sides():
    assert match_score(3, 5, {0: 0, 2: 1}) == Score(3, 2, 5, 2)


def test_ids_said_twice_count_once():
    assert set_score(["c1", "c1", "c2"], ["c2", "c3", "c4"]) == Score(2, 1, 3, 1)
