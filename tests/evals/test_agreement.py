"""Two readers of one small case, and the two that ship."""

from datetime import date

import pytest
import yaml
from rich.console import Console

from coach.casefile import CaseFile
from coach.errors import Invalid
from evals.agreement import Labels, agreements, compared, load, table, together
from evals.cases import Case
from evals.cases import Labels as GoldLabels
from evals.metrics import Score, kappa
from evals.outcomes import Ratio
from tests.builders import make_mentorship, make_note, make_session

TEXT = "The glaze held. I fear the kiln. I will order clay by Friday, Ana will call the shop."


def make_case():
    """One session with one note."""
    session = make_session(date(2026, 1, 5), make_note(TEXT, id="n1"), id="s1")
    file = CaseFile(make_mentorship(), (), (session,), {})
    return Case(name="kiln", split="dev", file=file, labels=GoldLabels(facts=(), commitments=()))


def made(facts=(), commitments=()):
    """A reader's labels: (kind, quote) and (owner, due, quote)."""
    at = {"session": "s1", "note": "n1"}
    return {
        "facts": [{**at, "kind": kind, "quote": quote} for kind, quote in facts],
        "commitments": [
            {**at, "owner": owner, "due": due, "quote": quote, "action": "do it"}
            for owner, due, quote in commitments
        ],
    }


def read(*, facts=(), commitments=()):
    """Labels as a value."""
    return Labels.model_validate(made(facts, commitments))


def test_readers_agree_on_a_span_from_half_of_it_on():
    first = read(facts=[("win", "The glaze held."), ("concern", "I fear the kiln.")])
    second = read(facts=[("win", "glaze held"), ("doubt", "fear the kiln"), ("topic", "call")])

    agreement = compared(make_case(), first, second)

    assert agreement.spans == Score(3, 2, 2, 2)
    assert agreement.right_kind == Score(3, 1, 2, 1)
    assert agreement.kinds == (("win", "win"), ("concern", "doubt"))
    assert kappa(agreement.kinds) == pytest.approx((1 / 2 - 1 / 4) / (1 - 1 / 4))


def test_readers_may_have_labelled_in_another_order():
    labels = [("win", "The glaze held."), ("concern", "I fear the kiln.")]

    agreement = compared(make_case(), read(facts=labels), read(facts=labels[::-1]))

    assert kappa(agreement.kinds) == 1


def test_owner_and_due_are_of_the_commitments_that_both_found():
    clay, call = "I will order clay by Friday", "Ana will call the shop."
    first = read(commitments=[("mentee", "2026-01-09", clay), ("mentor", None, call)])
    second = read(commitments=[("mentee", None, clay), ("mentor", None, call)])

    agreement = compared(make_case(), first, second)

    assert agreement.commitments == Score(2, 2, 2, 2)
    assert agreement.owner == Ratio(2, 2)
    assert agreement.due == Ratio(1, 2)


def test_a_commitment_that_one_reader_found_tells_nothing_of_owners():
    lone = read(commitments=[("mentee", None, "I will order clay")])

    agreement = compared(make_case(), lone, read())

    assert agreement.commitments == Score(0, 0, 1, 0)
    assert agreement.owner == Ratio(0, 0)


def test_cases_together_are_counted_as_one():
    win = read(facts=[("win", "The glaze held.")])
    here = compared(make_case(), win, win)
    there = compared(make_case(), win, read())

    both = together("both", [here, there])

    assert both.spans == Score(1, 1, 2, 1)
    assert both.kinds == (("win", "win"),)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        pytest.param([("win", "The glaze ran.")], "facts.0: is not in note n1", id="no quote"),
        pytest.param([("joy", "The glaze held.")], "facts.0.kind", id="no such kind"),
    ],
)
def test_labels_that_do_not_fit_are_told_with_their_file(tmp_path, facts, told):
    file = tmp_path / "kiln.yaml"
    file.write_text(yaml.safe_dump(made(facts)), encoding="utf-8")

    with pytest.raises(Invalid) as error:
        load(file, make_case())

    assert "kiln.yaml" in str(error.value)
    assert told in str(error.value)


def test_labels_of_another_session_are_told(tmp_path):
    labels = made([("win", "The glaze held.")])
    labels["facts"][0]["session"] = "s2"
    file = tmp_path / "kiln.yaml"
    file.write_text(yaml.safe_dump(labels), encoding="utf-8")

    with pytest.raises(Invalid, match="is not in note n1 of session s2"):
        load(file, make_case())


def test_a_case_that_nobody_read_is_told(tmp_path):
    with pytest.raises(Invalid, match="nobody's labels"):
        load(tmp_path / "kiln.yaml", make_case())


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
