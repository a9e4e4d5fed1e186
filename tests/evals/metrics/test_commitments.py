"""Commitments of a small case against its labels."""

from datetime import date

import pytest

from evals.cases.labels import OutcomeLabel
from evals.metrics.commitments import count_commitments, measure_commitments
from evals.metrics.counts import Ratio, Score


def test_a_commitment_has_its_owner_its_day_and_its_state(case, subject, outcome_of):
    outcome = outcome_of(measure_commitments, case, subject)

    assert outcome.score("commitments") == Score(1, 1, 1, 1)
    assert outcome.ratio("commitment owner") == Ratio(1, 1)
    assert outcome.ratio("commitment due date") == Ratio(1, 1)
    assert outcome.score("open at checkpoints") == Score(1, 1, 1, 1)
    assert outcome.score("overdue at checkpoints") == Score(0, 0, 0, 0)
    assert outcome.score("done at checkpoints") == Score(0, 0, 0, 0)
    assert outcome.score("dropped at checkpoints") == Score(0, 0, 0, 0)
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


class Settles:
    """Gives every commitment one state, and is else the subject that it is made of."""

    def __init__(self, subject, status, because=None) -> None:
        self._subject = subject
        self._told = {"status": status, "overdue_because": because}

    def __getattr__(self, name):
        return getattr(self._subject, name)

    def commitments(self, *asked):
        made = self._subject.commitments(*asked)
        return tuple(each.model_copy(update=self._told) for each in made)


def with_outcomes(case, *statuses, overdue=()):
    """The case with what its note is said to tell of its promise, the last one last."""
    (made,) = case.labels.commitments
    outcomes = [OutcomeLabel(session="s1", status=each, quote="Ben will send") for each in statuses]
    (checkpoint,) = case.labels.checkpoints
    labels = case.labels.model_copy(
        update={
            "commitments": (made.model_copy(update={"outcomes": tuple(outcomes)}),),
            "checkpoints": (checkpoint.model_copy(update={"overdue_commitments": overdue}),),
        }
    )
    return case.model_copy(update={"labels": labels})


@pytest.mark.parametrize(
    ("said", "labelled", "done", "dropped"),
    [
        pytest.param("done", ["partly", "done"], Score(1, 1, 1, 1), Score(0, 0, 0, 0), id="done"),
        pytest.param("done", ["dropped"], Score(1, 0, 0, 0), Score(0, 0, 1, 0), id="mistaken"),
        pytest.param("open", ["done"], Score(0, 0, 1, 0), Score(0, 0, 0, 0), id="not seen"),
        pytest.param(
            "dropped", ["done", "not_done"], Score(0, 0, 0, 0), Score(1, 0, 0, 0), id="last"
        ),
    ],
)
def test_done_and_dropped_are_held_against_the_last_labelled_outcome(
    case, subject, outcome_of, said, labelled, done, dropped
):
    outcome = outcome_of(
        measure_commitments, with_outcomes(case, *labelled), Settles(subject, said)
    )

    assert outcome.score("done at checkpoints") == done
    assert outcome.score("dropped at checkpoints") == dropped


def test_an_outcome_after_the_checkpoint_does_not_count_yet(case, subject, outcome_of):
    labelled = with_outcomes(case, "done")
    (checkpoint,) = labelled.labels.checkpoints
    before = checkpoint.model_copy(update={"as_of": date(2026, 1, 4)})
    labels = labelled.labels.model_copy(update={"checkpoints": (before,)})

    outcome = outcome_of(
        measure_commitments, labelled.model_copy(update={"labels": labels}), subject
    )

    assert outcome.score("done at checkpoints") == Score(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("because", "overdue", "counted"),
    [
        pytest.param("said", ("c1",), Ratio(1, 1), id="it is"),
        pytest.param("said", (), Ratio(0, 1), id="it is not"),
        pytest.param("silent", (), Ratio(0, 0), id="only asked about"),
    ],
)
def test_what_is_called_overdue_is_held_against_the_labels(
    case, subject, outcome_of, because, overdue, counted
):
    late = Settles(subject, "overdue", because)

    outcome = outcome_of(measure_commitments, with_outcomes(case, overdue=overdue), late)

    assert outcome.ratio("called overdue, and it is") == counted


def test_owners_and_days_are_counted_without_labels(subject):
    counted = count_commitments(subject.commitments("mentor", subject.end), thousand_words=0.5)

    assert counted["commitments per 1,000 words"] == Ratio(1, 0.5)
    assert counted["commitments per 1,000 words: mentee"] == Ratio(1, 0.5)
    assert counted["commitments with an owner"] == Ratio(1, 1)
    assert counted["commitments with a due date"] == Ratio(1, 1)
