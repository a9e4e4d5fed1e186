"""Finds the lines of a transcript that say who speaks and when.

Examples are `Ana Lima  0:03` and `[00:00:03] Ana Lima`.
"""

import re
from collections import Counter
from collections.abc import Sequence

from coach.notes.blocks import TextLine

_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[ \t]?[AaPp][Mm])?[\])]?"
_SPAN = rf"{_CLOCK}(?:[ \t]*(?:-|–|-->|to)[ \t]*{_CLOCK})?"
_NAME = r"\[?[^\W\d_][^\n:;!?|\[\]]{0,50}\]?"
_STAMPED = re.compile(
    rf"[ \t*_#]{{0,6}}(?:{_SPAN}[*_ \t–|-]{{1,8}}(?P<behind>{_NAME})"
    rf"|(?P<before>{_NAME})[*_ \t–|,-]{{1,8}}{_SPAN})[*_: \t]{{0,6}}"
)
_LONGEST_NAME = 6
"""Most words of a speaker's name. Chosen by hand; not measured."""
_FEWEST = 2
"""Fewest such lines of a transcript, since one alone may be a time in a note."""


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
