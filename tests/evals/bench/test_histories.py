"""Made-up histories."""

from itertools import islice

import pytest

from evals.bench.histories import history
from evals.metrics.notes_read import words_of


def test_a_longer_history_begins_with_a_shorter_one():
    assert list(islice(history(), 3)) == list(islice(history(), 5))[:3]


def test_sessions_have_about_three_hundred_words():
    sessions = list(islice(history(), 50))

    assert sum(map(words_of, sessions)) / 50 == pytest.approx(300, rel=0.1)
