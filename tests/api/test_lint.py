"""Anybody with a key may have questions checked before they are asked."""

import pytest

from coach.questions.rules.table import RULES
from tests.api.world import canary, problem_of

_CALL = ("POST", "/v1/questions/lint")


@pytest.mark.parametrize("who", ["admin", "mentor", "mentee", "tool"])
def test_any_key_may_have_questions_checked(who, world, pair):
    body = {"questions": ["What went well?", "🙂 Did you finish it?"]}

    checked = world.send(*_CALL, pair.key(who), json=body)

    assert checked.status_code == 200
    told = checked.json()
    assert told["questions"][0] == {"faults": []}
    (fault,) = told["questions"][1]["faults"]
    assert (fault["rule"], fault["why"] != "") == ("Q2", True)
    assert body["questions"][1][fault["start"] : fault["end"]] == "Did"
    assert told["set"] == []
    assert set(told["not_checked"]) | set(RULES) | {"Q20"} == {f"Q{n}" for n in range(1, 25)}
    assert not set(told["not_checked"]) & (set(RULES) | {"Q20"})


def test_nobody_else_may(world):
    problem_of(world.send(*_CALL, None, json={"questions": []}), 401)


def test_a_set_is_told_what_it_lacks(world, pair):
    told = world.send(*_CALL, pair.key("tool"), json={"questions": []}).json()

    assert told["questions"] == []
    assert {each["rule"] for each in told["set"]} == {"Q20"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"questions": ["x" * 1001]}, "/body/questions/0"),
        ({"questions": ["What?"] * 101}, "/body/questions"),
        ({"questions": "What?"}, "/body/questions"),
        ({"questions": [1]}, "/body/questions/0"),
        ({"questions": [None]}, "/body/questions/0"),
        ({}, "/body/questions"),
        ({"questions": [], "more": 1}, "/body"),
        ([], "/body"),
    ],
    ids=str,
)
def test_what_is_no_list_of_questions_is_refused(body, pointer, world, pair):
    refused = problem_of(world.send(*_CALL, pair.key("mentor"), json=body), 422)

    assert refused["errors"][0]["pointer"] == pointer


def test_a_question_is_never_repeated(world, pair):
    word = canary("lint")
    for body in (
        {"questions": [f"Did {word} help, and {word}?", word]},
        {"questions": [word], word: word},
        {"questions": [word * 200]},
        {"questions": {word: word}},
    ):
        assert word not in world.send(*_CALL, pair.key("admin"), json=body).text


@pytest.mark.parametrize(
    "text",
    [
        *("," * 2000, "and " * 500, "what " * 400, "?" * 2000, "'" * 2000, "“" * 2000, "(" * 2000),
        *(
            "what, " * 330,
            "and what and " * 150,
            "or, " * 500,
            "x" * 2000,
            " " * 2000,
            "why not " * 250,
        ),
        *('"a"' * 500, "in what in " * 180, "how? " * 400, "is it, " * 285, "maybe " * 330),
    ],
    ids=lambda text: f"{text[:8]!r}",
)
def test_no_text_takes_long(text, world, pair):
    checked = world.send(*_CALL, pair.key("tool"), json={"questions": [text[:1000]] * 20})

    assert checked.status_code == 200
    assert float(checked.headers["server-timing"].removeprefix("app;dur=")) < 3000
