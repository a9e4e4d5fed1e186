"""Figures of injected drift, worked by hand."""

from typing import get_args

from coach.model.drift import DriftKind
from evals.drift_cases.variant import JudgedVariant, RaisedWarning, Variant
from evals.drift_cases.variants import variants
from evals.metrics.injected_drift import (
    OF_INJECTED_DRIFT,
    clause_accuracy,
    decoys_raised,
    detection_delay,
    false_alarms,
    score,
)
from evals.results.bare_figures import of_figures
from evals.results.provenance import provenance
from tests.evals.drift_cases.builders import make_neglected, make_variant


def test_delay_counts_from_the_session_that_first_carries_the_drift():
    found = JudgedVariant(make_neglected(), (RaisedWarning(5, "goal_neglect", "goals", "g1"),))

    assert detection_delay(found) == 2
    assert detection_delay(JudgedVariant(make_neglected(), ())) is None


def test_a_warning_that_stands_is_one_false_alarm_until_it_comes_again():
    standing = [RaisedWarning(session, "cadence", "cadence") for session in (1, 2, 3, 7)]

    assert false_alarms([JudgedVariant(make_variant(), tuple(standing))]) == 20


def test_clause_accuracy_is_over_what_was_found():
    scored = [
        JudgedVariant(make_neglected(), (RaisedWarning(5, "goal_neglect", "goals", "g1"),)),
        JudgedVariant(make_neglected(), (RaisedWarning(5, "goal_neglect", "cadence", "g1"),)),
        JudgedVariant(make_neglected(), ()),
    ]

    assert clause_accuracy(scored) == 0.5
    assert clause_accuracy(scored[2:]) is None


def test_a_decoy_counts_when_its_kind_is_raised_about_its_own_thing():
    decoy = make_variant(decoy="goal_parked", tempts="goal_neglect", at_session=3, about="g1")
    scored = [
        JudgedVariant(decoy, (RaisedWarning(6, "goal_neglect", "goals", "g1"),)),
        JudgedVariant(decoy, (RaisedWarning(6, "goal_neglect", "goals", "g2"),)),
        JudgedVariant(decoy, (RaisedWarning(6, "cadence", "cadence"),)),
    ]

    assert decoys_raised(scored) == {"goal_parked": {"variants": 3, "raised": 1}}


def test_a_score_tells_recall_and_delay_by_kind_and_false_alarms_by_group():
    scored = [
        JudgedVariant(make_neglected(), (RaisedWarning(4, "goal_neglect", "goals", "g1"),)),
        JudgedVariant(make_neglected(), (RaisedWarning(6, "goal_neglect", "goals", "g1"),)),
        JudgedVariant(make_variant(), (RaisedWarning(4, "cadence", "cadence"),)),
    ]

    told = score(scored)

    assert told["kinds"]["goal_neglect"] == {
        "variants": 2,
        "recall": 1,
        "in_time": 0.5,
        "mean_delay": 2,
        "median_delay": 2,
        "clause_accuracy": 1,
    }
    assert told["false_alarms_per_100_sessions"] == {"clean": 10, "decoy": None, "injected": 0}
    assert told["false_alarms_by_kind"] == {"clean": {"cadence": 1}}


def test_every_figure_is_in_the_table_and_the_table_has_no_other(tmp_path):
    judged = [JudgedVariant(each, warnings_of_everything(each)) for each in variants()]

    result = of_figures("drift", score(judged), provenance(tmp_path))

    assert {each.name for each in result.metrics} == {each.name for each in OF_INJECTED_DRIFT}


def warnings_of_everything(variant: Variant) -> tuple[RaisedWarning, ...]:
    """A false warning of each kind before anything happens, and one that finds what was put in."""
    early = tuple(RaisedWarning(-1, kind, None) for kind in get_args(DriftKind))
    if variant.injected is None:
        return early
    about = variant.promise[0] if variant.promise else variant.about
    return (*early, RaisedWarning(variant.at_session, variant.injected, variant.clause, about))
