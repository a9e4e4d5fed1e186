"""Yields what was read from each note, and quotes its lines."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coach import deadline
from coach.model.citations import Citation
from coach.model.history import History
from coach.model.readings import Reading
from coach.model.sessions import Note, Session

_MARKUP = re.compile(r"\*\*|__|~~|`|</?[a-zA-Z][^<>\n]{0,60}>")

_CUE = re.compile(
    r"\n[ \t\r]*(?:\n[ \t\r]*)?(?:[^\n]{1,80}\n)?[^\n]{0,40}-->[^\n]{0,200}\n"
    r"(?:[ \t\r]*\n)?(?:[ \t]*[^\W\d_a-z][\w.'’-]{0,40}"
    r"(?:[ \t][^\W\d_a-z][\w.'’-]{0,40}){0,3}:[ \t])?"
)
"""What stands between the two halves of a sentence that is split across cues."""
_WEB = re.compile(
    r"(?:https?://(?:www\.)?|(?<![\w.@/])www\.)"
    r"([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})(?:[/?#:][^\s<>\"]{0,2000})?"
)
_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")

_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,400}\)")


class ReadNote(NamedTuple):
    """A note with its session and its reading."""

    session: Session
    note: Note
    reading: Reading


def read_notes(history: History) -> Iterator[ReadNote]:
    """Yield every note that was read, oldest session first."""
    for session in history.sessions:
        for note in session.notes:
            deadline.check()
            if reading := history.readings.get(note.id):
                yield ReadNote(session, note, reading)


def cite(session: Session, note: Note, start: int, end: int) -> Citation:
    """Return the citation of a span of a note."""
    return Citation.model_construct(
        session_id=session.id,
        held_on=session.held_on,
        note_id=note.id,
        start=start,
        end=end,
        quote=note.text[start:end],
    )


@lru_cache(maxsize=65536)
def plain(quote: str) -> str:
    """Return the words of a quote on one line.

    Markup, timings and struck-out words are left out; of an address only the host stays.
    """
    spoken = _CUE.sub(" ", quote) if "-->" in quote else quote
    bare = _MARKUP.sub("", _LINK.sub(r"\1", _STRUCK.sub("", spoken)))
    return " ".join(_WEB.sub(r"\1", bare).split())
