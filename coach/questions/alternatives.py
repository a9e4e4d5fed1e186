"""Finds where a question offers two answers.

It does so in four ways: `either … or …`, `which …: this or that`, `…: this or that`, and
`how …, good or bad`.

Every place is looked for once, so that a long question costs no more than its length.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

_EITHER = re.compile(r"\beither\b", re.IGNORECASE)
_LAST_OR = re.compile(r"\bor\b", re.IGNORECASE)
_OR = re.compile(r"(?<=\s)or(?=\s.)", re.IGNORECASE | re.DOTALL)
_WHICH = re.compile(r"\bwhich\b", re.IGNORECASE)
_HOW = re.compile(r"\bhow\s+(?:do|did|does|is|are|was|were)\b", re.IGNORECASE)
_ONE_OR_OTHER = re.compile(r"\s*[\w-]+\s+or\s+[\w-]+\s*\Z", re.IGNORECASE)
_LISTS = re.compile(r"[,:–—](?!(?:and|or)\b)", re.IGNORECASE)
_NAMES = re.compile(r"[:–—](?!(?:what|how|who|where|when|why)\b)", re.IGNORECASE)
_LEAST = 3
"""How far an `or` stands at least behind the mark that opens what it offers.

A sign and a blank stand between them.
"""


class _Asked(NamedTuple):
    """What is asked last in a text, from `start` to `end`.

    `comma` is where its last comma stands, `ors` where each `or` behind that stands.
    """

    text: str
    start: int
    end: int
    comma: int
    ors: tuple[int, ...]


def offered(text: str, end: int) -> tuple[int, int] | None:
    """The first place before `end` that offers two answers."""
    start = text.rfind("?", 0, end) + 1
    comma = text.rfind(",", start, end)
    ors = tuple(mark.start() for mark in _OR.finditer(text, max(start, comma + 1), end))
    asked = _Asked(text, start, end, comma, ors)
    opened = (_which(asked), _named(asked), _how(asked))
    found = [(at, end) for at in opened if at is not None]
    return min([*found, *_either(text, end)], default=None)


def _either(text: str, end: int) -> list[tuple[int, int]]:
    either = _EITHER.search(text, 0, end)
    ors = _LAST_OR.finditer(text, either.end(), end) if either else ()
    return [(either.start(), each.end()) for each in ors if either][-1:]


def _which(asked: _Asked) -> int | None:
    """Which of the two, what is it: fear or haste."""
    which = _WHICH.search(asked.text, asked.start, asked.end)
    if which is None or not asked.ors:
        return None
    lists = _LISTS.finditer(asked.text, max(asked.start, asked.comma), asked.end)
    if any(which.end() <= mark.start() <= asked.ors[-1] - _LEAST for mark in lists):
        return which.start()
    return None


def _named(asked: _Asked) -> int | None:
    """What is it: fear or haste; a comma may stand before the `or`."""
    text, start, end, comma, ors = asked
    if not ors:
        return None
    names = [mark.start() for mark in _NAMES.finditer(text, start, end)]
    if text[comma + 1 : ors[0]].isspace() and comma >= start:
        opens = max(start, text.rfind(",", start, comma), text.rfind(":", start, comma))
        at = bisect_left(names, opens)
        if at < len(names) and names[at] <= comma - 2:
            return names[at]
    colons = [-1, *(at for at in range(max(start, comma + 1), end) if text[at] == ":")]
    for each in ors:
        opens = max(start, comma + 1, colons[bisect_left(colons, each) - 1])
        at = bisect_left(names, opens)
        if at < len(names) and names[at] <= each - _LEAST:
            return names[at]
    return None


def _how(asked: _Asked) -> int | None:
    """How do you feel, good or bad."""
    text, start, end, comma, _ = asked
    if comma < start or not _ONE_OR_OTHER.match(text, comma + 1, end):
        return None
    how = _HOW.search(text, max(start, text.rfind(",", start, comma) + 1), comma)
    return how.start() if how else None
