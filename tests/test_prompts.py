import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import prompts

FOLDER = Path(str(files("prompts")))
SUMS = dict(
    reversed(line.split())
    for line in (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
)
NAMES = sorted({name.partition("/")[0] for name in SUMS})
VALUES = {
    "day": "3 March",
    "days": "3 March and 17 March",
    "said": "you said",
    "quote": "I will call",
    "due": "5 March",
}


def test_every_prompt_has_a_checksum():
    there = {each.relative_to(FOLDER).as_posix() for each in FOLDER.glob("*/*.j2")}

    assert there == SUMS.keys()


@pytest.mark.parametrize("name", SUMS, ids=SUMS)
def test_a_released_prompt_is_never_edited(name):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == SUMS[name]


@pytest.mark.parametrize(
    "name", [each for each in NAMES if each.startswith(("ask_", "reflect_"))], ids=str
)
def test_a_question_quotes_what_it_is_given_and_leaves_nothing_open(name):
    text = prompts.render(name, **VALUES)

    assert "I will call" in text
    assert "{" not in text
    assert text == text.strip()


def test_a_missing_value_is_an_error():
    with pytest.raises(UndefinedError, match="quote"):
        prompts.render("ask_win", day="3 March", said="you said")


@pytest.mark.parametrize(
    "quote",
    ["{{ 7 * 7 }}", "{% for x in y %}", "{# gone #}", "<b>&amp;</b>", "{{ day.__class__ }}"],
    ids=str,
)
def test_what_a_note_says_is_never_a_template(quote):
    text = prompts.render("ask_win", **{**VALUES, "quote": quote})

    assert quote in text


def test_the_newest_version_is_used_unless_one_is_named():
    newest = prompts.newest("ask_win")

    assert prompts.render("ask_win", **VALUES) == prompts.render(
        "ask_win", version=newest, **VALUES
    )
    with pytest.raises(FileNotFoundError):
        prompts.render("ask_win", version=newest + 1, **VALUES)
