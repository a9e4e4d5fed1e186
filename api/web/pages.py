"""Briefs and reflections as one printable page, in Markdown or HTML."""

from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from coach.language.phrasing import day, first_name
from coach.model.answers import Brief, Reflection
from coach.model.people import Mentorship
from coach.pages.printed import older, promises, sections

_FOLDER = Path(__file__).parent / "templates"
_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|!~"})

PageFormat = Literal["md", "html"]


def brief_page(brief: Brief, mentorship: Mentorship, kind: PageFormat) -> str:
    """The page of a brief."""
    return (
        environment()
        .get_template(f"brief.{kind}")
        .render(
            brief=brief,
            mentorship=mentorship,
            sections=sections(brief),
            promises=promises(brief.commitments),
        )
    )


def reflection_page(reflection: Reflection, mentorship: Mentorship, kind: PageFormat) -> str:
    """The page of a reflection."""
    template = environment().get_template(f"reflection.{kind}")
    return template.render(
        reflection=reflection, mentorship=mentorship, promises=promises(reflection.commitments)
    )


@cache
def environment() -> Environment:
    """Templates of pages: HTML is escaped, and what is not given is an error."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    environment.filters["older"] = older
    environment.filters["first_name"] = first_name
    environment.filters["plain"] = lambda text: " ".join(text.split()).translate(_MARKDOWN_SIGNS)
    return environment
