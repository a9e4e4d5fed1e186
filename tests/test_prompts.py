import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import prompts
from coach.questions.rules.table import faults

FOLDER = Path(str(files("prompts")))
SUMS = dict(
    reversed(line.split())
    for line in (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
)
VALUES = {
    "day": "3 March",
    "due": "5 March",
    "said": "you said",
    "other": "Ana",
    "when": " for 5 March",
    "quote": "I will call",
    "promise": "“I will call”",
    "goal": "I will call",
    "criteria": "two calls were made",
}


def test_every_prompt_has_a_checksum():
    there = {each for kind in ("*/*/*.j2", "*/*.yaml") for each in FOLDER.glob(kind)}

    assert {each.relative_to(FOLDER).as_posix() for each in there} == SUMS.keys()


@pytest.mark.parametrize("name", SUMS, ids=SUMS)
def test_a_released_prompt_is_never_edited(name):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == SUMS[name]


@pytest.mark.parametrize("name", prompts.question_names(), ids=str)
def test_a_question_quotes_what_it_is_given_leaves_nothing_open_and_keeps_the_rules(name):
    text = prompts.question(name, **VALUES)

    assert "I will call" in text
    assert "{" not in text
    assert text == text.strip()
    assert faults(text) == ()


def test_a_missing_value_is_an_error():
    with pytest.raises(UndefinedError, match="quote"):
        prompts.question("ask_win", day="3 March", said="you said")


@pytest.mark.parametrize(
    "quote",
    ["{{ 7 * 7 }}", "{% for x in y %}", "{# gone #}", "<b>&amp;</b>", "{{ day.__class__ }}"],
    ids=str,
)
def test_what_a_note_says_is_never_a_template(quote):
    text = prompts.question("ask_win", **{**VALUES, "quote": quote})

    assert quote in text


def test_the_newest_version_is_used_unless_one_is_named():
    newest = prompts.newest_questions()

    assert prompts.question("ask_win", **VALUES) == prompts.question(
        "ask_win", version=newest, **VALUES
    )
    with pytest.raises(FileNotFoundError):
        prompts.question("ask_win", version=newest + 1, **VALUES)
    with pytest.raises(FileNotFoundError):
        prompts.render("judge_statement", version=prompts.newest("judge_statement") + 1)
