"""Versioned prompts: `<name>/v<n>.j2`; a released file is never edited, `SHA256SUMS` holds them to it."""

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

# Plain text for people and models, never HTML; what notes say is always a variable, never a template.
_ENVIRONMENT = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
_VERSION = re.compile(r"v(\d+)\.j2")
_GAP = re.compile(r"\n{3,}")


def render(name: str, *, version: int | None = None, **values: str) -> str:
    """The text of a prompt; the newest version unless one is named. A missing value is an error."""
    return _template(name, version or newest(name)).render(values)


def rendered(name: str, *, version: int | None = None, **values: object) -> tuple[str, str]:
    """A model's prompt as two texts, its blocks `system` (the rules) and `text` (what people wrote)."""
    template = _template(name, version or newest(name))
    context = template.new_context(values)
    system, text = ("".join(template.blocks[block](context)) for block in ("system", "text"))
    return _tidy(system), _tidy(text)


def _tidy(text: str) -> str:
    return _GAP.sub("\n\n", text).strip()


@cache
def newest(name: str) -> int:
    """The highest version of a prompt."""
    versions = [
        int(found[1])
        for each in files(__package__).joinpath(name).iterdir()
        if (found := _VERSION.fullmatch(each.name))
    ]
    return max(versions)


@cache
def _template(name: str, version: int) -> Template:
    text = files(__package__).joinpath(name, f"v{version}.j2").read_text(encoding="utf-8")
    return _ENVIRONMENT.from_string(text)
