"""Shows a note to a model as numbered passages, each on one line, in parts that fit."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from coach.language.names import people_of
from coach.language.phrasing import first_name
from coach.model.people import Mentorship, Side
from coach.model.sessions import Note
from coach.notes.sentences import Unit, units
from coach.notes.speakers import speakers

_MOST_WORDS = 1200
"""Words of one part, at which it ends. Chosen by hand; not measured."""
_MOST_PASSAGES = 80
"""Highest number of passages in one part. Chosen by hand; not measured."""
_OVERLAP = 3
"""Passages that two parts share, so that a neighbour is seen. Chosen by hand; not measured."""
_MOST_PARTS = 6
"""Parts of one note that are read, each one question to the model. Chosen by hand; not measured."""
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_FENCE = str.maketrans({"<": "‹", ">": "›"})


class Passage(NamedTuple):
    """A sentence, bullet or turn; `shown` is how the model sees it."""

    number: int
    unit: Unit
    said_by: Side | None
    who: str
    shown: str


class Parts(NamedTuple):
    """The parts of a note that are read, and the offset from which the rest is unread."""

    taken: tuple[tuple[Passage, ...], ...]
    unread_from: int | None


def numbered(note: Note, mentorship: Mentorship) -> tuple[Passage, ...]:
    """Return every passage of a note, headings included."""
    found = units(note)
    people = people_of(mentorship)
    told: list[Passage] = []
    for number, (unit, said_by) in enumerate(
        zip(found, speakers(found, note.author, people), strict=True)
    ):
        who = clean(unit.label) if unit.label and not unit.text.startswith(unit.label) else ""
        if unit.kind == "turn" and unit.label and said_by is not None:
            who = clean(first_name(mentorship.person(said_by).name))
        told.append(Passage(number, unit, said_by, who, _shown(unit)))
    return tuple(told)


def windows(passages: Sequence[Passage]) -> Parts:
    """Return parts of limited length that overlap a little; at most six of a note are read."""
    parts: list[tuple[Passage, ...]] = []
    start = 0
    while start < len(passages):
        if len(parts) == _MOST_PARTS:
            return Parts(tuple(parts), passages[parts[-1][-1].number + 1].unit.start)
        end, words = start, 0
        while end < len(passages) and end - start < _MOST_PASSAGES and words < _MOST_WORDS:
            words += len(passages[end].shown.split())
            end += 1
        parts.append(tuple(passages[start:end]))
        start = end if end == len(passages) else max(start + 1, end - _OVERLAP)
    return Parts(tuple(parts), None)


def clean(text: str) -> str:
    """Return a text as a prompt may hold it, on one line.

    It has no invisible signs and nothing that looks like the fence around notes.
    """
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    shown = "".join(sign if sign.isprintable() else " " for sign in plain)
    return " ".join(shown.translate(_FENCE).split())


def _shown(unit: Unit) -> str:
    mark = {True: "[x] ", False: "[ ] ", None: ""}[unit.checked]
    if unit.kind == "heading":
        return f"# {clean(unit.text)}"
    return mark + clean(unit.text)
