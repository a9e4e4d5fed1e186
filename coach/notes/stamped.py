"""Finds the lines of a transcript that say who speaks and when.

Examples are `Ana Lima  0:03` and `[00:00:03] Ana Lima`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from coach.notes.blocks import TextLine

_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[ \t]?[AaPp][Mm])?[\])]?"
_SPAN = rf"{_CLOCK}(?:[ \t]*(?:-|–|-->|to)[ \t]*{_CLOCK})?"
_NAME = r"\[?[^\W\d_][^\n:;!?|\[\]]{0,50}\]?"
_STAMPED = re.compile(
    rf"[ \t*_#]{{0,6}}(?:{_SPAN}[*_ \t–|-]{{1,8}}(?P<behind>{_NAME})"
    rf"|(?P<before>{_NAME})[*_ \t–|,-]{{1,8}}{_SPAN})[*_: \t]{{0,6}}"
)
_DAY = r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?,?[ \t\u202f]+"
_OPENS = re.compile(
    rf"[ \t\u200e]*(?:\d{{1,4}}[ \t]{{1,6}})?[\[(]?(?:{_DAY})?"
    r"(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\.\d{2}(?=[\])]?[ \t]+[A-Z<][\w.'’ -]{0,40}[-–—>:]))"
    r"(?:[ \t\u202f]?[apAP][mM])?[\])]?(?![\w:.])[ \t,–-]*"
)
"""The time, perhaps with a number and a day, that a line of a chat or of a log begins with.

`3.50` may be a price, and is a time only in front of who speaks.
"""
_CALLED = r"[^\W\d_][\w.'’\-]*(?:[ \t][^\W\d_][\w.'’\-]*){0,3}"
_SAYS = re.compile(rf"(?:<({_CALLED})>|({_CALLED})[ \t]+[-–—>])[ \t]+(?=\S)")
_SAYS_AT = re.compile(rf"[ \t*]*({_CALLED}),?[ \t]+(?:[\[(]{_SPAN}[\])]:?|{_SPAN}:)[ \t]+(?=\S)")
_LONGEST_NAME = 6
"""Most words of a speaker's name. Chosen by hand; not measured."""
_FEWEST = 2
"""Fewest such lines of a transcript, since one alone may be a time in a note."""


class Says(NamedTuple):
    """Who speaks in a line that tells it in front, and where the words begin."""

    name: str
    end: int


def says(text: str) -> Says | None:
    """Who speaks in a line of a chat: `[23:58] <Ana> …`, `23.58 Ana - …`, `Ana (23:58) …`."""
    opens = _OPENS.match(text)
    if opens and (said := _SAYS.match(text, opens.end())):
        return Says((said[1] or said[2]).strip(), said.end())
    told = _SAYS_AT.match(text)
    return Says(told[1].strip(), told.end()) if told else None


def stamps(lines: Sequence[TextLine]) -> dict[int, int]:
    """Where the words begin in each line that opens with a time, by where the line begins.

    None where only one line does: there a sentence may just have been wrapped in front of a time.
    """
    found = {line.start: opens.end() for line in lines if (opens := _OPENS.match(line.text))}
    return found if len(found) >= _FEWEST else {}


def speakers_above(lines: Sequence[TextLine]) -> dict[int, str]:
    """Return which lines say who speaks below them, and who.

    It is empty where the lines may as well be an agenda's.
    """
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        behind = next((each for each in lines[at + 1 : at + 3] if each.text.strip()), None)
        name = _named(line)
        if name and behind is not None and not _named(behind):
            found[at] = name
    said = Counter(found.values())
    people = len(said) < len(found) or all(" " in name for name in said)
    return found if len(found) >= _FEWEST and people else {}


def _named(line: TextLine) -> str:
    stamped = _STAMPED.fullmatch(line.text)
    name = ((stamped["behind"] or stamped["before"]) if stamped else "").strip(" \t*_[]-–|,")
    return name if name[:1].isupper() and len(name.split()) <= _LONGEST_NAME else ""
