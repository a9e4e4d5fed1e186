"""Transcripts as text where a line of its own says who speaks and when: `Ana Lima  0:03`, `[00:00:03] Ana Lima`."""

import re
from collections import Counter
from collections.abc import Sequence

from coach.notes.blocks import TextLine

_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[ \t]?[AaPp][Mm])?[\])]?"
_SPAN = rf"{_CLOCK}(?:[ \t]*(?:-|–|-->|to)[ \t]*{_CLOCK})?"
_NAME = r"\[?[^\W\d_][^\n:;!?|\[\]]{0,50}\]?"
_STAMPED = re.compile(
    rf"[ \t*_#]{{0,6}}(?:{_SPAN}[*_ \t–|-]{{1,8}}(?P<behind>{_NAME})|(?P<before>{_NAME})[*_ \t–|,-]{{1,8}}{_SPAN})[*_: \t]{{0,6}}"
)
_LONGEST_NAME = 6
_FEWEST = 2


def speakers_above(lines: Sequence[TextLine]) -> dict[int, str]:
    """Which lines say who speaks below them, and who; none where they may as well be an agenda's."""
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
