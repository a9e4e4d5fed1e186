"""The table of suites: each name is that of the module with the suite, in this folder."""

from enum import StrEnum
from importlib import import_module

from evals.suites.suite import Suite


class SuiteName(StrEnum):
    """What is measured."""

    cases = "cases"
    drift = "drift"
    locomo = "locomo"
    notes = "notes"


def suite_named(name: SuiteName) -> Suite:
    """The suite, imported only now: engines and indexes are slow to load."""
    suite: Suite = import_module(f"evals.suites.{name.value}").SUITE
    return suite
