"""What a model is told beside a note that it reads: what earlier notes tell, and what the session's other notes say."""

from collections.abc import Iterable
from typing import NamedTuple

from coach.language.phrasing import first_name
from coach.model.history import History
from coach.model.sessions import Note
from coach.notes.facts import facts

_MOST_TOLD = 15
"""Facts of earlier notes: the last two or three sessions of most pairs, some 300 words."""
_LONGEST = 200
_MOST_BESIDE = 250
"""Words of the other notes together: enough to know who and what is meant."""


class Told(NamedTuple):
    """A line of the story, and the note that tells it."""

    text: str
    note_id: str


def story(earlier: History) -> tuple[Told, ...]:
    """The newest facts of earlier sessions, oldest first, each with its day, its kind and who said it."""
    pair = earlier.mentorship
    return tuple(
        Told(
            f"{each.citation.held_on.isoformat()}, {each.kind}"
            + (f", {first_name(pair.person(each.said_by).name)}" if each.said_by else "")
            + f": {each.text[:_LONGEST]}",
            each.citation.note_id,
        )
        for each in facts(earlier)[-_MOST_TOLD:]
    )


def clipped(notes: Iterable[Note]) -> tuple[str, ...]:
    """The beginnings of notes, as many words as fit together."""
    left, found = _MOST_BESIDE, []
    for note in notes:
        said = note.text.split()[:left]
        if said:
            found.append(" ".join(said))
        left -= len(said)
    return tuple(found)
