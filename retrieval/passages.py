"""Cuts a note into passages that can be quoted: sentences, bullets, table rows or turns."""

from typing import NamedTuple

from coach.model.sessions import Note
from coach.notes.sentences import passages

SPLIT_VERSION = 2
"""Raise it by one when the same note would give other passages; old indexes are then rebuilt."""


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
    """Return the passages of a note in reading order; none overlap and each holds a word."""
    return tuple(Piece(start, end, note.text[start:end]) for start, end in passages(note))
