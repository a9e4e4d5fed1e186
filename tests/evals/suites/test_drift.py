"""Injected drift, read by the embedded engine."""

from evals.drift_cases.judging import judged_variants
from evals.drift_cases.variants import variants
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
