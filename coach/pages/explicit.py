"""Finds promises that are open by explicit words, which every wording of a page must keep."""

import re

from coach.language.doers import Doers
from coach.language.names import people_of
from coach.pages.candidates import Candidate, Known

_OPEN_BOX = re.compile(r"(?:\[[ \t]?\]|[☐⬜□◻])\ufe0f?[ \t]*$")
_LONGEST_BOX = 8
"""Most characters of an empty box before a line. Chosen by hand; not measured."""
_OPEN = frozenset({"open", "partly", "overdue"})


class ExplicitPromises:
    """Tells which lines of a page state a promise outright that is still open."""

    def __init__(self, known: Known) -> None:
        self._doers = Doers(people_of(known.history.mentorship))
        self._open = {each.id for each in known.commitments if each.status in _OPEN}
        self._texts = {
            note.id: note.text for session in known.history.sessions for note in session.notes
        }

    def holds(self, candidate: Candidate) -> bool:
        """Whether a line is an open promise by explicit words.

        It has an empty box before it, or words that name who acts.
        """
        statement = candidate.statement
        if statement.about not in self._open:
            return False
        citation = statement.citations[0]
        text = self._texts.get(citation.note_id, "")
        before = text[max(0, citation.start - _LONGEST_BOX) : citation.start]
        return bool(_OPEN_BOX.search(before) or self._doers.said(statement.text, candidate.said_by))
