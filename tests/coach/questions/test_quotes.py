import pytest

from coach.language.everyday import telling
from coach.questions.quotes import LONGEST, asks, lines_of, openings, quotable, worth


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ben: The courier contract fell through.", "The courier contract fell through"),
        ("I am worried about the release date.", "I am worried about the release date"),
        ("The plan is (mostly) a draft. The courier left early.", "The courier left early"),
        ("What next? She said “no”; the courier left us early.", "the courier left us early"),
        (
            "Ben is worried about the talk in March, his slides are far too long for the hall.",
            "Ben is worried about the talk in March",
        ),
        (
            "If I pass the examination of the autumn and there is still no vacancy, "
            "I sit at the same Kumasi counter.",
            None,
        ),
        (
            "I want the Kumasi post more than anything else in this world, "
            "but I don't know how to move the crane.",
            "I don't know how to move the crane",
        ),
        ("So what am I doing", None),
        ("Both taken in good part", None),
        ("We talked about the week.", None),
        ("Ana met Ben in person", None),
        ("", None),
        ("?", None),
    ],
    ids=str,
)
def test_whole_clauses_that_tell_something_are_quoted(text, quote):
    assert quotable(text, names=frozenset({"ana", "ben"})) == quote


def test_a_quote_is_as_short_as_it_has_to_be():
    text = (
        "The courier contract fell through, the depot flooded, "
        "and the forklift licence has lapsed since Easter."
    )

    for longest in range(4, 20):
        found = quotable(text, longest=longest)
        assert found is None or len(found.split()) <= min(longest, LONGEST)
        assert found is None or found in text


def test_openings_begin_where_the_text_begins_the_longest_first():
    text = "price the larch, oak or iroko, and have it on my bench by the nineteenth of the month"

    assert openings(text) == ["price the larch, oak or iroko", "price the larch"]
    assert openings(text, longest=2) == []
    assert openings("go to it") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "A doubt that I leave here: for whom am I writing the version 4?",
            "for whom am I writing the version 4",
        ),
        ("What do I say when they laugh?", "What do I say when they laugh"),
        ("My worry: if I pass the Kumasi exam, I sit at the same counter.", None),
        ("And then what?", None),
    ],
    ids=["behind a colon", "a whole sentence", "no question", "too few words"],
)
def test_a_whole_question_is_quoted_though_everybody_uses_its_words(text, quote):
    found = quotable(text)

    assert (found if found and asks(found, text) else None) == quote


def test_what_stands_behind_a_label_is_quoted_from_its_first_word():
    text = "My worry: if I pass and there's no vacancy, I sit at the same Kumasi counter."

    assert quotable(text) == text.removeprefix("My worry: ").rstrip(".")


def test_a_sentence_may_end_in_a_word_that_would_be_cut_off_within_one():
    told = "find out what training the unit lead has to have"

    assert openings(f"{told}.") == [told]
    assert told not in openings(f"{told}, and what the courier asks of us for it")


def test_rare_words_are_worth_more_and_names_nothing():
    assert worth("The courier left Rotterdam") > worth("The team left the meeting early")
    assert telling("Ben met the courier on 3 May", names=frozenset({"ben"})) == {"courier"}


def test_a_line_goes_on_in_the_next_one_only_where_it_is_as_wide_as_a_page():
    wide = "she will tell the harbour master about the crane of the Rotterdam pier"

    assert lines_of("the pier is closed\nthe bread man came") == [
        "the pier is closed",
        "the bread man came",
    ]
    assert lines_of(f"{wide}\nand the depot") == [f"{wide} and the depot"]
    assert lines_of(f"{wide}\n- the depot") == [wide, "- the depot"]
