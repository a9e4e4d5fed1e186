"""Splits Markdown and plain text into blocks: headings, bullets, cells, turns and prose.

Each block has its exact offsets. Every pattern is linear in the length of a line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from coach.notes.blocks import Block, TextLine, UnitKind, lines
from coach.notes.mail import MailLine, Quoted, mail_lines
from coach.notes.outline import Outline, next_written
from coach.notes.stamped import Says, says, speakers_above, stamps
from coach.notes.tasks import BOX, LEAD, STATUS_COLUMN, TaskMark, box_mark, cell_mark, said_mark

_BULLET = re.compile(
    r"[ \t]*(?:[-*+•–—‣◦·]|\d{1,3}[.)]|[a-z][)])[ \t]+(?=\S)|[ \t]*(?:->|=>|→|⇒)[ \t]*(?=\S)"
)

_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")

_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")

_BOLD_LINE = re.compile(r"[ \t]*(?:\*\*|__)([^*_]{1,80})(?:\*\*|__):?[ \t]*")

_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*")

_LONGEST_UNDERLINED = 6
"""Most words of a heading that a rule below it marks. Chosen by hand; not measured."""

_RULE = re.compile(r"[ \t]*([-*_=~])(?:[ \t]*\1){2,}[ \t]*")

_TABLE_RULE = re.compile(r"[ \t:|]*+-[ \t:|-]*+")

TURN = re.compile(
    r"[ \t\u200e]*(?:[\[(]?(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?,?[ \t\u202f]+)?"
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \t\u202f]?[apAP][mM])?[\])]?[ \t,–-]*)?"
    r"(?:\*\*)?([^\W\d_][\w.'’\-]*(?:[ \t][^\W\d_][\w.'’\-]*){0,3})(?:\*\*)?"
    r"(?:[ \t]?\([^()\n]{1,30}\))?(?:\*\*)?:(?:\*\*)?[ \t]+(?=\S)"
)

_LABELLED = re.compile(
    r"[ \t]*[^\W\d_][\w'’]{0,20}(?:[ \t][\w'’]{1,20}){0,2}(?:[ \t]+[-–—]|:)[ \t]+"
)
"""`plan - nope` begins something new, also with a small letter."""
_SENTENCE_OVER = re.compile(r"[.!?:…][\"”’')\]*_]*\s*\Z")

_MOST_IN_A_CHAT = 3
"""The two, and one who joins them."""
_LABEL_ONLY = re.compile(r"[ \t]*(?:\*\*)?([^\n.!?|]{2,60}):(?:\*\*)?[ \t]*")


def prose_blocks(text: str, *, markdown: bool) -> Iterator[Block]:
    """Yield the blocks of a text; people write Markdown and plain text much alike."""
    growing: Block | None = None
    visible = list(_visible_lines(text, markdown=markdown))
    timed = {at + end for at, end in stamps(visible).items()}
    for blocks in _lines_in_blocks(text, visible):
        new = len(blocks) == 1 and blocks[0].start in timed
        if growing and not new and [_runs_on(text, growing, each) for each in blocks] == [True]:
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


def _lines_in_blocks(text: str, visible: Sequence[TextLine]) -> Iterator[list[Block]]:
    """Yield the blocks that each line opens, with the labels above them."""
    stamped, timed = speakers_above(visible), stamps(visible)
    speakers, table, outline = _speakers(visible, timed), _Table(), Outline()
    speaking = ""
    for at, told in enumerate(mail_lines(visible)):
        line = told.line
        if at in stamped or told.header:
            speaking = stamped.get(at, "")
            continue
        blocks = table.row(text, line)
        if blocks is None:
            block = _block_of(line, speakers, behind=timed.get(line.start, 0))
            blocks = [] if block is None else [_told(block, told, speaking)]
            if blocks and _underlined(blocks[0], line, visible[at + 1 : at + 2]):
                blocks = [blocks[0]._replace(kind="heading")]
        _above(outline, line, blocks, next_written(visible, at))
        yield [each._replace(over=outline.over) for each in blocks]


def _underlined(block: Block, line: TextLine, behind: Sequence[TextLine]) -> bool:
    """Whether a line is a heading because of the rule below it."""
    short = block.kind == "prose" and len(line.text.split()) <= _LONGEST_UNDERLINED
    return short and any(_UNDERLINE.fullmatch(each.text) for each in behind)


def _told(block: Block, told: MailLine, speaking: str) -> Block:
    """Return a block as the words of whoever is quoted, or speaks, there."""
    if block.kind == "heading":
        return block
    if told.quoted:
        return _of_mail(block, told.quoted)
    if speaking and block.kind in {"prose", "bullet"} and not block.label:
        return block._replace(kind="turn", label=speaking)
    return block


def _of_mail(block: Block, quoted: Quoted) -> Block:
    if quoted.whole:
        return block._replace(by=quoted.name, said=quoted.said)
    if block.kind == "bullet" and not quoted.said:
        return block  # a list after `>` without an author is the writer's own
    return block._replace(kind="quote", label=quoted.name or block.label, said=quoted.said)


def _above(
    outline: Outline, line: TextLine, blocks: Sequence[Block], behind: TextLine | None
) -> None:
    """Tell the outline about a line."""
    if not blocks or blocks[0].kind == "cell":
        return
    if blocks[0].kind != "heading":
        outline.line(line, behind)
        return
    bold = _BOLD_LINE.fullmatch(line.text) is not None
    label = _LABEL_ONLY.fullmatch(line.text) is not None
    style = "bold" if bold else "label" if label else "#"
    outline.heading(style, line.text)


class _Table:
    """The columns of the table that is being read, and how many rows the note had before."""

    def __init__(self) -> None:
        self._columns: list[str] = []
        self._rows = -1

    def row(self, text: str, line: TextLine) -> list[Block] | None:
        """Return the cells of one line, None when it is no row of a table."""
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
        told = list(zip(cells, labels, strict=False))
        state = (text[start:end] for (start, end), label in told if STATUS_COLUMN.fullmatch(label))
        said = next(state, None)
        mark = None if said is None else cell_mark(said)
        return [
            Block(start, end, "cell", label, None, self._rows, mark) for (start, end), label in told
        ]


def _visible_lines(text: str, *, markdown: bool) -> Iterator[TextLine]:
    """Yield the lines without front matter, code fences and HTML comments."""
    fence, comment = "", False
    every = list(lines(text))
    front = _front_matter(every) if markdown else 0
    for line in every[front:]:
        stripped = line.text.strip()
        if comment:
            comment = "-->" not in stripped
        elif fence:
            fence = "" if stripped.startswith(fence) else fence
        elif stripped.startswith(("```", "~~~")) and markdown:
            fence = stripped[:3]
        elif stripped.startswith("<!--"):
            comment = "-->" not in stripped
        else:
            yield line


def _front_matter(every: Sequence[TextLine]) -> int:
    """Return how many lines of front matter the note opens with."""
    first = every[0].text.strip("\ufeff \t") if every else ""
    if first not in {"---", "+++"}:
        return 0
    ends = {"---", "..."} if first == "---" else {first}
    rest = enumerate(every[1:], start=2)
    return next((number for number, line in rest if line.text.strip() in ends), 0)


def _cells(line: TextLine) -> list[tuple[int, int]] | None:
    """Return where the cells of a table row start and end, None for a line that is no row."""
    stripped = line.text.strip()
    if not stripped.startswith("|") or stripped.count("|") < 2:
        return None
    marks = [
        at for at, sign in enumerate(line.text) if sign == "|" and line.text[at - 1 : at] != "\\"
    ]
    if not stripped.endswith("|"):
        marks.append(len(line.text))
    return [(line.start + left + 1, line.start + right) for left, right in pairwise(marks)]


def _speakers(lines: Sequence[TextLine], timed: Mapping[int, int]) -> frozenset[str]:
    """Return the labels of a dialogue.

    They open two or more lines, or every line where all lines have one. In a chat whose lines open
    with times, all are where most of these lines have one. A log that names a topic behind each
    time has more of them than a chat has people.
    """
    turns = [(line.start, turn.name) for line in lines if (turn := _turn(line.text))]
    labels = Counter(name for _, name in turns)
    written = sum(bool(line.text.strip()) for line in lines)
    all_turns = labels.total() == written > 1
    in_chat = {name for at, name in turns if at in timed and name[:1].isupper()}
    most = 2 * sum(at in timed for at, _ in turns) > len(timed)
    chat = most and len(in_chat) <= _MOST_IN_A_CHAT
    often = {label for label, times in labels.items() if times > 1 or all_turns}
    return frozenset(often | in_chat if chat else often)


def _turn(text: str) -> Says | None:
    """Return who speaks in a line and where the words begin, None where nobody is named."""
    if turn := TURN.match(text):
        return Says(turn[1].strip(), turn.end())
    return says(text)


def _block_of(line: TextLine, speakers: frozenset[str], *, behind: int) -> Block | None:
    """Return the block that one line opens, None for blank lines and rules."""
    if not line.text.strip() or _RULE.fullmatch(line.text):
        return None
    if heading := _HEADING.match(line.text):
        return Block(line.start + heading.end(), line.end, "heading")
    if _BOLD_LINE.fullmatch(line.text) or _LABEL_ONLY.fullmatch(line.text):
        return Block(line.start, line.end, "heading")
    start = line.start
    kind: UnitKind = "prose"
    if quote := _QUOTE.match(line.text):
        start, kind = start + quote.end(), "quote"
    block = _item(start, line, kind, speakers)
    words = line.start + behind
    if behind and block and block.kind == "prose" and block.start < words < block.end:
        return block._replace(start=words)
    return block


def _item(start: int, line: TextLine, kind: UnitKind, speakers: frozenset[str]) -> Block | None:
    """Return a bullet, a checkbox, a turn or plain prose, after the marks that open it."""
    rest = line.text[start - line.start :]
    checked: bool | None = None
    mark: TaskMark | None = None
    if bullet := _BULLET.match(rest):
        start, kind = start + bullet.end(), "bullet"
        rest = rest[bullet.end() :]
    if box := BOX.match(rest):
        start, kind = start + box.end(), "bullet"
        mark = box_mark(box)
        checked = mark == "done"
        rest = rest[box.end() :]
    if not rest.strip():
        return None
    led = LEAD.match(rest) is not None
    if kind == "bullet" or led:
        mark = said_mark(rest) or mark or ("open" if led else None)
    block = Block(start, line.end, kind, "", checked, mark=mark)
    if turn := _turn(rest):
        block = block._replace(label=turn.name)
        if block.label in speakers and block.mark is None:
            return block._replace(start=start + turn.end, kind="turn")
    return block


def _runs_on(text: str, growing: Block, block: Block) -> bool:
    """Whether a line only continues the one before.

    It does after a hard line break in a sentence, and as the indented line of a bullet.
    """
    if block.kind != "prose":
        return False
    if growing.kind == "bullet":
        return text[block.start : block.end].startswith(("  ", "\t"))
    if _LABELLED.match(text, block.start, block.end):
        return False
    last_line = max(growing.start, text.rfind("\n", growing.start, growing.end) + 1)
    first = text[block.start : block.end].lstrip()[:1]
    return (
        growing.end - last_line >= 50
        and not _SENTENCE_OVER.search(text, last_line, growing.end)
        and not first.isupper()
    )
