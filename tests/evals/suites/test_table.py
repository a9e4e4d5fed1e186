"""Every suite has its file and its line in the table."""

import pkgutil
from importlib import import_module

import pytest

from coach.errors import Invalid
from evals import suites
from evals.suites.suite import Request
from evals.suites.table import SuiteName


def test_every_file_with_a_suite_is_in_the_table():
    modules = [each.name for each in pkgutil.iter_modules(suites.__path__)]
    with_suite = [
        name for name in modules if hasattr(import_module(f"evals.suites.{name}"), "SUITE")
    ]

    assert sorted(with_suite) == sorted(SuiteName)


def test_a_suite_that_needs_data_says_which():
    with pytest.raises(Invalid, match="this suite needs --data: a folder"):
        Request("dev", None).data_or_refuse("a folder")
