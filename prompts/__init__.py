"""Versioned wording: `model/<name>/v<n>.j2` for models, `questions/v<n>.yaml` for people.

A released file is never edited, `SHA256SUMS` holds them to it.
"""

import re
from functools import cache
from importlib.resources import files

import yaml
from jinja2 import Environment, StrictUndefined, Template

# Plain text for people and models, never HTML. What notes say is always a variable, never a
# template.
_ENVIRONMENT = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
_VERSION = re.compile(r"v(\d+)\.(?:j2|yaml)")
_GAP = re.compile(r"\n{3,}")
_QUESTIONS = ("questions",)


def question(name: str, *, version: int | None = None, **values: str) -> str:
    """Return a question in words, of the newest version unless one is named.

    A missing value is an error.
    """
    return _questions(version or newest_questions())[name].render(values)


def question_names() -> tuple[str, ...]:
    """Return the names of the questions that the newest version can ask."""
    return tuple(_questions(newest_questions()))


def render(name: str, *, version: int | None = None, **values: str) -> str:
    """Return the text of a model's prompt, of the newest version unless one is named.

    A missing value is an error.
    """
    return _template(name, version or newest(name)).render(values)


def rendered(name: str, *, version: int | None = None, **values: object) -> tuple[str, str]:
    """Return a model's prompt as two texts.

    They are its blocks `system`, the rules, and `text`, what people wrote.
    """
    template = _template(name, version or newest(name))
    context = template.new_context(values)
    system, text = ("".join(template.blocks[block](context)) for block in ("system", "text"))
    return _tidy(system), _tidy(text)


def _tidy(text: str) -> str:
    return _GAP.sub("\n\n", text).strip()


@cache
def newest(name: str) -> int:
    """The highest version of a model's prompt."""
    return _highest("model", name)


@cache
def newest_questions() -> int:
    """The highest version of the questions."""
    return _highest(*_QUESTIONS)


def _highest(*folder: str) -> int:
    versions = [
        int(found[1])
        for each in files(__package__).joinpath(*folder).iterdir()
        if (found := _VERSION.fullmatch(each.name))
    ]
    return max(versions)


@cache
def _template(name: str, version: int) -> Template:
    path = files(__package__).joinpath("model", name, f"v{version}.j2")
    return _ENVIRONMENT.from_string(path.read_text(encoding="utf-8"))


@cache
def _questions(version: int) -> dict[str, Template]:
    path = files(__package__).joinpath(*_QUESTIONS, f"v{version}.yaml")
    texts: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: _ENVIRONMENT.from_string(text) for name, text in texts.items()}
