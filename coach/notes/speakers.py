"""Tells who says what in a note."""

import re
from collections.abc import Mapping, Sequence

from coach.language.names import People, speaker_of
from coach.model.people import Author, Side
from coach.notes.narrator import narrator
from coach.notes.sentences import Unit

_FIRST_PERSON = re.compile(r"(?<!\w)(?:I|my|me|mine)(?!\w)")

_MAIL_OF = re.compile(
    r"(?<!\w)(?P<name>[^\W\d_][\w.-]{0,40})['’]s[ \t]+(?:last[ \t]+)?"
    r"(?:e-?mail|mail|message|text|note|reply|answer|letter|words)(?!\w)",
    re.IGNORECASE,
)


def speakers(units: Sequence[Unit], author: Author, people: People) -> list[Side | None]:
    """Return who says each unit, None where unknown."""
    labels = {label for unit in units for label in (unit.label, unit.by) if label}
    named = {label: speaker_of(label, author, people) for label in labels}
    teller = narrator(units, people) if author == "tool" else None
    return [_speaker(unit, teller or author, people, named) for unit in units]


def _speaker(
    unit: Unit, author: Author, people: People, named: Mapping[str, Side | None]
) -> Side | None:
    """Return the named side of a turn or a mail, else the note's author unless a tool wrote it."""
    if unit.kind in {"turn", "quote"} and unit.label:
        return named[unit.label]
    if unit.by:
        return named[unit.by]
    above = _above(unit, author, people)
    if above and _FIRST_PERSON.search(unit.text):
        return above
    return None if author == "tool" or unit.kind == "quote" else author


def _above(unit: Unit, author: Author, people: People) -> Side | None:
    """The side that the label above names: `Ana`, and above a quotation `from Ana's mail` too."""
    if not unit.over:
        return None
    label = unit.over[-1]
    if unit.kind == "quote" and (mail := _MAIL_OF.search(label)):
        label = mail["name"]
    return speaker_of(label, author, people)
