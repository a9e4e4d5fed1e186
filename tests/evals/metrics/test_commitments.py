"""Commitments of a small case against its labels."""

from datetime import date

from evals.metrics.commitments import count_commitments, measure_commitments
from evals.metrics.counts import Ratio, Score


def test_a_commitment_has_its_owner_its_day_and_its_state(case, subject, outcome_of):
    outcome = outcome_of(measure_commitments, case, subject)

    assert outcome.score("commitments") == Score(1, 1, 1, 1)
    assert outcome.ratio("commitment owner") == Ratio(1, 1)
    assert outcome.ratio("commitment due date") == Ratio(1, 1)
    assert outcome.score("open at checkpoints") == Score(1, 1, 1, 1)
    assert outcome.score("overdue at checkpoints") == Score(0, 0, 0, 0)
    assert outcome.misses == ()


def test_another_day_and_a_commitment_nobody_labelled_are_misses(case, subject, outcome_of):
    (made,) = case.labels.commitments
    later = made.model_copy(update={"due": date(2026, 2, 1)})
    with_later = case.labels.model_copy(update={"commitments": (later,)})
    without = case.labels.model_copy(update={"commitments": (), "checkpoints": ()})

    wrong_day = outcome_of(
        measure_commitments, case.model_copy(update={"labels": with_later}), subject
    )
    unlabelled = outcome_of(
        measure_commitments, case.model_copy(update={"labels": without}), subject
    )

    assert [(miss.what, miss.said) for miss in wrong_day.misses] == [
        ("wrong due date", "2026-01-12")
    ]
    assert [miss.what for miss in unlabelled.misses] == ["commitment not made"]


def test_owners_and_days_are_counted_without_labels(subject):
    counted = count_commitments(subject.commitments("mentor", subject.end), thousand_words=0.5)

    assert counted["commitments per 1,000 words"] == Ratio(1, 0.5)
    assert counted["commitments per 1,000 words: mentee"] == Ratio(1, 0.5)
    assert counted["commitments with an owner"] == Ratio(1, 1)
    assert counted["commitments with a due date"] == Ratio(1, 1)
