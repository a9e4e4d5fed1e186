"""A model that lies makes no answer worse: all of them with `python -m tests.faults.minds`, two of them here."""

import warnings

import pytest

from evals.cases import FOLDER, load_folder
from tests.faults.liars import ALONE, FIGURES, row

with warnings.catch_warnings():
    # langchain still names functions of its own that it has deprecated; nothing that we could change.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401

LIARS = ("all_done", "remembers")


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
def test_a_model_that_lies_makes_nothing_worse(loopback, cases, alone, mind):
    told = row(mind, cases, alone=alone)

    assert told.tokens > 10_000
    assert told.warned
    assert told.vanished == 0
    assert told.statements > 100
    assert told.ungrounded == 0
    assert told.leaked == 0
    assert (told.questions > 5, told.faulty) == (True, 0)
    for name in FIGURES:
        assert told.figures[name] >= alone.figures[name] - 0.05, name


def test_without_a_model_nothing_is_asked_and_every_warning_stands(alone):
    assert (alone.tokens, alone.vanished, alone.ungrounded, alone.leaked) == (0, 0, 0, 0)
    assert alone.figures["brief must-cover, weighted"] > 0.5
