"""Turns what was read into facts, with their places in the notes."""

from coach.ids import derived_id
from coach.model.facts import Fact
from coach.model.history import History
from coach.model.readings import FactSignal
from coach.model.sessions import Note
from coach.notes.lines import ReadNote, cite, plain, read_notes


def fact_id(note: Note, finding: FactSignal) -> str:
    """Return the id of a fact, which stays the same whatever a person calls the fact.

    It depends on the note, the place and the kind that was read.
    """
    return derived_id("fact", note.id, finding.start, finding.end, finding.known_as)


def fact(read: ReadNote, finding: FactSignal, *, hidden: bool = False) -> Fact:
    """Return one finding as a fact."""
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
    """Return the facts of a history, or of one session of it, oldest first.

    Facts that people have hidden are left out unless `hidden`.
    """
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
