"""How a note is laid before the trained reader.

Stretches of whole sentences, each with who says it and what it is.

Every sentence is judged once, in the company of those around it; a stretch never depends on
another note.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach.model.people import Mentorship, Side
from coach.notes.sentences import Unit

_MARK = {"heading": "#", "bullet": "-", "quote": '"', "cell": "|", "turn": ":", "prose": "."}
_NAME = re.compile(r"[^\W\d_][\w'’\-]+")
LONGEST_UNIT = 96
LONGEST_STRETCH = 160
_COMPANY = 28
"""Tokens of company that a stretch is given on either side."""


class Piece(NamedTuple):
    """A sentence in tokens; `heading` are those of the heading it stands under."""

    ids: tuple[int, ...]
    heading: tuple[int, ...]


class TokenSpan(NamedTuple):
    """Where the tokens of a sentence stand in a stretch; `unit` counts the note's sentences."""

    unit: int
    start: int
    end: int


class Stretch(NamedTuple):
    """Tokens, and the sentences among them that are to be judged here."""

    ids: tuple[int, ...]
    judged: tuple[TokenSpan, ...]


class Ends(NamedTuple):
    """The tokens that open a stretch and that close a sentence."""

    opening: int
    closing: int


def names_pattern(mentorship: Mentorship) -> dict[Side, re.Pattern[str]]:
    """What matches the names of the two; a name that both share is nobody's."""
    mentor, mentee = _names(mentorship.mentor.name), _names(mentorship.mentee.name)
    sides: tuple[tuple[Side, frozenset[str]], ...] = (
        ("mentor", mentor - mentee),
        ("mentee", mentee - mentor),
    )
    return {
        side: re.compile(
            r"(?<!\w)(?:"
            + "|".join(
                re.escape(name) for name in sorted(names, key=lambda each: (-len(each), each))
            )
            + r")(?!\w)",
            re.IGNORECASE,
        )
        for side, names in sides
        if names
    }


def _names(name: str) -> frozenset[str]:
    parts = _NAME.findall(name)
    return frozenset({name.lower(), *(part.lower() for part in parts)} - {""})


def shown(unit: Unit, said_by: Side | None, names: dict[Side, re.Pattern[str]]) -> str:
    """A sentence as the reader is shown it.

    Who says it, what it is, and the two without their names.
    """
    mark = _MARK[unit.kind] if unit.checked is None else "x" if unit.checked else "o"
    label = f" {unit.label} :" if unit.kind == "cell" and unit.label else ""
    return f"{said_by or 'note'} {mark}{label} {nameless(unit.text, names)}"


def nameless(text: str, names: dict[Side, re.Pattern[str]]) -> str:
    """A text with the names of the two replaced by what they are to each other."""
    for side, pattern in names.items():
        text = pattern.sub(side, text)
    return text


def stretches(
    pieces: Sequence[Piece], ends: Ends, *, longest: int = LONGEST_STRETCH
) -> Iterator[Stretch]:
    """A note cut into stretches of whole sentences; every sentence is judged in exactly one."""
    first = 0
    while first < len(pieces):
        last, size = first, 0
        while last < len(pieces) and (last == first or size + len(pieces[last].ids) < longest):
            size += len(pieces[last].ids) + 1
            last += 1
        yield _stretch(pieces, first, last, ends)
        first = last


def _stretch(pieces: Sequence[Piece], first: int, last: int, ends: Ends) -> Stretch:
    ids = [ends.opening]
    before, after = _company(pieces, first, step=-1), _company(pieces, last - 1, step=1)
    if pieces[first].heading:
        ids += [*pieces[first].heading, ends.closing]
    for number in sorted(before):
        ids += [*pieces[number].ids, ends.closing]
    judged = []
    for number in range(first, last):
        judged.append(TokenSpan(number, len(ids), len(ids) + len(pieces[number].ids)))
        ids += [*pieces[number].ids, ends.closing]
    for number in after:
        ids += [*pieces[number].ids, ends.closing]
    return Stretch(tuple(ids), tuple(judged))


def _company(pieces: Sequence[Piece], edge: int, *, step: int) -> list[int]:
    """The sentences next to a place, as many as fit, but one at least."""
    found: list[int] = []
    size = 0
    number = edge + step
    while 0 <= number < len(pieces):
        size += len(pieces[number].ids)
        if found and size > _COMPANY:
            break
        found.append(number)
        number += step
    return found
