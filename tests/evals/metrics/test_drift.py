"""Warnings at a checkpoint of a small case."""

import pytest

from evals.cases.labels import ExpectedDrift, ForbiddenDrift
from evals.metrics.counts import Ratio
from evals.metrics.drift import count_drift, measure_drift

EXPECTED = ExpectedDrift(kind="trust", severity="low", evidence=("He looked away.",))
TRAP = ForbiddenDrift(kind="cadence", trap="the two skipped a week")


def test_a_quiet_checkpoint_that_is_left_quiet_counts(case, subject, outcome_of):
    (checkpoint,) = case.labels.checkpoints

    outcome = outcome_of(measure_drift, subject, checkpoint)

    assert outcome.ratio("quiet checkpoints left quiet") == Ratio(1, 1)
    assert outcome.ratio("alarms at quiet checkpoints") == Ratio(0, 1)
    assert outcome.ratio("drift recall") == Ratio(0, 0)


def test_a_drift_that_is_not_seen_is_a_miss_with_its_evidence(case, subject, outcome_of):
    (checkpoint,) = case.labels.checkpoints
    drifting = checkpoint.model_copy(
        update={"drift_expected": (EXPECTED,), "drift_forbidden": (TRAP,)}
    )

    outcome = outcome_of(measure_drift, subject, drifting)

    assert outcome.ratio("drift recall") == outcome.ratio("drift recall: trust") == Ratio(0, 1)
    assert outcome.ratio("drift traps raised") == Ratio(0, 1)
    assert "quiet checkpoints left quiet" not in outcome.ratios
    assert [(miss.what, miss.wanted) for miss in outcome.misses] == [
        ("drift not seen: trust, 2026-01-06", "He looked away.")
    ]


@pytest.mark.parametrize("kind", ["drift", "drift: cadence", "drift: trust"])
def test_no_warnings_are_counted_as_none(kind):
    assert count_drift([])[kind] == Ratio(0, 1)
