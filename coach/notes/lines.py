"""What was read from each note, and how a line of it is quoted."""

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

_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")

_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,400}\)")


class ReadNote(NamedTuple):
    """A note with its session and its reading."""

    session: Session
    note: Note
    reading: Reading


def read_notes(history: History) -> Iterator[ReadNote]:
    """Every note that was read, oldest session first."""
    for session in history.sessions:
        for note in session.notes:
            deadline.check()
            if reading := history.readings.get(note.id):
                yield ReadNote(session, note, reading)


def cite(session: Session, note: Note, start: int, end: int) -> Citation:
    """The citation of a span of a note."""
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
    """The words of a quote without its markup and without what was struck out, on one line."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", _STRUCK.sub("", quote))).split())
