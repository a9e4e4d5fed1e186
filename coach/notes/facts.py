"""Facts as readings state them, with the places they stand at."""

from coach.ids import derived_id
from coach.model.facts import Fact
from coach.model.history import History
from coach.model.readings import FactSignal
from coach.model.sessions import Note
from coach.notes.lines import ReadNote, cite, plain, read_notes


def fact_id(note: Note, finding: FactSignal) -> str:
    """The id of a fact: it names the same words as the same kind for ever."""
    return derived_id("fact", note.id, finding.start, finding.end, finding.kind)


def fact(read: ReadNote, finding: FactSignal) -> Fact:
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
        for finding in read.reading.of(FactSignal)
    )
