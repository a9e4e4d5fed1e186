import math
from collections import Counter

import pytest

from retrieval.lexical import bm25, plain, words


def scores(texts, query):
    return bm25([Counter(words(text)) for text in texts], words(query)).tolist()


def test_a_score_is_that_of_the_formula():
    found = scores(["salary salary talk", "garden"], "salary")

    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    damped = 1.5 * (1 - 0.75 + 0.75 * 3 / 2)
    assert found == pytest.approx([rarity * 2 / (2 + damped), 0])


@pytest.mark.parametrize(
    "query", ['"salary', "NEAR(salary", "salary*", '{"$or": salary}', "-salary"]
)
def test_signs_of_query_languages_are_not_obeyed(query):
    found = scores(["the salary talk", "the garden"], query)

    assert found[0] > 0
    assert found[1] == 0


def test_other_forms_of_a_word_are_found():
    assert words("Negotiations negotiated") == words("negotiation NEGOTIATING")


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        pytest.param("ﬁnance", "finance", id="ligature"),
        pytest.param("sal\u200bary", "salary", id="zero-width"),
        pytest.param("\u202esalary\u202c", "salary", id="right-to-left-override"),
        pytest.param("Café", "cafe\u0301", id="decomposed"),
        pytest.param("STRASSE", "straße", id="case"),
        pytest.param("来週会う", "会う", id="no-spaces"),
    ],
)
def test_what_looks_the_same_is_found(written, searched):
    assert scores([written, "other"], searched)[0] > 0


def test_nothing_is_found_where_nothing_can_be():
    assert scores([], "salary") == []
    assert scores(["", "the"], "salary") == [0, 0]
    assert scores(["salary"], "") == [0]
    assert scores(["salary"], "unknown") == [0]


def test_white_space_survives_and_lone_surrogates_do_not():
    assert plain("a\tb\n\ud800c") == "a\tb\nc"


def test_accents_make_no_other_word():
    assert words("Siân wrote to Łukasz in the café") == words("Sian wrote to Lukasz in the cafe")
    assert words("が") != words("か")
