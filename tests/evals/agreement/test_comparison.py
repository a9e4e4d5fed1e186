"""Two readers of one small case, and the two that ship."""

import pytest
from rich.console import Console

from evals.agreement.comparison import agreement_of, agreements, together
from evals.agreement.kappa import kappa
from evals.agreement.table import table
from evals.metrics.counts import Ratio, Score
from tests.evals.agreement.builders import make_case, reader_labels


def test_readers_agree_on_a_span_from_half_of_it_on():
    first = reader_labels(facts=[("win", "The glaze held."), ("concern", "I fear the kiln.")])
    second = reader_labels(
        facts=[("win", "glaze held"), ("doubt", "fear the kiln"), ("topic", "call")]
    )

    agreement = agreement_of(make_case(), first, second)

    assert agreement.spans == Score(3, 2, 2, 2)
    assert agreement.right_kind == Score(3, 1, 2, 1)
    assert agreement.kinds == (("win", "win"), ("concern", "doubt"))
    assert kappa(agreement.kinds) == pytest.approx((1 / 2 - 1 / 4) / (1 - 1 / 4))


def test_readers_may_have_labelled_in_another_order():
    labels = [("win", "The glaze held."), ("concern", "I fear the kiln.")]

    agreement = agreement_of(
        make_case(), reader_labels(facts=labels), reader_labels(facts=labels[::-1])
    )

    assert kappa(agreement.kinds) == 1


def test_owner_and_due_are_of_the_commitments_that_both_found():
    clay, call = "I will order clay by Friday", "Ana will call the shop."
    first = reader_labels(commitments=[("mentee", "2026-01-09", clay), ("mentor", None, call)])
    second = reader_labels(commitments=[("mentee", None, clay), ("mentor", None, call)])

    agreement = agreement_of(make_case(), first, second)

    assert agreement.commitments == Score(2, 2, 2, 2)
    assert agreement.owner == Ratio(2, 2)
    assert agreement.due == Ratio(1, 2)


def test_a_commitment_that_one_reader_found_tells_nothing_of_owners():
    lone = reader_labels(commitments=[("mentee", None, "I will order clay")])

    agreement = agreement_of(make_case(), lone, reader_labels())

    assert agreement.commitments == Score(0, 0, 1, 0)
    assert agreement.owner == Ratio(0, 0)


def test_cases_together_are_counted_as_one():
    win = reader_labels(facts=[("win", "The glaze held.")])
    here = agreement_of(make_case(), win, win)
    there = agreement_of(make_case(), win, reader_labels())

    both = together("both", [here, there])

    assert both.spans == Score(1, 1, 2, 1)
    assert both.kinds == (("win", "win"),)


def test_the_readers_that_ship_have_read_dev_and_test():
    console = Console(record=True, width=140)

    rows = agreements()
    console.print(table(rows))

    assert [row.name for row in rows if row.name in {"dev", "test", "both"}] == [
        "dev",
        "test",
        "both",
    ]
    assert len(rows) == 6 + 6 + 3
    assert all(0.5 < kappa(row.kinds) <= 1 for row in rows)
    assert "kappa" in console.export_text()
