"""Ranks, worked by hand."""

import pytest

from evals.cases import Search
from evals.metrics.counts import Ratio
from evals.metrics.search import hit_at, measure_searches, reciprocal_rank


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


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        pytest.param("send the draft of the talk", 1, id="an answer that is found"),
        pytest.param("Zorbulax may close", 1, id="one in a note of the mentor's own"),
    ],
)
def test_a_labelled_search_is_asked_by_somebody_who_may_see_the_answer(
    case, subject, outcome_of, quote, found
):
    search = Search(query=quote, relevant_sessions=("s1",), answer_quote=quote)
    labels = case.labels.model_copy(update={"searches": (search,)})

    outcome = outcome_of(measure_searches, case.model_copy(update={"labels": labels}), subject)

    assert outcome.ratio("search: session in first 1") == Ratio(1, 1)
    assert outcome.ratio("search: MRR") == Ratio(1, 1)
    assert outcome.ratio("search: passage with the answer") == Ratio(found, 1)
    assert outcome.misses == ()


def test_a_search_that_finds_no_answer_is_a_miss(case, subject, outcome_of):
    search = Search(
        query="xylophone", relevant_sessions=("s1",), answer_quote="worried about the talk"
    )
    labels = case.labels.model_copy(update={"searches": (search,)})

    outcome = outcome_of(measure_searches, case.model_copy(update={"labels": labels}), subject)

    assert outcome.ratio("search: session in first 5") == Ratio(0, 1)
    assert [(miss.what, miss.said) for miss in outcome.misses] == [("search", "xylophone")]
