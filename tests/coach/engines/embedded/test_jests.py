"""Promises that nobody means."""

import pytest

from coach.engines.embedded.jests import in_jest
from coach.model.readings import CommitmentSignal
from tests.coach.engines.embedded.test_reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Fine, I'll just clone myself by Friday.",
        "I'll run away with the circus before the audit on Monday.",
        "Sure, I'll repaint the whole ship over the weekend while I'm at it.",
        "If it rains again I'll move to a desert island.",
        "I'll do the accounts by Friday, only joking.",
    ],
)
def test_what_cannot_be_meant_is_no_promise(text):
    assert in_jest(text)
    assert not read(text).of(CommitmentSignal)


@pytest.mark.parametrize(
    "text",
    [
        "gonna send you the list by friday lol",
        "I'll order the paint and the brushes while I'm at it, by Friday.",
        "I'll copy the file for you by Friday.",
        "Ha! I'll bring the goat cheese on Friday.",
    ],
)
def test_a_laugh_takes_no_promise_back(text):
    assert not in_jest(text)
