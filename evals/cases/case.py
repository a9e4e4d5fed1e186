"""One labelled mentorship: its file, its labels, and the places of quotes in its notes."""

from collections.abc import Mapping
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from coach.model.sessions import Note, Session
from coach.use_cases import casefile
from evals.cases.labels import Labels

NoteSpan = tuple[str, int, int]
"""Note id, start and end, in code points of the note in the case file."""


class Case(BaseModel):
    """One labelled mentorship."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    name: str
    split: str
    file: casefile.CaseFile
    labels: Labels

    @cached_property
    def notes(self) -> Mapping[str, Note]:
        """Notes by the file's ids."""
        return {note.id: note for session in self.file.sessions for note in session.notes}

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        """Sessions by the file's ids."""
        return {session.id: session for session in self.file.sessions}

    def span(self, note_id: str, quote: str) -> NoteSpan:
        """Return the place of a quote."""
        start = self.notes[note_id].text.index(quote)
        return note_id, start, start + len(quote)

    def spans_in(self, session_id: str, quote: str) -> list[NoteSpan]:
        """Return the place of a quote in a session, in any of its notes."""
        notes = self.sessions[session_id].notes
        return [self.span(note.id, quote) for note in notes if quote in note.text]
