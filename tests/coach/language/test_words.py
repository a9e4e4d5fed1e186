from datetime import date

import pytest

from coach.language import phrasing, words
from tests.builders import make_mentorship


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Ben’s Plan: DONE!", ["ben's", "plan", "done"], id="case and apostrophes"),
        pytest.param("ﬁnal café №5", ["final", "café", "no5"], id="compatibility forms"),
        pytest.param("a_b 3.5", ["a", "b", "3", "5"], id="marks part words"),
        pytest.param("  \n", [], id="nothing"),
    ],
)
def test_words_are_told_apart(text, found):
    assert words.words(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sent the drafts", "sends a draft"),
        ("wrote to the suppliers", "writing to a supplier"),
        ("Ben's plan", "the plan of Ben"),
        ("She led the meeting", "to lead"),
        ("taught", "teaching"),
    ],
    ids=str,
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert words.stems(one) == words.stems(other) != frozenset()


def test_stop_words_and_days_carry_no_meaning():
    assert words.stems("On Monday we will not go there, in March at least") == frozenset()


def test_numbers_are_kept_however_short():
    assert words.stems("2 of 15 by 7") == {"2", "15", "7"}


def test_words_are_counted_as_a_reader_does():
    assert words.count("One two – three\nfour.") == 5
    assert words.count("") == 0


@pytest.mark.parametrize(
    ("near", "told"),
    [
        (None, "3 March 2026"),
        (date(2026, 12, 1), "3 March"),
        (date(2027, 1, 1), "3 March 2026"),
    ],
    ids=["no reader", "the same year", "another year"],
)
def test_a_day_has_its_year_where_the_reader_needs_it(near, told):
    assert phrasing.day(date(2026, 3, 3), near=near) == told


@pytest.mark.parametrize(
    ("name", "first"),
    [("Ana Lima", "Ana"), ("Ana", "Ana"), ("  ", "  "), ("", "")],
    ids=["two names", "one", "blank", "none"],
)
def test_people_are_called_by_their_first_name(name, first):
    assert phrasing.first_name(name) == first


@pytest.mark.parametrize(
    ("side", "audience", "told"),
    [
        ("mentee", "mentee", "you"),
        ("mentee", "mentor", "Ben"),
        ("mentor", "mentee", "Ana"),
        ("mentor", "tool", "Ana"),
    ],
    ids=str,
)
def test_the_reader_is_called_you(side, audience, told):
    assert phrasing.addressed(make_mentorship(), side, audience) == told


@pytest.mark.parametrize(("count", "told"), [(1, "1 day"), (0, "0 days"), (14, "14 days")], ids=str)
def test_days_are_counted_in_words(count, told):
    assert phrasing.days(count) == told
