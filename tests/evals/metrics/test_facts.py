"""Facts of a small case against its labels."""

from evals.metrics.counts import Ratio
from evals.metrics.facts import count_facts, measure_facts


def test_a_labelled_fact_that_is_found_counts_in_all_and_by_its_kind(case, subject, outcome_of):
    outcome = outcome_of(measure_facts, case, subject)

    assert outcome.score("facts, right kind").wanted_found == 1
    assert outcome.score("facts: concern").wanted == 1
    assert outcome.misses == ()


def test_a_fact_of_another_kind_is_a_miss_that_says_which(case, subject, outcome_of):
    (fact,) = case.labels.facts
    labels = case.labels.model_copy(update={"facts": (fact.model_copy(update={"kind": "win"}),)})

    outcome = outcome_of(measure_facts, case.model_copy(update={"labels": labels}), subject)

    assert outcome.score("facts, any kind").wanted_found == 1
    assert outcome.score("facts, right kind").wanted_found == 0
    assert [(miss.what, miss.said) for miss in outcome.misses] == [("fact: win", "concern")]


def test_facts_are_counted_by_the_thousand_words(subject):
    found = subject.facts("mentor")

    counted = count_facts(found, thousand_words=2)

    assert counted["facts per 1,000 words"] == Ratio(len(found), 2)
    assert sum(ratio.hits for ratio in counted.values()) == 2 * len(found)
