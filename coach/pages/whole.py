"""Quotes each line of a page with the neighbour it needs, so that it is understood by itself."""

from coach.model.citations import Citation
from coach.model.history import History
from coach.model.people import Side
from coach.notes.alone import Heard, Neighbours, Stretch, no_line, understood
from coach.notes.lines import plain
from coach.pages.candidates import Candidate


class WholeLines:
    """Quotes what a page may say so that it is understood, from the notes of one history."""

    def __init__(self, history: History) -> None:
        self._mentorship = history.mentorship
        self._notes = {
            note.id: Neighbours(note) for session in history.sessions for note in session.notes
        }

    def whole(self, candidate: Candidate) -> Candidate | None:
        """Return the candidate with the words it needs to be understood, None where none help."""
        statement = candidate.statement
        (citation,) = statement.citations
        note = self._notes.get(citation.note_id)
        if note is None:  # an ask for the next session stays as it was written
            return None if no_line(statement.text) else candidate
        quoted = self._quoted(note, citation, candidate.said_by)
        if quoted is None:
            return None
        return candidate._replace(
            statement=statement.model_copy(
                update={"text": plain(quoted.quote), "citations": (quoted,)}
            )
        )

    def to_word(self, candidate: Candidate) -> Candidate | None:
        """Return what a model may word beside its neighbours, None where it is no sentence."""
        return None if no_line(candidate.statement.text) else candidate

    def _quoted(
        self, note: Neighbours, citation: Citation, said_by: Side | None
    ) -> Citation | None:
        at = Stretch(citation.start, citation.end)
        found = understood(note, at, Heard(self._mentorship, said_by))
        if found is None or found == at:
            return citation if found else None
        start, end = found
        return citation.model_copy(
            update={"start": start, "end": end, "quote": note.text[start:end]}
        )
