"""The table of metrics is whole: nothing is measured that it has not, it has nothing unmeasured."""

import pkgutil
from importlib import import_module
from itertools import chain
from typing import get_args

import pytest

from evals import metrics
from evals.baselines import gate
from evals.cases import load_split
from evals.metrics import drift
from evals.metrics.metric import GROUPS, Comparison, Direction, Metric, Unit
from evals.metrics.table import METRICS, PROMISED, metric_named
from evals.results.files import load
from evals.suites.table import SuiteName, suite_named

SUITES = {name: suite_named(name) for name in SuiteName}


def metrics_in(value: object) -> list[Metric]:
    """The metrics that a name of a module stands for."""
    if isinstance(value, Metric):
        return [value]
    if isinstance(value, Comparison):
        return list(value.metrics)
    if isinstance(value, dict):
        return [metric for each in value.values() for metric in metrics_in(each)]
    if isinstance(value, tuple):
        return [metric for each in value for metric in metrics_in(each)]
    return []


def test_every_metric_says_what_a_reader_must_know():
    unclear = [
        metric.name
        for metric in METRICS.values()
        if metric.group not in GROUPS
        or metric.direction not in get_args(Direction)
        or metric.unit not in get_args(Unit)
        or len(metric.how) < 10
        or len(metric.source) < 10
    ]

    assert unclear == []


def test_every_metric_of_the_table_is_worked_out_by_a_suite_and_the_other_way_round():
    worked_out = {metric for suite in SUITES.values() for metric in suite.metrics}

    assert worked_out == set(METRICS.values())


@pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES)
def test_a_suite_names_no_metric_twice(suite):
    names = [metric.name for metric in suite.metrics]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", [each.name for each in pkgutil.iter_modules(metrics.__path__)])
def test_a_metric_in_a_file_of_this_folder_is_in_the_table(name):
    found = metrics_in(tuple(vars(import_module(f"evals.metrics.{name}")).values()))

    assert [each.name for each in found if METRICS.get(each.name) != each] == []


@pytest.mark.parametrize("path", sorted(gate.FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_figure_of_a_baseline_is_a_metric_of_its_suite(path):
    baseline = load(path)

    figures = {each.name for each in baseline.metrics}
    by_case = set(chain.from_iterable(baseline.by_case.values()))
    assert figures | by_case <= {each.name for each in SUITES[baseline.suite].metrics}


def test_the_baseline_of_dev_has_every_metric_but_drift_that_no_dev_case_expects():
    baseline = load(gate.path_of("embedded", "cases", "dev"))
    expected = {
        each.kind
        for case in load_split("dev")
        for checkpoint in case.labels.checkpoints
        for each in checkpoint.drift_expected
    }

    missing = {each.name for each in SUITES["cases"].metrics} - {e.name for e in baseline.metrics}

    assert missing == {
        metric.name for kind, metric in drift.RECALL_BY_KIND.items() if kind not in expected
    }


def test_what_must_hold_whatever_a_baseline_says_is_exact_citations_and_no_leak():
    assert {each.name: each.promised for each in PROMISED} == {"grounding": 1, "leakage": 0}


def test_a_name_that_the_table_has_not_is_a_metric_of_the_group_other():
    unknown = metric_named("an older figure")

    assert (unknown.group, unknown.direction, unknown.is_detail) == ("other", "higher", False)


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        pytest.param("leakage", "lower", id="a leak"),
        pytest.param("brief words", "lower", id="length"),
        pytest.param("injected drift: delay: cadence", "lower", id="delay"),
        pytest.param("injected drift: found: cadence", "higher", id="recall"),
        pytest.param("injected drift: decoys raised: boundary", "lower", id="a decoy"),
        pytest.param("words", "none", id="a number of words"),
    ],
)
def test_the_table_says_which_values_are_better(name, direction):
    assert METRICS[name].direction == direction


@pytest.mark.parametrize(
    ("name", "is_detail"),
    [
        pytest.param("facts, right kind: precision", False, id="of all facts"),
        pytest.param("facts: win: f1", True, id="of one kind"),
        pytest.param("open at checkpoints: precision", False, id="of what is open"),
        pytest.param("open at checkpoints: f1", False, id="an F1"),
        pytest.param("questions keep Q1", True, id="of one rule"),
        pytest.param("injected drift: in time", False, id="drifts found in time"),
        pytest.param("injected drift: in time: cadence", True, id="those of one kind"),
        pytest.param("session recall@5: multi-hop", True, id="of one category"),
    ],
)
def test_the_table_says_what_is_a_detail(name, is_detail):
    assert METRICS[name].is_detail is is_detail


def test_the_columns_of_the_page_stand_in_the_order_of_the_table():
    assert [each.column for each in METRICS.values() if each.column] == [
        "facts of the right kind, F1",
        "commitments, F1",
        "their owner",
        "their due date",
        "open on the day, F1",
        "brief must-cover",
        "specific questions",
        "drift recall",
        "quiet left quiet",
        "session in first 3",
        "passage with answer",
    ]
