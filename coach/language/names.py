"""Decides which side a name, an initial or a pronoun means."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from coach.language.phrasing import first_name
from coach.model.commitments import Owner
from coach.model.people import Author, Mentorship, Side

_BOTH = frozenset({"both", "both of us", "we", "us", "together", "all", "we both"})
_FIRST = frozenset({"me", "i", "myself", "my", "mine"})
_TOGETHER = re.compile(r"(?<!\s)\s*+(?:&|\+|/|,|(?<= )and )\s*")
_NAME = re.compile(r"[^\W\d_][\w'’]*")
_BRACKETED = re.compile(
    r"\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\]|<[^<>\n]{0,80}>|@\S{1,80}\.\w{2,10}"
)
_COMPANY = re.compile(r"[ \t\u00a0][-–—|/@][ \t\u00a0]|\|")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_UNLIKE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Letters that decompose into no accent, and how people without them on a keyboard write them."""
_BADGES = frozenset(
    """
    external guest unfamiliar unverified host cohost organizer organiser presenter attendee
    participant
    mr mrs ms mx dr prof professor ipad iphone phone mobile macbook laptop desktop pc
    """.split()
)
"""Words that meeting tools and manners put beside a name."""
_BETWEEN = re.compile(r"[/, ]+")
_SECOND = frozenset({"you", "u", "yours", "your"})
_OTHERS = _SECOND | {"them", "they", "other", "the other"}


class People(NamedTuple):
    """The names of the mentor and of the mentee, in lower case and without accents.

    Names that both share are in neither set. `called` is the first name of each, as it is written.
    """

    mentor: frozenset[str]
    mentee: frozenset[str]
    pronouns: dict[str, Side]
    called: dict[Side, str]

    def side(self, name: str) -> Side | None:
        """Return the side that a name, an initial or a role word means, None for anybody else.

        Reads `Ana L.`, `Lima, Ana`, `ANA LIMA (Northwind)`, `Dr. Lima`. Somebody else with the same
        first name or surname is neither side.
        """
        parts = name_parts(name)
        if not parts:
            return None
        mentor, mentee = _fits(parts, self.mentor), _fits(parts, self.mentee)
        if mentor == mentee:
            return None
        return "mentor" if mentor else "mentee"


# Labels and names of many notes. Chosen by hand; not measured.
@lru_cache(maxsize=8192)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without accents, brackets, titles and companies."""
    bare = _COMPANY.split(_BRACKETED.sub(" ", name), maxsplit=1)[0]
    words = (word.removesuffix("'s") for word in _NAME.findall(folded(bare)))
    return tuple(word for word in words if word not in _BADGES)


def folded(text: str) -> str:
    """Return a text in lower case, without accents, with straight apostrophes."""
    plain = text.replace("’", "'").casefold()
    if plain.isascii():
        return plain
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return unicodedata.normalize("NFC", apart).translate(_UNLIKE)


def _fits(parts: Sequence[str], own: frozenset[str]) -> bool:
    """Whether a name is this person's.

    All its words are theirs, where an initial may stand for a word, or at least two full words are.
    """
    known = [part for part in parts if part in own]
    if all(len(part) == 1 for part in parts):
        return "".join(parts) in own
    if len(parts) == 1:
        return bool(known)
    whole = [part for part in known if len(part) > 1]
    initials = {part[0] for part in own}
    rest = [part for part in parts if part not in whole]
    return len(whole) > 1 or (
        bool(whole) and all(len(part) == 1 and part in initials for part in rest)
    )


class Writer(NamedTuple):
    """Who wrote a note, when, and whom its names mean."""

    author: Author
    people: People
    held_on: date


def people_of(mentorship: Mentorship) -> People:
    """Return the names of the two; a name or an initial that both share means neither."""
    mentor, mentee = (
        _names(mentorship.mentor.name, "mentor"),
        _names(mentorship.mentee.name, "mentee"),
    )
    shared = mentor & mentee
    called: dict[Side, str] = {
        "mentor": first_name(mentorship.mentor.name),
        "mentee": first_name(mentorship.mentee.name),
    }
    return People(mentor - shared, mentee - shared, _pronouns(mentorship), called)


def owner_of(label: str, author: Author, people: People) -> Owner | None:
    """Return the owner that a label such as `me` or `(both)` means, None for neither side."""
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


def speaker_of(label: str, author: Author, people: People) -> Side | None:
    """Return who speaks under a label such as `Ana Lima`, `Me` or `Them`; None when unclear."""
    plain = label.strip(" .:,*_()[]@").lower()
    if author != "tool" and plain in _FIRST:
        return author
    if author != "tool" and plain in _OTHERS:
        return other(author)
    return people.side(label)


def other(side: Side) -> Side:
    """Return the other side."""
    return "mentee" if side == "mentor" else "mentor"


def _names(name: str, role: str) -> frozenset[str]:
    parts = name_parts(name)
    initials = "".join(part[0] for part in parts)
    found = {name.lower(), *name.lower().split(), *parts, role}
    if parts:
        found |= {parts[0][0], initials}
    return frozenset(found)


def _pronouns(mentorship: Mentorship) -> dict[str, Side]:
    """Return the side of `she`, `he` and `they`, where only one of the two goes by them."""
    goes_by: dict[str, set[Side]] = {}
    for side, person in (("mentor", mentorship.mentor), ("mentee", mentorship.mentee)):
        for word in _BETWEEN.split((person.pronouns or "").lower()):
            if word in {"she", "he", "they"}:
                goes_by.setdefault(word, set()).add(side)  # type: ignore[arg-type]
    return {word: sides.pop() for word, sides in goes_by.items() if len(sides) == 1}
