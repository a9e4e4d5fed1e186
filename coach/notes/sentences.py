"""Splits a note into units: sentences, bullets, cells and turns, each at its exact offsets.

Everything that reads notes starts here, so that a sentence is the same place for the readers and
for search. Offsets are code points of `Note.text`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from coach.model.citations import LONGEST_QUOTE
from coach.model.sessions import Note
from coach.notes.blocks import Block, TextLine, UnitKind, lines
from coach.notes.markdown import prose_blocks
from coach.notes.tasks import TaskMark, cell_mark, struck_item
from coach.notes.transcripts import spoken

_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’')\]*_]*+(?=\s)|(?<![。！？])[。！？]++[”’」』）]*+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:e\.g|i\.e|a\.m|p\.m|eg|ie|etc|vs|incl|excl|approx|ca|cf|no|nr|mr|mrs|ms|dr"
    r"|prof|st|fig|sec|ch|pp|p|"
    r"dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|min|mins"
    r"|hrs?|yrs?|\w|\d{1,2})$",
    re.IGNORECASE,
)
_TRAILS_OFF = re.compile(r"\.{2,}|…")
"""“By the 27th.. no, put down the 30th” is one sentence: a small letter after dots goes on."""
_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")
_CLAUSE = re.compile(
    r"[;:,–—][ \t]++|(?<![ \t])[ \t]++(?=(?:and|but|so|because|then|which|anyway)[ \t])"
)


_LINK = re.compile(r"https?://[^\s<>\"]{1,2000}|www\.[^\s<>\"]{1,2000}")
_GAP = re.compile(r"\S[ \t]{3}")
_PLACEHOLDER = re.compile(
    r"<[a-z][\w -]{0,30}>|\{\{[^{}\n]{1,60}\}\}|\[(?:name|who|what|when|date|owner|task)\]|_{4}"
    r"|\bTBD\b",
    re.IGNORECASE,
)
_TO_FILL_IN = 2
"""Blanks on one line from which it is a form that nobody has filled in.

Chosen by hand; not measured.
"""


class Unit(NamedTuple):
    """One sentence, bullet, cell or turn; `label` is who speaks, or the name of a table's column.

    `checked` is the state of a box, `mark` the state of a task by any mark. `struck` tells that the
    writer struck it out. `over` holds the labels above it, the outermost first. In a letter `by` is
    who wrote it. `said` is the line that says when, or who wrote what is quoted here.
    """

    start: int
    end: int
    text: str
    kind: UnitKind
    heading: str
    label: str
    checked: bool | None
    row: int
    mark: TaskMark | None = None
    over: tuple[str, ...] = ()
    by: str = ""
    said: str = ""
    struck: bool = False


def units(note: Note) -> tuple[Unit, ...]:
    """Return all units of a note, in order, without overlap; none is empty or longer than a quote.

    What the writer struck out (`~~so~~`) is blank in a unit's text and opens no unit. Only an item
    of a list that is struck out whole is kept, with a mark, since it tells what became of a task.
    Links are blank too.
    """
    shown = _shown(note)
    heading = ""
    found: list[Unit] = []
    for block in shown.blocks:
        text = shown.text[block.start : block.end]
        if block.kind == "heading":
            heading = text.strip("#*_: \t")
        struck = shown.struck_at(block.start)
        written = note.text[block.start : block.end]
        marked = block._replace(mark=_struck_mark(block, written)) if struck else block
        if len(_PLACEHOLDER.findall(written)) < _TO_FILL_IN:
            found += _units(shown.text, marked, heading, struck=struck)
    return tuple(found)


def _units(text: str, block: Block, heading: str, *, struck: bool) -> Iterator[Unit]:
    for start, end in _sentences(text, block):
        said = text[start:end]
        yield Unit(
            start,
            end,
            " ".join(said.split()) if _GAP.search(said) else said,
            block.kind,
            heading,
            block.label,
            block.checked,
            block.row,
            block.mark,
            block.over,
            block.by,
            block.said,
            struck,
        )


def _struck_mark(block: Block, written: str) -> TaskMark:
    """Return the state of a struck-out task.

    Its mark says it, else the words beside it; otherwise the task is dropped.
    """
    beside = written.rpartition("~~")[2].strip(" -–—:().")
    said = (cell_mark(beside) if beside else None) or "open"
    if said == "open" and block.mark not in {None, "open"}:
        return block.mark or "dropped"
    return "dropped" if said == "open" else said


class _Shown(NamedTuple):
    """A note as it is read: its text, blank where it is not read, its blocks and struck lines."""

    text: str
    blocks: tuple[Block, ...]
    struck: tuple[TextLine, ...] = ()

    def struck_at(self, at: int) -> bool:
        """Whether a place is in a line that was struck out."""
        before = bisect_right(self.struck, at, key=lambda line: line.start)
        return before > 0 and at < self.struck[before - 1].end


def _shown(note: Note) -> _Shown:
    text = _LINK.sub(_blanked, note.text)
    turns = spoken(text) if note.format in {"vtt", "srt"} else None
    if turns is not None and turns.turns:
        return _Shown(turns.text, tuple(turns.turns))
    struck = tuple(line for line in lines(text) if struck_item(line.text))
    whole = {line.start for line in struck}
    kept = "".join(
        each.replace("~~", "  ") if at in whole else _STRUCK.sub(_blanked, each)
        for at, each in _lines_with_ends(text)
    )
    blocks = prose_blocks(kept, markdown=note.format == "markdown")
    return _Shown(kept, tuple(blocks), struck)


def _lines_with_ends(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line
        at += len(line)


def passages(note: Note) -> tuple[tuple[int, int], ...]:
    """Return where the passages of a note start and end: sentences, whole bullets, rows and turns.

    They are in order, without overlap, and none is longer than a quote may be. Headings of three
    words and more count.
    """
    text = _STRUCK.sub(_blanked, note.text)
    turns = spoken(text) if note.format in {"vtt", "srt"} else None
    found: list[tuple[int, int]] = []
    blocks: Iterable[Block] = turns.turns if turns else ()
    for block in _rows_together(
        iter(blocks or prose_blocks(text, markdown=note.format == "markdown"))
    ):
        if block.kind in {"prose", "quote"}:
            found += _sentences(text, block)
        elif block.kind != "heading" or len(text[block.start : block.end].split()) > 2:
            found += _trimmed(text, block.start, block.end)
    return tuple(found)


def _rows_together(blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield the blocks with the cells of a row as one block."""
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


def _blanked(struck: re.Match[str]) -> str:
    return " " * len(struck[0])


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a block start and end."""
    if block.kind == "heading":
        yield from _trimmed(text, block.start, block.end)
        return
    start = block.start
    for mark in _SENTENCE_END.finditer(text, block.start, block.end):
        if _abbreviates(text[max(start, mark.start() - 8) : mark.start()], mark[0]):
            continue
        if (
            _TRAILS_OFF.fullmatch(mark[0])
            and text[mark.end() : block.end].lstrip(" \t")[:1].islower()
        ):
            continue
        yield from _trimmed(text, start, mark.end())
        start = mark.end()
    yield from _trimmed(text, start, block.end)


def _abbreviates(before: str, mark: str) -> bool:
    return mark == "." and bool(_ABBREVIATION.search(before))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without the blanks and marks around it, in pieces that fit into a quote."""
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
    """Return where something long is best split.

    That is after the last sentence or clause that fits, else at the last blank.
    """
    window = text[start : start + LONGEST_QUOTE]
    for boundary in (_SENTENCE_END, _CLAUSE):
        ends = [mark.end() for mark in boundary.finditer(window) if mark.end() > LONGEST_QUOTE // 3]
        if ends:
            return start + ends[-1]
    blank = window.rfind(" ")
    return start + (blank if blank > 0 else LONGEST_QUOTE)
