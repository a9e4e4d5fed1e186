"""What a model that lies cannot do.

Three minds are tested here; `python -m tests.faults.minds` runs all of them. A model that reads
well and lies elsewhere can spoil what no explicit word speaks of; the table tells how much.
"""

import warnings

import pytest

from evals.cases import FOLDER, load_folder
from tests.faults.liars import ALONE, CAREFUL, row

with warnings.catch_warnings():
    # langchain still names functions of its own that it has deprecated; we cannot change that.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401

pytestmark = pytest.mark.usefixtures("uncounted")

LIARS = ("all_done", "remembers", "believed_but_swaps")


@pytest.fixture(scope="module")
def cases():
    return load_folder(FOLDER / "dev", split="dev")[:1]


@pytest.fixture(scope="module")
def alone(cases):
    return row(ALONE, cases)


@pytest.fixture
def loopback(no_provider_is_reached):
    no_provider_is_reached.route(host="127.0.0.1").pass_through()


@pytest.mark.parametrize("mind", LIARS)
def test_a_model_that_lies_neither_invents_nor_leaks_nor_silences_a_warning(
    loopback, cases, alone, mind
):
    told = row(mind, cases, alone=alone)

    assert told.tokens > 10_000
    assert told.warned
    assert told.vanished == 0
    assert told.statements > 20
    assert told.ungrounded == 0
    assert told.leaked == 0
    assert (told.questions > 3, told.faulty) == (True, 0)


def test_a_careful_model_leads_every_note_that_it_reads(loopback, cases, alone):
    told = row(CAREFUL, cases, alone=alone)

    assert told.notes >= 3
    assert told.led == told.notes
    assert (told.vanished, told.ungrounded, told.leaked, told.faulty) == (0, 0, 0, 0)
    for name in ("facts, right kind: precision", "brief must-cover, weighted"):
        assert told.figures[name] > alone.figures[name]


def test_without_a_model_nothing_is_asked_and_every_warning_stands(alone):
    assert (alone.tokens, alone.vanished, alone.ungrounded, alone.leaked) == (0, 0, 0, 0)
    assert alone.figures["brief must-cover, weighted"] > 0.5
