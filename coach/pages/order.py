"""Orders and titles the sections of a page."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from coach.language.phrasing import first_name
from coach.model.answers import Section, SectionKind
from coach.model.facts import Statement
from coach.model.material import Material
from coach.model.people import Audience, Mentorship

SECTION_ORDER: tuple[SectionKind, ...] = (
    "last_time",
    "happy_about",
    "concerns",
    "changed",
    "tried",
    "achieved",
    "doubts",
    "asks",
    "commitments",
    "goals",
    "stoppers",
    "decisions",
)


class Page(NamedTuple):
    """The one statement to open with, and the others in their sections."""

    headline: Statement | None
    sections: tuple[Section, ...]


def titles(mentorship: Mentorship, audience: Audience) -> dict[SectionKind, str]:
    """Return the titles of the sections for a reader."""
    you = audience == "mentee"
    name = first_name(mentorship.mentee.name)
    return {
        "last_time": "From the notes",
        "happy_about": f"What {'you were' if you else f'{name} was'} happy about",
        "concerns": "Concerns",
        "changed": "What has changed",
        "tried": "What was tried",
        "achieved": "What was achieved",
        "doubts": "Doubts",
        "commitments": "What is promised",
        "goals": "Where the goals stand",
        "stoppers": "What keeps getting in the way",
        "asks": "Asks for this session",
        "decisions": "Decisions",
    }


def arranged(
    material: Material,
    headline: Statement | None,
    told: Iterable[tuple[SectionKind, Statement]],
    *,
    by_day: bool = True,
) -> Page:
    """Return a page with the statements in the sections of the ritual.

    Each section is in the order of its days, or in the given order without `by_day`.
    """
    called = titles(material.mentorship, material.audience)
    by_section: dict[SectionKind, list[Statement]] = {}
    for section, statement in told:
        by_section.setdefault(section, []).append(statement)
    return Page(
        headline,
        tuple(
            Section(
                kind=kind,
                title=called[kind],
                statements=tuple(
                    sorted(by_section[kind], key=when) if by_day else by_section[kind]
                ),
            )
            for kind in SECTION_ORDER
            if kind in by_section
        ),
    )


def when(statement: Statement) -> tuple[date, str, int]:
    """Return the key that sorts statements in the order in which they were written."""
    first = statement.citations[0]
    return first.held_on, first.note_id, first.start
