"""Cuts a note into passages that can be quoted: one sentence, bullet, table row or turn each."""

from typing import NamedTuple

from coach.model.sessions import Note
from coach.notes.sentences import passages

SPLIT_VERSION = 2
"""Counts up whenever the same note would give other passages, so that old indexes are rebuilt."""


class PassageSpan(NamedTuple):
    """From `start` up to but not including `end`, in code points."""

    start: int
    end: int


class Piece(NamedTuple):
    """A passage of one note: `text == note.text[start:end]`, in code points."""

    start: int
    end: int
    text: str


def split(note: Note) -> tuple[Piece, ...]:
    """The passages of a note in reading order; they never overlap and are never without a word."""
    return tuple(Piece(start, end, note.text[start:end]) for start, end in passages(note))
