import pytest

from coach.language.everyday import telling
from coach.questions.quotes import LONGEST, opening, quotable, worth


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ben: The courier contract fell through.", "The courier contract fell through"),
        ("I am worried about the release date.", "I am worried about the release date"),
        ("The plan is (mostly) a draft. The courier left early.", "The courier left early"),
        ("What next? She said “no”; the courier left us early.", "the courier left us early"),
        (
            "Ben is worried about the talk in March, his slides are far too long for it.",
            "Ben is worried about the talk in March",
        ),
        (
            "If I pass the examination of the autumn and there is still no vacancy, I sit at the same Kumasi counter.",
            None,
        ),
        (
            "I want the Kumasi post more than anything else in this world, but I don't know how to move the crane.",
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
    text = "The courier contract fell through, the depot flooded, and the forklift licence has lapsed since Easter."

    for longest in range(4, 20):
        found = quotable(text, longest=longest)
        assert found is None or len(found.split()) <= min(longest, LONGEST)
        assert found is None or found in text


def test_an_opening_begins_where_the_text_begins():
    text = "price the larch, oak or iroko, and have it on my bench by the nineteenth of the month"

    assert opening(text) == "price the larch, oak or iroko"
    assert opening(text, longest=3) is None
    assert opening("go to it") is None


def test_rare_words_are_worth_more_and_names_nothing():
    assert worth("The courier left Rotterdam") > worth("The team left the meeting early")
    assert telling("Ben met the courier on 3 May", names=frozenset({"ben"})) == {"courier"}
