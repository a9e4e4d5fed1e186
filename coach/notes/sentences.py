"""What a note is made of: sentences, bullets, cells and turns, each at its exact offsets.

Everything that reads notes starts here, so that a sentence is the same place for the readers and for search.
Offsets are code points of `Note.text`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from coach.model.citations import LONGEST_QUOTE
from coach.model.sessions import Note, NoteFormat
from coach.notes.blocks import Block, UnitKind
from coach.notes.markdown import prose_blocks
from coach.notes.transcripts import cues

_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’')\]*_]*+(?=\s)|(?<![。！？])[。！？]++[”’」』）]*+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:e\.g|i\.e|a\.m|p\.m|eg|ie|etc|vs|incl|excl|approx|ca|cf|no|nr|mr|mrs|ms|dr|prof|st|fig|sec|ch|pp|p|"
    r"dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|min|mins|hrs?|yrs?|\w|\d{1,2})$",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")
_CLAUSE = re.compile(
    r"[;:,–—][ \t]++|(?<![ \t])[ \t]++(?=(?:and|but|so|because|then|which|anyway)[ \t])"
)


class Unit(NamedTuple):
    """One sentence, bullet, cell or turn. `label` is who speaks, or what a table's column is called."""

    start: int
    end: int
    text: str
    kind: UnitKind
    heading: str
    label: str
    checked: bool | None
    row: int


def units(note: Note) -> tuple[Unit, ...]:
    """All units of a note, in order, without overlap; none is empty or longer than a quote may be.

    What the writer struck out (`~~so~~`) was taken back: it is blank in a unit's text and opens none.
    """
    text = _without_struck(note.text)
    heading = ""
    found: list[Unit] = []
    for block in _blocks(note.format, text):
        if block.kind == "heading":
            heading = text[block.start : block.end].strip("#*_: \t")
        found += [
            Unit(
                start,
                end,
                text[start:end],
                block.kind,
                heading,
                block.label,
                block.checked,
                block.row,
            )
            for start, end in _sentences(text, block)
        ]
    return tuple(found)


def passages(note: Note) -> tuple[tuple[int, int], ...]:
    """Where the passages of a note stand that are worth finding: sentences of prose, whole bullets, rows and turns.

    In order, without overlap, none longer than a quote may be; headings of three words and more count.
    """
    text = _without_struck(note.text)
    found: list[tuple[int, int]] = []
    for block in _rows_together(_blocks(note.format, text)):
        if block.kind in {"prose", "quote"}:
            found += _sentences(text, block)
        elif block.kind != "heading" or len(text[block.start : block.end].split()) > 2:
            found += _trimmed(text, block.start, block.end)
    return tuple(found)


def _rows_together(blocks: Iterator[Block]) -> Iterator[Block]:
    """The cells of a row as one block."""
    row: Block | None = None
    for block in blocks:
        if row is not None and block.row == row.row and block.kind == "cell":
            row = row._replace(end=block.end)
            continue
        if row is not None:
            yield row
        row = block if block.kind == "cell" else None
        if row is None:
            yield block
    if row is not None:
        yield row


def _without_struck(text: str) -> str:
    return _STRUCK.sub(_blanked, text)


def _blanked(struck: re.Match[str]) -> str:
    return " " * len(struck[0])


def _blocks(written: NoteFormat, text: str) -> Iterator[Block]:
    spoken = list(cues(text)) if written in {"vtt", "srt"} else []
    return iter(spoken) if spoken else prose_blocks(text, markdown=written == "markdown")


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Where the sentences of a block stand."""
    if block.kind == "heading":
        yield from _trimmed(text, block.start, block.end)
        return
    start = block.start
    for mark in _SENTENCE_END.finditer(text, block.start, block.end):
        if _abbreviates(text[max(start, mark.start() - 8) : mark.start()], mark[0]):
            continue
        yield from _trimmed(text, start, mark.end())
        start = mark.end()
    yield from _trimmed(text, start, block.end)


def _abbreviates(before: str, mark: str) -> bool:
    return mark == "." and bool(_ABBREVIATION.search(before))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without the blanks and marks around it, cut where it is longer than a quote may be."""
    while start < end and (text[start].isspace() or text[start] in '*_~>#|"“'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_~|#"):
        end -= 1
    while start < end:
        cut = _cut(text, start) if end - start > LONGEST_QUOTE else end
        piece = text[start:cut].rstrip()
        if any(sign.isalnum() for sign in piece):
            yield start, start + len(piece)
        start = cut
        while start < end and text[start].isspace():
            start += 1


def _cut(text: str, start: int) -> int:
    """Where something long is best cut: behind the last sentence or clause that fits, else at the last blank."""
    window = text[start : start + LONGEST_QUOTE]
    for boundary in (_SENTENCE_END, _CLAUSE):
        ends = [mark.end() for mark in boundary.finditer(window) if mark.end() > LONGEST_QUOTE // 3]
        if ends:
            return start + ends[-1]
    blank = window.rfind(" ")
    return start + (blank if blank > 0 else LONGEST_QUOTE)
