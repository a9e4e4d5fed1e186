"""Who is meant: names, initials and pronouns to sides."""

import re
from datetime import date
from typing import NamedTuple

from coach.model.commitments import Owner
from coach.model.people import Author, Mentorship, Side

_BOTH = frozenset({"both", "both of us", "we", "us", "together", "all", "we both"})
_FIRST = frozenset({"me", "i", "myself", "my", "mine"})
_TOGETHER = re.compile(r"(?<!\s)\s*+(?:&|\+|/|,|(?<= )and )\s*")
_NAME = re.compile(r"[^\W\d_][\w'’\-]*")
_BETWEEN = re.compile(r"[/, ]+")
_SECOND = frozenset({"you", "u", "yours", "your"})


class People(NamedTuple):
    """The names that mean the mentor and those that mean the mentee, lower case; shared ones mean neither."""

    mentor: frozenset[str]
    mentee: frozenset[str]
    pronouns: dict[str, Side]

    def side(self, name: str) -> Side | None:
        """The side a name, an initial or a role word means."""
        plain = name.strip(" .:,*_()[]@'’").lower().removesuffix("'s").removesuffix("’s")
        if plain in self.mentor:
            return "mentor"
        return "mentee" if plain in self.mentee else None


class Writer(NamedTuple):
    """Who wrote the note, when, and whom its names mean."""

    author: Author
    people: People
    held_on: date


def people_of(mentorship: Mentorship) -> People:
    """The names of the two; a name or an initial that both share means neither."""
    mentor, mentee = (
        _names(mentorship.mentor.name, "mentor"),
        _names(mentorship.mentee.name, "mentee"),
    )
    shared = mentor & mentee
    return People(mentor - shared, mentee - shared, _pronouns(mentorship))


def owner_of(label: str, author: Author, people: People) -> Owner | None:
    """Whom a label such as `me`, `Ana:` or `(both)` makes the owner; None when it names neither side."""
    plain = label.strip(" .:,*_()[]@").lower()
    if plain in _BOTH:
        return "both"
    parts = [part for part in _TOGETHER.split(plain) if part]
    if len(parts) == 2:
        sides = {owner_of(part, author, people) for part in parts}
        return "both" if sides == {"mentor", "mentee"} else None
    if plain in _FIRST:
        return None if author == "tool" else author
    if plain in _SECOND:
        return None if author == "tool" else other(author)
    return people.side(plain)


def other(side: Side) -> Side:
    """The other side."""
    return "mentee" if side == "mentor" else "mentor"


def _names(name: str, role: str) -> frozenset[str]:
    parts = [part.lower() for part in _NAME.findall(name)]
    initials = "".join(part[0] for part in parts)
    found = {name.lower(), *parts, role}
    if parts:
        found |= {parts[0][0], initials}
    return frozenset(found)


def _pronouns(mentorship: Mentorship) -> dict[str, Side]:
    """`she` and `he` where only one of the two goes by them."""
    goes_by: dict[str, set[Side]] = {}
    for side, person in (("mentor", mentorship.mentor), ("mentee", mentorship.mentee)):
        for word in _BETWEEN.split((person.pronouns or "").lower()):
            if word in {"she", "he", "they"}:
                goes_by.setdefault(word, set()).add(side)  # type: ignore[arg-type]
    return {word: sides.pop() for word, sides in goes_by.items() if len(sides) == 1}
