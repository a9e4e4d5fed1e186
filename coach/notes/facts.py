"""Facts as readings state them, with the places they stand at."""

from coach.ids import derived_id
from coach.model.facts import Fact
from coach.model.history import History
from coach.model.readings import FactSignal
from coach.model.sessions import Note
from coach.notes.lines import ReadNote, cite, plain, read_notes


def fact_id(note: Note, finding: FactSignal) -> str:
    """The id of a fact: it names the same words as the same kind for ever, whatever a person calls them."""
    return derived_id("fact", note.id, finding.start, finding.end, finding.known_as)


def fact(read: ReadNote, finding: FactSignal, *, hidden: bool = False) -> Fact:
    """One finding as a fact."""
    citation = cite(read.session, read.note, finding.start, finding.end)
    return Fact(
        id=fact_id(read.note, finding),
        session_id=read.session.id,
        kind=finding.kind,
        text=plain(citation.quote),
        said_by=finding.said_by,
        citation=citation,
        hidden=hidden,
        corrected_by=finding.corrected_by,
        read_as=finding.known_as,
    )


def facts(
    history: History, *, session_id: str | None = None, hidden: bool = False
) -> tuple[Fact, ...]:
    """Every fact of a history, or of one session of it, oldest first; those that people have hidden only where asked for."""
    return tuple(
        each
        for read in read_notes(history)
        if session_id in {None, read.session.id}
        for each in _of_note(read, hidden=hidden)
    )


def _of_note(read: ReadNote, *, hidden: bool) -> list[Fact]:
    found = [fact(read, finding) for finding in read.reading.of(FactSignal)]
    if hidden and read.reading.hidden:
        found += [fact(read, finding, hidden=True) for finding in read.reading.hidden]
        found.sort(key=lambda each: each.citation.start)
    return found
