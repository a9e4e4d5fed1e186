"""Keeps what stands above a line of a note: its heading, and the names and labels below that."""

import re
from collections.abc import Sequence

from coach.notes.blocks import TextLine

_INDENT = re.compile(r"[ \t]*")
_BULLET = re.compile(r"[ \t]*(?:[-*+•–—‣◦·]|\d{1,3}[.)]|[a-z][)])[ \t]+(?=\S)")
_PLAIN_LABEL = re.compile(r"[ \t]*(?:[*_]{0,2})@?[^\W\d_][^\n.!?;|]{0,40}[*_]{0,2}[ \t]*")
_LONGEST_LABEL = 4
"""Most words of a label above a list. Chosen by hand; not measured."""
_TAB = 4
"""Blanks that a tab counts for, as most editors show it."""


class Outline:
    """The labels above the line that is being read, the outermost first."""

    def __init__(self) -> None:
        self._labels: list[tuple[str, str]] = []
        self._parents: list[tuple[int, str]] = []

    @property
    def over(self) -> tuple[str, ...]:
        """The last heading with a mark of its own, and the labels between it and the line."""
        return (*(text for _, text in self._labels), *(text for _, text in self._parents))

    def heading(self, style: str, text: str) -> None:
        """Take in a heading.

        A bold line or a label stays below what it first stood under.
        """
        styles = [each for each, _ in self._labels]
        kept = 0 if style == "#" else styles.index(style) if style in styles else len(styles)
        self._labels = [*self._labels[:kept], (style, text.strip("#*_: \t"))]
        self._parents.clear()

    def line(self, line: TextLine, behind: TextLine | None) -> None:
        """Take in any other line, which may be the label of the list after it."""
        depth = _depth(line.text)
        bullet = _BULLET.match(line.text)
        text = line.text[bullet.end() :] if bullet else line.text
        self._parents = [each for each in self._parents if bullet and each[0] < depth]
        if behind is None or not _labels_a_list(text, behind, depth, bullet=bullet is not None):
            return
        if bullet:
            self._parents.append((depth, text.strip("*_: \t")))
        else:
            self.heading("plain", text)


def _labels_a_list(text: str, behind: TextLine, depth: int, *, bullet: bool) -> bool:
    """Whether a few words stand above a list: after a bullet, above a deeper one."""
    if not _BULLET.match(behind.text) or len(text.split()) > _LONGEST_LABEL:
        return False
    deeper = _depth(behind.text) > depth
    return (deeper if bullet else True) and _PLAIN_LABEL.fullmatch(text) is not None


def _depth(text: str) -> int:
    blanks = _INDENT.match(text)
    return sum(_TAB if sign == "\t" else 1 for sign in blanks[0]) if blanks else 0


def next_written(lines: Sequence[TextLine], at: int) -> TextLine | None:
    """Return the next line that is not blank, at most one blank line further on, else None."""
    return next((each for each in lines[at + 1 : at + 3] if each.text.strip()), None)
