"""Facts as readings state them, with the places they stand at."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coach import deadline
from coach.ids import derived_id
from coach.model import Citation, Fact, Finding, History, Note, Reading, Session

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


def fact_id(note: Note, finding: Finding) -> str:
    """The id of a fact: it names the same words as the same kind for ever."""
    return derived_id("fact", note.id, finding.start, finding.end, finding.kind)


def fact(read: ReadNote, finding: Finding) -> Fact:
    """One finding as a fact."""
    citation = cite(read.session, read.note, finding.start, finding.end)
    return Fact(
        id=fact_id(read.note, finding),
        session_id=read.session.id,
        kind=finding.kind,
        text=plain(citation.quote),
        said_by=finding.said_by,
        citation=citation,
    )


def facts(history: History, *, session_id: str | None = None) -> tuple[Fact, ...]:
    """Every fact of a history, or of one session of it, oldest first."""
    return tuple(
        fact(read, finding)
        for read in read_notes(history)
        if session_id in {None, read.session.id}
        for finding in read.reading.findings
    )
