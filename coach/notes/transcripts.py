"""Reads the speech of WebVTT and SubRip transcripts, without timings, numbers and tags.

A sentence that is split across cues stays whole.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.notes.blocks import Block, TextLine, lines
from coach.notes.markdown import TURN

_VOICE = re.compile(r"<v(?:\.[^ \t>]{0,80})?[ \t]+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<[\d:.]{1,20}>|</[a-z]>")
_LABEL_ALONE = re.compile(r"[ \t]*([^\W\d_][\w.'’,\- ]{0,40}):[ \t]*")
_NO_SPEECH = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?![\w,])")
_OVER = re.compile(r"[.!?…][\"”’')\]]*")
_BEGINS = re.compile(
    r"(?:i|we|you|so|and|but|ok|okay|yes|yeah|no|then|well)(?![\w-])", re.IGNORECASE
)
_LONGEST_JOINED = 200
"""Most characters of a sentence where captions have no full stops: 30 words of 6 letters.

Chosen by hand; not measured.
"""
_FEWEST_REPEATED = 2
"""Fewest words of a line that counts as shown again; one word may be said twice."""
_PIECES_A_SENTENCE = 6
"""Most pieces for each full stop: a transcript with fewer full stops has none to go by.

Chosen by hand; not measured.
"""
_TAIL = 80
"""Characters at the end of a turn that are searched: a closing tag and blanks are shorter."""
_LINE_BREAK = 2
"""Most characters between two lines of one cue, as in `\\r\\n`."""
_DASHED = "- "


class Spoken(NamedTuple):
    """A transcript with everything but speech blanked out, and its turns."""

    text: str
    turns: list[Block]


class _Said(NamedTuple):
    """A piece of speech; `label` is None where the cue names no speaker."""

    start: int
    end: int
    label: str | None
    opens: bool


def spoken(text: str) -> Spoken:
    """Return the speech of VTT and SRT, with every letter at its place in the note."""
    said = list(_named([each for cue in _cues(text) for each in _pieces(cue)], text))
    pieces = _once(said, text)
    shown = list(" " * len(text))
    for piece in pieces:
        shown[piece.start : piece.end] = _untagged(text[piece.start : piece.end])
    plain = "".join(shown)
    turns: list[Block] = []
    dotted = _dotted(pieces, plain)
    for piece in pieces:
        if turns and _goes_on(plain, turns[-1], piece, dotted=dotted):
            turns[-1] = turns[-1]._replace(end=piece.end)
        else:
            turns.append(Block(piece.start, piece.end, "turn", piece.label or ""))
    return Spoken(plain, turns)


def _dotted(pieces: Sequence[_Said], plain: str) -> bool:
    """Whether a transcript has full stops, and is no run of words as captions often are."""
    ends = sum(bool(_OVER.search(plain[each.start : each.end])) for each in pieces)
    return ends * _PIECES_A_SENTENCE >= len(pieces)


def _cues(text: str) -> Iterator[list[TextLine]]:
    """Yield the lines of each cue: those after a timing line, up to the next blank one."""
    cue: list[TextLine] | None = None
    every = list(lines(text))
    for line, behind in pairwise([*every, TextLine(len(text), "")]):
        blank = not line.text.strip()
        number = line.text.strip().isdigit() and "-->" in behind.text
        if "-->" in line.text:
            yield cue or []
            cue = []
        elif number or (blank and cue) or _NO_SPEECH.match(line.text):
            yield cue or []
            cue = None
        elif cue is not None and not blank:
            cue.append(line)
    yield cue or []


def _pieces(cue: Sequence[TextLine]) -> Iterator[_Said]:
    """Yield what each speaker says in one cue, line by line."""
    label: str | None = None
    for line in cue:
        if alone := _LABEL_ALONE.fullmatch(line.text):
            label = alone[1].strip()
            continue
        voices = list(_VOICE.finditer(line.text))
        for voice, behind in pairwise([*voices, None]):
            label = voice[1].strip() if voice else label
            yield _Said(
                line.start + (voice.end() if voice else 0),
                line.start + behind.start() if behind else line.end,
                label,
                opens=True,
            )
        if voices:
            continue
        dashed = line.text.startswith(_DASHED)
        turn = TURN.match(line.text, 2 * dashed)
        label = turn[1].strip() if turn else "" if dashed else label
        at = turn.end() if turn else 2 * dashed
        yield _Said(line.start + at, line.end, label, opens=turn is not None or dashed)


def _named(pieces: Sequence[_Said], text: str) -> Iterator[_Said]:
    """Yield the pieces that have words; the last speaker goes on where nobody is named."""
    last: str | None = None
    for piece in pieces:
        label = piece.label if piece.label is not None else last
        said = _untagged(text[piece.start : piece.end])
        last = label
        if any(sign.isalnum() for sign in said):
            # A tag before or after the words is no part of them.
            start = piece.start + len(said) - len(said.lstrip())
            yield piece._replace(start=start, end=piece.start + len(said.rstrip()), label=label)


def _untagged(text: str) -> str:
    return _TAG.sub(lambda tag: " " * len(tag[0]), text)


def _once(pieces: Sequence[_Said], text: str) -> list[_Said]:
    """Return the pieces without the words that captions show again as they roll on."""
    kept: list[_Said] = []
    told: list[list[str]] = []
    for piece in pieces:
        said = _untagged(text[piece.start : piece.end]).casefold().split()
        same = bool(kept) and kept[-1].label == piece.label
        if same and len(said) >= _FEWEST_REPEATED and said in told[-2:]:
            continue
        grown = same and len(told[-1]) >= _FEWEST_REPEATED and said[: len(told[-1])] == told[-1]
        if grown:
            kept.pop()
            told.pop()
        kept.append(piece)
        told.append(said)
    return kept


def _goes_on(plain: str, turn: Block, piece: _Said, *, dotted: bool) -> bool:
    """Whether a piece continues the sentence before it, or is the next line of the same cue."""
    if turn.label != (piece.label or ""):
        return False
    before, said = plain[turn.start : turn.end][-_TAIL:].rstrip(), plain[piece.start : piece.end]
    beside = not plain[turn.end : piece.start].strip() and piece.start - turn.end <= _LINE_BREAK
    if beside and not piece.opens:
        return True
    if _OVER.search(before[-2:]) or _BEGINS.match(said.lstrip()):
        return False
    short = piece.end - turn.start <= _LONGEST_JOINED
    return dotted or (said.lstrip()[:1].islower() and short)
