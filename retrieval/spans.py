"""Stretches of a text by code point offsets, and its lines."""

from collections.abc import Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """From `start` up to but not including `end`."""

    start: int
    end: int


class Line(NamedTuple):
    """One line without its line break."""

    start: int
    end: int
    text: str


def lines(text: str) -> Iterator[Line]:
    """Every line of a text, empty ones too."""
    start = 0
    for whole in text.splitlines(keepends=True):
        body = whole.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        yield Line(start, start + len(body), body)
        start += len(whole)


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    body = text[span.start : span.end]
    start = span.start + len(body) - len(body.lstrip())
    return Span(start, max(start, span.start + len(body.rstrip())))
