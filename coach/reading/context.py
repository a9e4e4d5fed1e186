"""What a model is told beside a note: facts of earlier notes, and the session's other notes."""

from collections.abc import Iterable
from typing import NamedTuple

from coach.language.phrasing import first_name
from coach.model.history import History
from coach.model.sessions import Note
from coach.notes.facts import facts

_MOST_TOLD = 15
"""Highest number of facts of earlier notes.

It covers the last two or three sessions of most pairs, about 300 words. Chosen by hand; not
measured.
"""
_LONGEST = 200
"""Characters of a fact that are told. Chosen by hand; not measured."""
_MOST_BESIDE = 250
"""Words of the other notes together: enough to know who and what is meant.

Chosen by hand; not measured.
"""


class Told(NamedTuple):
    """A line of the story, and the note that tells it."""

    text: str
    note_id: str


def story(earlier: History) -> tuple[Told, ...]:
    """Return the newest facts of earlier sessions, oldest first, with day, kind and speaker."""
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
    """Return the beginnings of notes, as many words as fit together."""
    left, found = _MOST_BESIDE, []
    for note in notes:
        said = note.text.split()[:left]
        if said:
            found.append(" ".join(said))
        left -= len(said)
    return tuple(found)
