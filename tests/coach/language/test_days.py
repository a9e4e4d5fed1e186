"""Days in ordinary sentences, and the cost of reading them, counted or compared by size."""

import time
import tracemalloc
from datetime import date

import pytest

from coach.language.dates import days_said
from coach.language.days.lines import Line
from coach.language.days.phrases import phrase
from coach.language.days.words import cut
from coach.language.deadlines import deadline
from tests.coach.language.said_days import HELD_ON, told

MOST_LOOKS_A_WORD = 150
"""Looks at one word: 47 was the most in the sentences, 93 in the repeated ones below."""
MOST_BYTES_A_SIGN = 600
"""Memory of one character: 220 bytes was the most, in a text of brackets alone."""
REPEATED = [
    "by friday ",
    "friday ",
    "9am on Monday 19th January 2026 until ",
    "from 1 May to ",
    "1 2 3 ",
    "1.2. ",
    "1/2 ",
    "3, ",
    "3 and ",
    "12:",
    "2026-",
    "1234567890",
    "the ",
    "two weeks from ",
    "twenty ",
    "end of the ",
    "week of ",
    "between ",
    "next ",
    "the first week of ",
    "sat sun ",
    "          ",
    "(",
    "a",
]


class Looks:
    """Words that count how often they are looked at."""

    def __init__(self, words):
        self.words = words
        self.count = 0

    def __len__(self):
        return len(self.words)

    def __getitem__(self, at):
        self.count += 1
        return self.words[at]


def looks(text):
    """Return the looks at words where each may begin a phrase, and how many words there are."""
    words = Looks(cut(text, lambda _: None))
    for at in range(len(words)):
        phrase(Line(words, HELD_ON), at)
    return words.count, len(words)


def seconds(text):
    begun = time.process_time()
    deadline(text, HELD_ON)
    return time.process_time() - begun


@pytest.mark.parametrize(("text", "days"), told(), ids=[text for text, _ in told()])
def test_a_sentence_names_the_days_that_a_reader_would_name(text, days):
    said = days_said(text, HELD_ON)

    if days is None:
        assert all(each.options and each.day is None for each in said)
        assert said
    else:
        assert [each.day for each in said] == days


def test_there_are_sentences_of_every_kind_to_learn_from():
    dated = [days for _, days in told() if days]

    assert len(told()) >= 200
    assert len(dated) >= 120


@pytest.mark.parametrize("text", [text for text, _ in told()])
def test_a_sentence_is_read_by_looking_at_each_word_a_few_times(text):
    count, words = looks(text)

    assert count <= MOST_LOOKS_A_WORD * max(words, 1)


@pytest.mark.parametrize("part", REPEATED)
def test_looking_grows_with_the_text_and_no_faster(part):
    few, many = ((part * 200)[:2000], (part * 400)[:4000])
    (once, _), (twice, words) = looks(few), looks(many)

    assert twice <= MOST_LOOKS_A_WORD * max(words, 1)
    assert twice <= 2.2 * once + MOST_LOOKS_A_WORD


@pytest.mark.parametrize("part", ["by friday ", "9am on Monday 19th January 2026 until ", "1/2 "])
def test_the_time_of_one_long_line_grows_with_it_and_no_faster(part):
    texts = [(part * 9999)[: 10_000 * times] for times in (1, 2, 4)]
    once, twice, four_times = (min(seconds(text) for _ in range(3)) for text in texts)

    # Twice the text takes twice as long. Three times leaves room for a busy machine; a square takes
    # four.
    assert twice < 3 * once + 0.01
    assert four_times < 3 * twice + 0.01


@pytest.mark.parametrize("part", REPEATED)
def test_the_memory_that_a_text_takes_is_bounded_by_its_length(part):
    text = (part * 10_000)[:10_000]
    tracemalloc.start()
    try:
        days_said(text, HELD_ON)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most <= MOST_BYTES_A_SIGN * len(text)


@pytest.mark.parametrize("held_on", [date(1900, 1, 1), date(2024, 2, 29), date(2999, 12, 31)])
def test_sentences_are_read_on_every_day_that_a_session_may_be_held_on(held_on):
    for text, _ in told():
        assert all(each.day or each.options for each in days_said(text, held_on))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("I'll send it, but not before Friday.", None),
        ("I'll start no earlier than 20 March.", None),
        ("I'll send it from Monday, by Thursday.", date(2026, 3, 5)),
        ("I've been on it since Monday, done by Friday.", date(2026, 3, 6)),
        ("I'll have it by 15/3, from tonight.", date(2026, 3, 15)),
        ("I'll be away from 9 March until 13 March.", date(2026, 3, 13)),
    ],
)
def test_a_day_on_which_something_only_begins_is_no_deadline(text, due):
    said = deadline(text, HELD_ON)

    assert (said.day if said else None) == due
