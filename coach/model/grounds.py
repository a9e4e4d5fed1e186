"""What a text that is told to a model rests on, to check later that none of it was taken back."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.people import Visibility
from coach.model.sessions import Note


class Grounds(NamedTuple):
    """Notes and preparations of one mentorship, each with its visibility when it was taken.

    `agreed` is True when the model runs elsewhere, so both people must have agreed to it.
    """

    mentorship_id: str
    shown: Mapping[str, Visibility]
    agreed: bool

    def only(self, ids: Iterable[str]) -> "Grounds":
        """Return only these notes and preparations of it."""
        return self._replace(shown={each: self.shown[each] for each in ids if each in self.shown})


def of_history(history: History, *, agreed: bool) -> Grounds:
    """Return all that an audience is shown."""
    notes = {note.id: note.visibility for each in history.sessions for note in each.notes}
    wishes = {each.id: each.visibility for each in history.preparations}
    return Grounds(history.mentorship.id, {**notes, **wishes}, agreed)


def of_reading(
    note: Note, known: Iterable[Commitment], history: History, *, agreed: bool
) -> Grounds:
    """Return what a reading rests on: the note, and the notes of the commitments told beside it."""
    cited = {
        place.note_id
        for each in known
        for place in (each.made_in, *(event.citation for event in each.history))
    }
    grounds = of_history(history, agreed=agreed).only(cited)
    return grounds._replace(shown={**grounds.shown, note.id: note.visibility})
