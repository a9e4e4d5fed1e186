"""Cuts a contract's prose into what it agrees; a condition stays with its subject."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coach.agreement.cues import kind_of
from coach.model.contract import ClauseKind

LONGEST_PROSE = 40_000
"""Characters that are read: ten times the longest agreement among 150 labelled ones."""
_KEPT = 64
"""Contracts whose cut prose is kept in memory. Chosen by hand; not measured."""
_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"[ \t]{0,8}(?:[-*+•]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]{1,4}")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]|[ \t]{0,3}\*\*[^*\n]{1,80}\*\*[ \t:]{0,3}$")
_LEAD = re.compile(r"[^.!?;\n]{1,80}:[ \t*]{0,4}$")
_BREAK = re.compile(r"(?<=[.!?])[\"”’)*]{0,2}[ \t]+(?=[\"“‘(*]{0,2}(?:[A-Z0-9À-Þ]|~~))|;[ \t]*")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|mr|mrs|ms|dr|prof|st|no|nr|approx|ca|cf|sept?|oct|nov|dec|jan|feb"
    r"|[a-z])\.$|(?:\A|[.!?:;] {1,3})\d{1,2}\.$",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"(?:if|unless|except|but|only|otherwise|exceptions?|no exceptions?|in that case|then|and|or"
    r"|though|although|when|where|should|the same|not|nothing|never|this|that)\b",
    re.IGNORECASE,
)
"""Words that begin a piece which continues what was agreed just before."""
EXCEPTION = re.compile(
    r"\b(?:except\w*|unless|but|only|if|when|where|should|may|might|instead|otherwise|not|never|no"
    r"|nobody|nothing"
    r"|skip\w*|allowed|fine|ok(?:ay)?|holidays?|leave|vacations?|exams?|away|sick\w*|ill|travels?"
    r"|in between)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that add a condition, a limit or an exception to what is agreed."""


class Said(NamedTuple):
    """Something the prose agrees, with its place in code points.

    `listed` is the clause whose list it is in, None outside a list.
    """

    number: int
    start: int
    end: int
    text: str
    kind: ClauseKind | None
    listed: ClauseKind | None


class _Piece(NamedTuple):
    """A sentence, or part of one between semicolons; it `opens` a list item or is `inside` one."""

    start: int
    end: int
    text: str
    opens: bool
    inside: bool
    heading: ClauseKind | None
    listed: ClauseKind | None


@lru_cache(maxsize=_KEPT)
def said(text: str) -> tuple[Said, ...]:
    """Return what the prose agrees, in its order; `kind` is None for no known subject.

    Text that is struck out (`~~so~~`) is not agreed.
    """
    found: list[Said] = []
    shown = _STRUCK.sub(lambda struck: " " * len(struck[0]), text[:LONGEST_PROSE])
    for number, piece in enumerate(_pieces(shown)):
        kind = piece.heading or kind_of(piece.text)
        if found and _goes_on(found[-1], piece, kind):
            last = found[-1]
            found[-1] = last._replace(
                end=piece.end, text=" ".join(shown[last.start : piece.end].split())
            )
            continue
        words = " ".join(piece.text.split())
        found.append(Said(number, piece.start, piece.end, words, kind, piece.listed))
    return tuple(found)


def _goes_on(last: Said, piece: _Piece, kind: ClauseKind | None) -> bool:
    """Whether a piece continues what was said just before it."""
    if piece.inside and last.listed:
        return True
    if piece.opens or last.kind is None or kind not in {None, last.kind}:
        return False
    return _TURNS.match(piece.text) is not None


def _pieces(text: str) -> Iterator[_Piece]:
    heading: ClauseKind | None = None
    lead: ClauseKind | None = None
    for line in _LINE.finditer(text):
        shown = line[0]
        if not shown.strip():
            continue
        item = _ITEM.match(shown)
        if _HEADING.match(shown) or (_LEAD.match(shown) and not item):
            heading = kind_of(shown) if _HEADING.match(shown) else heading
            lead = kind_of(shown)
            continue
        lead = lead if item else None
        start = line.start() + (item.end() if item else 0)
        listed = (lead or heading) if item else None
        named = listed or heading
        for at, (begin, end) in enumerate(_sentences(text, start, line.end())):
            opens = at == 0 and item is not None
            inside = at > 0 and item is not None
            yield _Piece(begin, end, text[begin:end], opens, inside, named, listed)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a line start and end; semicolons end one too."""
    for mark in _BREAK.finditer(text, start, end):
        if mark[0][0] != ";" and _ABBREVIATED.search(
            # Room for the longest abbreviation and a blank.
            text[max(start, mark.start() - 8) : mark.start()]
        ):
            continue
        yield from _trimmed(text, start, mark.start())
        start = mark.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " \t*_#>|":
        start += 1
    while end > start and text[end - 1] in " \t*_#>|\r":
        end -= 1
    if any(sign.isalnum() for sign in text[start:end]):
        yield start, end
