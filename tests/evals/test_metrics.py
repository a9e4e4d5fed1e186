"""Every metric against an example worked by hand."""

import pytest

from coach.model import LONGEST_QUOTE
from evals.metrics import (
    NOTHING,
    Score,
    bootstrap,
    fact_score,
    hit_at,
    kappa,
    likeness,
    matched,
    matched_score,
    overlaps,
    percentile,
    reciprocal_rank,
    set_score,
    specific,
    weighted_cover,
)


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

    assert matched(halves, [("n", 0, 20)]) == {0: 0}
    assert matched([("n", 0, 20)], halves) == {0: 0}


def test_spans_are_matched_in_reading_order():
    said = [("n", 0, 10), ("n", 8, 20), ("n", 40, 50)]
    gold = [("n", 0, 10), ("n", 10, 20), ("n", 60, 70)]

    assert matched(said, gold) == {0: 0, 1: 1}


def test_a_match_counts_on_both_sides():
    assert matched_score(3, 5, {0: 0, 2: 1}) == Score(3, 2, 5, 2)


def test_ids_said_twice_count_once():
    assert set_score(["c1", "c1", "c2"], ["c2", "c3", "c4"]) == Score(2, 1, 3, 1)


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


@pytest.mark.parametrize(
    ("relevant", "rank"),
    [
        pytest.param({"s1"}, 1, id="first"),
        pytest.param({"s3"}, 1 / 3, id="third"),
        pytest.param({"s2", "s3"}, 1 / 2, id="the better of two"),
        pytest.param({"s9"}, 0, id="not found"),
        pytest.param(set(), 0, id="nothing is relevant"),
    ],
)
def test_the_reciprocal_rank_is_of_the_first_relevant_one(relevant, rank):
    assert reciprocal_rank(["s1", "s2", "s3"], relevant) == pytest.approx(rank)


def test_a_hit_counts_up_to_its_rank_only():
    ranked = ["s1", "s2", "s3"]

    assert hit_at(ranked, {"s2"}, k=2)
    assert not hit_at(ranked, {"s2"}, k=1)


def test_a_text_is_specific_when_a_stem_is_in_less_than_a_tenth_of_the_others():
    elsewhere = {"boat": 1, "talk": 18}

    assert specific("We talked about boats", elsewhere, cases=20)
    assert not specific("We talked about boats", elsewhere, cases=10)
    assert specific("We talked about the kiln", elsewhere, cases=10)
    assert not specific("and about the", elsewhere, cases=20)


def test_likeness_is_the_share_of_common_stems():
    assert likeness("The boat is sinking", "Boats sink slowly") == pytest.approx(2 / 3)
    assert likeness("The boat is sinking", "A sinking boat") == 1
    assert likeness("The boat", "The kiln") == 0
    assert likeness("the", "of the") == 0


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
