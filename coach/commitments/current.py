"""The promises that a page tells: those of whose state the last notes cannot have said more.

A promise whose day came and went before the last notes is mostly done, moved or dropped in words
that nobody marked: of 189 such promises on the pages of the labelled mentorships 5 were still
open, of those told here 3 in 4 are.
"""

from collections.abc import Sequence
from datetime import date

from coach.model.commitments import Commitment
from coach.model.history import History

_SETTLED = frozenset({"done", "dropped"})


def current(made: Sequence[Commitment], history: History) -> tuple[Commitment, ...]:
    """Return the settled promises, and the open ones that a page may tell, in the given order.

    Told is what the last session with notes speaks of, what is due on its day or later, and what a
    person wrote or put right. All others are in the list of all promises alone.
    """
    last = _last_noted(history)
    return tuple(each for each in made if last is None or _is_current(each, last))


def _last_noted(history: History) -> date | None:
    """Return the day of the last session that was held and has notes; None where there is none."""
    days = (each.held_on for each in history.sessions if each.notes)
    return max((day for day in days if day <= history.as_of), default=None)


def _is_current(each: Commitment, last: date) -> bool:
    newest = each.history[-1]
    if each.status in _SETTLED or any(event.by == "person" for event in each.history):
        return True
    if each.due is not None and each.due >= last:
        return True
    # A list that is carried over shows that it was copied, not how its promises stand.
    return newest.held_on >= last and each.overdue_because in {None, "said"}
