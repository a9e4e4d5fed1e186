"""What a text that is told to a model rests on, to check later that none of it was taken back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.people import Visibility
from coach.model.sessions import Note


class Shown(NamedTuple):
    """Something as it was when it was taken: who could see it, and a note's session day.

    `words` counts what people had said by then of what was read there; None where that does not
    matter.
    """

    visibility: Visibility
    held_on: date | None = None
    words: int | None = 0

    def stands(self, now: "Shown | None") -> bool:
        """Whether it is the same now."""
        if now is None or self.words is None:
            return now is not None and self[:2] == now[:2]
        return self == now


class Grounds(NamedTuple):
    """Notes, preparations and promises added by hand, each as it was when it was taken.

    `agreed` is True when the model runs elsewhere, so both people must have agreed to it.
    """

    mentorship_id: str
    shown: Mapping[str, Shown]
    agreed: bool

    def only(self, ids: Iterable[str]) -> "Grounds":
        """The part of it that these are."""
        return self._replace(shown={each: self.shown[each] for each in ids if each in self.shown})

    def stand(self, now: Mapping[str, Shown]) -> bool:
        """Whether all of it is the same now."""
        return all(shown.stands(now.get(each)) for each, shown in self.shown.items())


def of_history(history: History, *, agreed: bool) -> Grounds:
    """All that an audience is shown, as people have put it right."""
    said = Counter(each.note_id for each in history.corrections)
    said.update(each.note_id for each in history.fact_corrections)
    notes = {
        note.id: Shown(note.visibility, session.held_on, said[note.id])
        for session in history.sessions
        for note in session.notes
    }
    wishes = {each.id: Shown(each.visibility) for each in history.preparations}
    added = {each.id: Shown(each.visibility, words=said[each.id]) for each in history.added}
    return Grounds(history.mentorship.id, {**notes, **wishes, **added}, agreed)


def of_reading(  # noqa: PLR0913 - all that a reading may rest on
    note: Note,
    held_on: date,
    known: Iterable[Commitment],
    history: History,
    *,
    agreed: bool,
    besides: Iterable[str] = (),
) -> Grounds:
    """Return what a reading rests on.

    That is the note itself, the notes `besides`, and those that the commitments told come from.
    """
    cited = set(besides) | {
        place.note_id
        for each in known
        for place in (each.made_in, *(event.citation for event in each.history))
    }
    grounds = of_history(history, agreed=agreed).only(cited)
    # Its own words are read, whatever people have said of them.
    itself = Shown(note.visibility, held_on, words=None)
    return grounds._replace(shown={**grounds.shown, note.id: itself})
