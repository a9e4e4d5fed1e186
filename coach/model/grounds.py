"""What something that is told to a model rests on, so that it can be looked up again whether all of it still stands."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.people import Visibility
from coach.model.sessions import Note


class Grounds(NamedTuple):
    """Notes and preparations of one mentorship, each with who could see it when it was taken.

    Where the model is elsewhere, both people's agreement is part of it (`agreed`).
    """

    mentorship_id: str
    shown: Mapping[str, Visibility]
    agreed: bool

    def only(self, ids: Iterable[str]) -> "Grounds":
        """The part of it that these notes and preparations are."""
        return self._replace(shown={each: self.shown[each] for each in ids if each in self.shown})


def of_history(history: History, *, agreed: bool) -> Grounds:
    """All that an audience is shown."""
    notes = {note.id: note.visibility for each in history.sessions for note in each.notes}
    wishes = {each.id: each.visibility for each in history.preparations}
    return Grounds(history.mentorship.id, {**notes, **wishes}, agreed)


def of_reading(
    note: Note,
    known: Iterable[Commitment],
    history: History,
    *,
    agreed: bool,
    besides: Iterable[str] = (),
) -> Grounds:
    """What a note is read from: itself as it was taken, the notes `besides`, and those that commitments come from."""
    cited = set(besides) | {
        place.note_id
        for each in known
        for place in (each.made_in, *(event.citation for event in each.history))
    }
    grounds = of_history(history, agreed=agreed).only(cited)
    return grounds._replace(shown={**grounds.shown, note.id: note.visibility})
