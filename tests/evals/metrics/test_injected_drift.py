"""Figures of injected drift, worked by hand."""

from typing import get_args

import pytest

from coach.model.drift import DriftKind
from evals.drift_cases.variant import JudgedVariant, RaisedWarning, Variant
from evals.drift_cases.variants import variants
from evals.metrics.injected_drift import OF_INJECTED_DRIFT, outcomes
from tests.evals.drift_cases.builders import make_neglected, make_variant


def figures(*judged: JudgedVariant) -> dict[str, float]:
    (outcome,) = outcomes(judged)
    return {name: ratio.share for name, ratio in outcome.ratios.items()}


def neglect(session: int, clause: str = "goals") -> RaisedWarning:
    return RaisedWarning(session, "goal_neglect", clause, "g1")


def test_a_score_tells_what_is_found_in_time_with_which_clause_in_all_and_by_kind():
    told = figures(
        JudgedVariant(make_neglected(how="chat"), (neglect(4),)),
        JudgedVariant(make_neglected(how="data"), (neglect(6, "text"),)),
        JudgedVariant(make_neglected(how="data"), ()),
    )

    for kind in ("", ": goal_neglect"):
        assert told[f"injected drift: found{kind}"] == pytest.approx(2 / 3)
        assert told[f"injected drift: in time{kind}"] == pytest.approx(1 / 3)
        assert told[f"injected drift: delay{kind}"] == 2
        assert told[f"injected drift: clause{kind}"] == 0.5
    assert told["injected drift: in time: told chat"] == 1
    assert told["injected drift: in time: told data"] == 0


def test_a_warning_that_stands_is_one_false_alarm_until_it_comes_again():
    standing = [RaisedWarning(session, "cadence", "cadence") for session in (1, 2, 3, 7)]

    told = figures(JudgedVariant(make_variant(), tuple(standing)))

    assert told["injected drift: false alarms, clean"] == 20
    assert told["injected drift: false alarms, clean: cadence"] == 20
    assert told["injected drift: false alarms, clean: phase"] == 0


def test_a_decoy_that_is_raised_counts_for_the_kind_it_tempts_to():
    decoy = make_variant(decoy="goal-parked", tempts="goal_neglect", at_session=3, about="g1")

    told = figures(JudgedVariant(decoy, (neglect(6),)), JudgedVariant(decoy, ()))

    assert told["injected drift: decoys raised: goal_neglect"] == 0.5


def test_each_base_series_is_a_case_of_its_own():
    few = [each for each in variants() if each.group == "clean"][:2]

    found = [each.name for each in outcomes([JudgedVariant(each, ()) for each in few])]

    assert found == [each.mentorship.id for each in few]


def test_what_is_missed_late_or_false_is_named():
    missed = make_neglected(way="told-1", how="chat", second_at=4)
    (outcome,) = outcomes(
        [
            JudgedVariant(missed, (RaisedWarning(1, "cadence", "cadence"),)),
            JudgedVariant(missed, (neglect(8),)),
        ]
    )

    assert [(each.what, each.said or each.wanted) for each in outcome.misses] == [
        ("injected drift not found: goal_neglect", "told-1, chat"),
        ("injected drift: false alarm: cadence", "session 2, told-1"),
        ("injected drift late: goal_neglect", "told-1, chat"),
    ]


def test_every_figure_is_in_the_table_and_the_table_has_no_other():
    judged = [JudgedVariant(each, warnings_of_everything(each)) for each in variants()]

    measured = {name for outcome in outcomes(judged) for name in outcome.ratios}

    assert measured == {each.name for each in OF_INJECTED_DRIFT}


def warnings_of_everything(variant: Variant) -> tuple[RaisedWarning, ...]:
    """A false warning of each kind before anything happens, and one that finds what was put in."""
    early = tuple(RaisedWarning(-1, kind, None) for kind in get_args(DriftKind))
    if variant.injected is None:
        return early
    about = variant.promise[0] if variant.promise else variant.about
    clause = variant.clauses[0] if variant.clauses else None
    return (*early, RaisedWarning(variant.at_session, variant.injected, clause, about))
