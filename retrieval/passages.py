"""Cuts a note into passages that can be quoted: one sentence, bullet, table row or turn each."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from coach.model import LONGEST_QUOTE, Note
from retrieval.captions import cue_spans
from retrieval.spans import Line, Span, lines, trimmed

SPLIT_VERSION = 1
"""Counts up whenever the same note would give other passages, so that old indexes are rebuilt."""

_FENCE = re.compile(r"\s*(```|~~~)")
_RULE = re.compile(r"[\s|:=*_+-]+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_QUOTED = re.compile(r"(?:\s{0,3}>\s?)+")
_BULLET = re.compile(r"\s*(?:[-*+•‣◦–—]|\d{1,3}[.)]|[a-zA-Z]\))\s+(?:\[[ xX]\]\s+)?")
_TURN = re.compile(r"\s*(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s+)?[^\W\d_][\w .'’&-]{0,39}:\s+\S")
_CLOSERS = "\"'”’»)]}*_`"
_TERMINATORS = ".!?…。！？"
_WORD = re.compile(r"[^\s。！？]*+[。！？]++[”’」』）]*+|\S+")
_WORD_END = re.compile(r"\S(?=\s)")
_NOT_AN_END = frozenset(
    f"{short}."
    for short in ("mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "vs", "e.g", "i.e", "approx")
)
_CLAUSE_ENDS = ",;:、，；—–"
_LONG_LINE = 50
_WORDS_OF_A_HEADING = 3


class Piece(NamedTuple):
    """A passage of one note: `text == note.text[start:end]`, in code points."""

    start: int
    end: int
    text: str


class _Block(NamedTuple):
    """A stretch of a note; running text is cut into sentences, everything else is kept whole."""

    span: Span
    running: bool


def split(note: Note) -> tuple[Piece, ...]:
    """The passages of a note in reading order; they never overlap and are never without a word."""
    text = note.text
    spans = (
        short
        for block in _blocks(note)
        for span in (_sentences(text, block.span) if block.running else [block.span])
        for short in _shortened(text, span)
    )
    return tuple(
        Piece(start, end, text[start:end])
        for start, end in (trimmed(text, span) for span in spans)
        if any(character.isalnum() for character in text[start:end])
    )


def _blocks(note: Note) -> Iterator[_Block]:
    if note.format in ("vtt", "srt"):
        cues = cue_spans(note.text)
        if cues:
            return (_Block(span, running=False) for span in cues)
    return _merged(note.text, _lines_of_prose(note.text))


class _Prose(NamedTuple):
    """One line as prose is read: `joins` when it may go on with the line before it."""

    span: Span
    running: bool
    joins: bool


def _lines_of_prose(text: str) -> Iterator[_Prose]:
    after_blank = True
    for line in lines(text):
        body = line.text
        if not body.strip() or _FENCE.match(body) or _RULE.fullmatch(body):
            after_blank = True
            continue
        prose = _prose(line, after_blank=after_blank)
        after_blank = prose is None
        if prose is not None:
            yield prose


def _prose(line: Line, *, after_blank: bool) -> _Prose | None:
    quoted = _QUOTED.match(line.text)
    skipped = quoted.end() if quoted else 0
    body = line.text[skipped:]
    start, end = line.start + skipped, line.end
    heading = _HEADING.match(body)
    if heading or body.rstrip().endswith(":"):
        first = start + (heading.end() if heading else 0)
        long_enough = len(body.split()) - bool(heading) >= _WORDS_OF_A_HEADING
        return _Prose(Span(first, end), running=False, joins=False) if long_enough else None
    if _is_row(body):
        return _Prose(_inside_bars(body, start), running=False, joins=False)
    bullet = _BULLET.match(body)
    if bullet:
        return _Prose(Span(start + bullet.end(), end), running=False, joins=False)
    if _TURN.match(body):
        return _Prose(Span(start, end), running=False, joins=False)
    return _Prose(Span(start, end), running=True, joins=not after_blank and not quoted)


def _is_row(body: str) -> bool:
    return body.lstrip().startswith("|") or body.count("|") >= 2


def _inside_bars(body: str, start: int) -> Span:
    inner = body.strip(" \t|")
    first = body.find(inner) if inner else 0
    return Span(start + first, start + first + len(inner))


def _merged(text: str, prose: Iterator[_Prose]) -> Iterator[_Block]:
    """Lines that were wrapped by an editor, put together again."""
    block: _Block | None = None
    last_line = Span(0, 0)
    for line in prose:
        if block is not None and line.joins and _goes_on(text, last_line, block, line.span):
            block = _Block(Span(block.span.start, line.span.end), running=block.running)
        else:
            if block is not None:
                yield block
            block = _Block(line.span, running=line.running)
        last_line = line.span
    if block is not None:
        yield block


def _goes_on(text: str, last_line: Span, block: _Block, following: Span) -> bool:
    line = text[last_line.start : last_line.end].rstrip()
    following_text = text[following.start : following.end]
    if not block.running:  # a bullet, or a turn, goes on where the next line is indented
        return following_text[:1].isspace()
    return len(line) >= _LONG_LINE and line.rstrip(_CLOSERS)[-1:] not in _TERMINATORS


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start: int | None = None
    ended = False
    last = span.start
    for word in _WORD.finditer(text, span.start, span.end):
        if ended and start is not None and not text[word.start()].islower():
            yield Span(start, last)
            start = None
        start = word.start() if start is None else start
        last = word.end()
        ended = _ends_a_sentence(word.group())
    if start is not None:
        yield Span(start, last)


def _ends_a_sentence(word: str) -> bool:
    bare = word.rstrip(_CLOSERS)
    if bare[-1:] not in _TERMINATORS or not bare:
        return False
    initial = len(bare) == 2 and bare[0].isupper() and bare[1] == "." and bare != "I."
    numbering = bare[:-1].isdigit() and bare[-1] == "." and len(bare) <= 3
    return not (initial or numbering or bare.casefold() in _NOT_AN_END)


def _shortened(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or pieces of it that are short enough to be quoted."""
    start, end = span
    while end - start > LONGEST_QUOTE:
        cut = _cut(text, start)
        yield Span(start, cut)
        start = cut
    if start < end:
        yield Span(start, end)


def _cut(text: str, start: int) -> int:
    """Where to cut at the latest: after a sentence, else a clause, else a word."""
    limit = start + LONGEST_QUOTE
    earliest = start + LONGEST_QUOTE // 3
    word_ends = [word.end() for word in _WORD_END.finditer(text, earliest, limit + 1)]
    for marks in (_TERMINATORS, _CLAUSE_ENDS):
        for end in reversed(word_ends):
            if text[earliest:end].rstrip(_CLOSERS)[-1:] in set(marks):
                return end
    return word_ends[-1] if word_ends else limit
