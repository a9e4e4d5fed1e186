"""Injected drift, read by the embedded engine."""

from evals.drift_cases.variants import variants
from evals.suites.drift import judged_variants


def test_the_present_rules_find_a_long_gap():
    some = [each for each in variants() if each.injected == "cadence"][:3]
    heard: list[str] = []

    found = judged_variants(some, heard.append)

    assert heard == [each.id for each in some]
    assert all(each.right for each in found)
