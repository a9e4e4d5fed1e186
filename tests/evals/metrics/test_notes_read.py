"""Notes that are given, and notes that are read."""

from datetime import date

from evals.metrics.counts import Ratio
from evals.metrics.notes_read import count_notes, words_of
from tests.builders import make_session


def test_notes_that_are_not_read_are_taken_off():
    assert count_notes(given=5, unread=2, thousand_words=0.25) == {
        "notes read": Ratio(3, 5),
        "words": Ratio(250, 1),
    }


def test_words_are_those_of_all_notes_of_a_session():
    session = make_session(date(2026, 1, 5), "two words", "and\nthree  more")

    assert words_of(session) == 5
