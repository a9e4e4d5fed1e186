"""Injected drift, read by the embedded engine."""

import pytest

from evals.drift_cases.judging import judged_variants
from evals.drift_cases.said import said_series
from evals.drift_cases.variants import variants
from evals.suites import drift
from evals.suites.suite import Request
from tests.clause_engine import BluntClauses


def test_the_present_rules_find_a_long_gap():
    some = [each for each in variants() if each.injected == "cadence"][:3]
    heard: list[str] = []

    found = judged_variants(some, heard.append)

    assert heard == [each.id for each in some]
    assert all(each.right for each in found)


def test_an_engine_of_clauses_is_asked_of_each_passage_once():
    some = [each for each in variants() if each.group == "clean"][:1]
    clauses = BluntClauses(everything=True)

    judged_variants([*some, *some], lambda _: None, clauses)

    assert clauses.asked
    assert len(set(clauses.asked)) == len(clauses.asked)


@pytest.fixture
def measured(monkeypatch):
    """The suite on one clean series and one that says a drift bluntly."""
    clean = [each for each in variants() if each.group == "clean"][:1]
    monkeypatch.setattr(drift, "variants", lambda *, every: tuple(clean))
    monkeypatch.setattr(drift, "said_series", lambda: said_series()[:1])
    return drift.run(Request("dev", None), Unheard())


class Unheard:
    """Progress that nobody hears."""

    def expect(self, total: int) -> None:
        pass

    def done(self, case: str) -> None:
        pass


def test_no_alarm_in_a_few_sessions_is_no_proof_that_there_are_none(measured):
    figure = next(
        each for each in measured.metrics if each.name == "injected drift: false alarms, clean"
    )

    assert (figure.value, figure.low) == (0, 0)
    # For none of eight sessions Wilson's interval goes up to 3.84 / (8 + 3.84); 3.84 is 1.96
    # squared.
    assert figure.high == pytest.approx(32.44, abs=0.01)


def test_pairs_and_said_series_are_cases_of_one_result(measured):
    assert measured.cases == ("bee-farm", "said bluntly: goal_neglect, drift")
    assert set(measured.by_case) == set(measured.misses) == set(measured.cases)
