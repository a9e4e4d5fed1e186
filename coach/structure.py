"""What a note is made of: headings, bullets, cells, turns and sentences, each at its exact offsets.

Everything that reads notes starts here, so that a sentence is the same place for the readers and for search.
Offsets are code points of `Note.text`; every pattern is linear in the length of a line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from coach.model import LONGEST_QUOTE, Note, NoteFormat

UnitKind = Literal["heading", "prose", "bullet", "cell", "turn", "quote"]


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


class _Line(NamedTuple):
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Block(NamedTuple):
    """A stretch of text of one kind before it is cut into sentences."""

    start: int
    end: int
    kind: UnitKind
    label: str = ""
    checked: bool | None = None
    row: int = -1


_BULLET = re.compile(
    r"[ \t]*(?:[-*+•–—‣◦·]|\d{1,3}[.)]|[a-z][)])[ \t]+(?=\S)|[ \t]*(?:->|=>|→|⇒)[ \t]*(?=\S)"
)
_CHECKBOX = re.compile(r"(?:[-*+][ \t]+)?\[([ xX✓✔-]?)\][ \t]+|([☐☑✅✔✓❌])[ \t]*")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")
_BOLD_LINE = re.compile(r"[ \t]*(?:\*\*|__)([^*_]{1,80})(?:\*\*|__):?[ \t]*")
_RULE = re.compile(r"[ \t]*([-*_=~])(?:[ \t]*\1){2,}[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*")
_TURN = re.compile(
    r"[ \t]*(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \t]?[ap]m)?[\])]?[ \t,–-]*)?"
    r"(?:\*\*)?([^\W\d_][\w.'’\-]*(?:[ \t][^\W\d_][\w.'’\-]*){0,3})(?:[ \t]?\([^()\n]{1,30}\))?(?:\*\*)?:(?:\*\*)?[ \t]+(?=\S)"
)
_VOICE = re.compile(r"[ \t]*<v(?:\.[^ \t>]*)?[ \t]+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<[\d:.]{1,20}>|</[a-z]>")
_LABEL_ONLY = re.compile(r"[ \t]*(?:\*\*)?([^\n.!?|]{2,60}):(?:\*\*)?[ \t]*")
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’')\]*_]*+(?=\s)|(?<![。！？])[。！？]++[”’」』）]*+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:e\.g|i\.e|a\.m|p\.m|eg|ie|etc|vs|incl|excl|approx|ca|cf|no|nr|mr|mrs|ms|dr|prof|st|fig|sec|ch|pp|p|"
    r"dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|min|mins|hrs?|yrs?|\w|\d{1,2})$",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")
_CLAUSE = re.compile(r"[;:,–—][ \t]+|[ \t]+(?=(?:and|but|so|because|then|which|anyway)[ \t])")


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


def _rows_together(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """The cells of a row as one block."""
    row: _Block | None = None
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


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for raw in text.splitlines(keepends=True):
        yield _Line(start, raw.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
        start += len(raw)


def _blocks(written: NoteFormat, text: str) -> Iterator[_Block]:
    cues = list(_cues(text)) if written in {"vtt", "srt"} else []
    return iter(cues) if cues else _prose_blocks(text, markdown=written == "markdown")


def _cues(text: str) -> Iterator[_Block]:
    """The spoken text of VTT and SRT: what follows a timing line, up to the next blank one."""
    lines = list(_lines(text))
    speaking: _Block | None = None
    in_cue = False
    for at, line in enumerate(lines):
        number = at + 1 < len(lines) and line.text.strip().isdigit() and "-->" in lines[at + 1].text
        if "-->" in line.text or not line.text.strip() or (in_cue and number):
            in_cue = "-->" in line.text
        elif in_cue:
            said = _spoken(line)
            if speaking is not None and not said.label and not line.text.startswith("- "):
                speaking = speaking._replace(end=said.end)
                continue
            if speaking is not None:
                yield from _untagged(text, speaking)
            speaking = said
            continue
        if speaking is not None:
            yield from _untagged(text, speaking)
        speaking = None
    if speaking is not None:
        yield from _untagged(text, speaking)


def _spoken(line: _Line) -> _Block:
    """A line of a cue, behind its speaker."""
    if voice := _VOICE.match(line.text):
        return _Block(line.start + voice.end(), line.end, "turn", voice[1].strip())
    if turn := _TURN.match(line.text):
        return _Block(line.start + turn.end(), line.end, "turn", turn[1].strip())
    return _Block(line.start + 2 * line.text.startswith("- "), line.end, "turn")


def _untagged(text: str, block: _Block) -> Iterator[_Block]:
    """The stretches of a cue between its tags."""
    start = block.start
    for tag in _TAG.finditer(text, block.start, block.end):
        yield block._replace(start=start, end=tag.start())
        start = tag.end()
    yield block._replace(start=start)


def _prose_blocks(text: str, *, markdown: bool) -> Iterator[_Block]:
    """The blocks of Markdown and of plain text, which people write much alike."""
    lines = list(_visible_lines(text, markdown=markdown))
    speakers = _speakers(lines)
    growing: _Block | None = None
    table = _Table()
    for line in lines:
        blocks = table.row(text, line)
        if blocks is None:
            block = _block_of(line, speakers)
            blocks = [] if block is None else [block]
        if growing and [_runs_on(text, growing, each) for each in blocks] == [True]:
            growing = growing._replace(end=blocks[0].end)
            continue
        if growing:
            yield growing
        may_grow = len(blocks) == 1 and blocks[0].kind in {"prose", "bullet"}
        growing = blocks[0] if may_grow else None
        if growing is None:
            yield from blocks
    if growing:
        yield growing


class _Table:
    """The columns of the table that is being read, and how many rows came before in the note."""

    def __init__(self) -> None:
        self._columns: list[str] = []
        self._rows = -1

    def row(self, text: str, line: _Line) -> list[_Block] | None:
        """The cells of one line; None when it is no row of a table."""
        cells = _cells(line)
        if cells is None:
            self._columns = []
            return None
        if _TABLE_RULE.fullmatch(line.text):
            return []
        if not self._columns:
            self._columns = [text[start:end].strip(" *_") for start, end in cells]
            return []
        self._rows += 1
        labels = [*self._columns, *[""] * len(cells)]
        return [
            _Block(start, end, "cell", label, None, self._rows)
            for (start, end), label in zip(cells, labels, strict=False)
        ]


def _visible_lines(text: str, *, markdown: bool) -> Iterator[_Line]:
    """Lines without front matter, code fences and HTML comments."""
    fence, comment = "", False
    front = markdown and text.startswith("---\n") and "\n---" in text[3:]
    for line in _lines(text):
        stripped = line.text.strip()
        if front:
            front = line.start == 0 or stripped != "---"
        elif comment:
            comment = "-->" not in stripped
        elif fence:
            fence = "" if stripped.startswith(fence) else fence
        elif stripped.startswith(("```", "~~~")) and markdown:
            fence = stripped[:3]
        elif stripped.startswith("<!--"):
            comment = "-->" not in stripped
        else:
            yield line


def _cells(line: _Line) -> list[tuple[int, int]] | None:
    """Where the cells of a table row stand; None for a line that is no row."""
    stripped = line.text.strip()
    if not stripped.startswith("|") or stripped.count("|") < 2:
        return None
    marks = [
        at for at, sign in enumerate(line.text) if sign == "|" and line.text[at - 1 : at] != "\\"
    ]
    if not stripped.endswith("|"):
        marks.append(len(line.text))
    return [(line.start + left + 1, line.start + right) for left, right in pairwise(marks)]


def _speakers(lines: Sequence[_Line]) -> frozenset[str]:
    """Labels of a dialogue: those that open two or more lines, or all where every line has one."""
    labels = Counter(turn[1].strip() for line in lines if (turn := _TURN.match(line.text)))
    written = sum(bool(line.text.strip()) for line in lines)
    all_turns = labels.total() == written > 1
    return frozenset(label for label, times in labels.items() if times > 1 or all_turns)


def _block_of(line: _Line, speakers: frozenset[str]) -> _Block | None:
    """The block that one line opens; None for blank lines and rules."""
    if not line.text.strip() or _RULE.fullmatch(line.text):
        return None
    if heading := _HEADING.match(line.text):
        return _Block(line.start + heading.end(), line.end, "heading")
    if _BOLD_LINE.fullmatch(line.text) or _LABEL_ONLY.fullmatch(line.text):
        return _Block(line.start, line.end, "heading")
    start = line.start
    kind: UnitKind = "prose"
    if quote := _QUOTE.match(line.text):
        start, kind = start + quote.end(), "quote"
    return _item(start, line, kind, speakers)


def _item(start: int, line: _Line, kind: UnitKind, speakers: frozenset[str]) -> _Block | None:
    """A bullet, a checkbox, a turn or plain prose, behind whatever marks open it."""
    rest = line.text[start - line.start :]
    checked: bool | None = None
    if bullet := _BULLET.match(rest):
        start, kind = start + bullet.end(), "bullet"
        rest = rest[bullet.end() :]
    if box := _CHECKBOX.match(rest):
        start, kind = start + box.end(), "bullet"
        checked = (box[1] or box[2] or "").strip() in {"x", "X", "✓", "✔", "☑", "✅"}
        rest = rest[box.end() :]
    if turn := _TURN.match(rest):
        label = turn[1].strip()
        if label in speakers:
            return _Block(start + turn.end(), line.end, "turn", label, checked)
        return _Block(start, line.end, kind, label, checked)
    return _Block(start, line.end, kind, "", checked) if rest.strip() else None


def _runs_on(text: str, growing: _Block, block: _Block) -> bool:
    """Whether a line only continues the one before: a hard-wrapped sentence, or a bullet's indented line."""
    if block.kind != "prose":
        return False
    if growing.kind == "bullet":
        return text[block.start : block.end].startswith(("  ", "\t"))
    before = text[growing.start : growing.end]
    last_line = before.rpartition("\n")[2]
    first = text[block.start : block.end].lstrip()[:1]
    return (
        len(last_line) >= 50
        and not re.search(r"[.!?:…][\"”’')\]*_]*\s*$", last_line)
        and not first.isupper()
    )


def _sentences(text: str, block: _Block) -> Iterator[tuple[int, int]]:
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
    while end - start > LONGEST_QUOTE:
        cut = _cut(text, start)
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if any(sign.isalnum() for sign in text[start:end]):
        yield start, end


def _cut(text: str, start: int) -> int:
    """Where something long is best cut: behind the last sentence or clause that fits, else at the last blank."""
    window = text[start : start + LONGEST_QUOTE]
    for boundary in (_SENTENCE_END, _CLAUSE):
        ends = [mark.end() for mark in boundary.finditer(window) if mark.end() > LONGEST_QUOTE // 3]
        if ends:
            return start + ends[-1]
    blank = window.rfind(" ")
    return start + (blank if blank > 0 else LONGEST_QUOTE)
