"""Who said they will do what, and by when; an owner or a day that is not said is not guessed.

The rules of `promise_words` and the wording of a sentence are weighed together; the weights were learned from labelled notes.
"""

from collections.abc import Sequence
from itertools import repeat

from coach.engines.embedded.deadlines import at_next_meeting, deadline
from coach.engines.embedded.people import Writer
from coach.engines.embedded.promise_words import WHEN, row_text
from coach.engines.embedded.weights import logit, weights
from coach.engines.embedded.wording import Worded, absolute, worded
from coach.model import Owner, Promise, Side
from coach.structure import Unit

_ENOUGH = 0.35


def promises(
    units: Sequence[Unit],
    said_by: Sequence[Side | None],
    writer: Writer,
    scores: Sequence[float] | None = None,
) -> list[Promise]:
    """Every commitment of a note; `said_by` gives the speaker of each unit.

    `scores` gives another reader's probability that a unit is a commitment, unit for unit; both then count alike.
    """
    found = []
    told = zip(worded(units, said_by, writer), scores or repeat(None), strict=False)
    for each, score in told:
        owner = _owner(each, score)
        if owner is not None:
            found.append(_promise(each, owner, units, writer))
    return found


def _owner(said: Worded, score: float | None) -> Owner | None:
    """Whose promise a sentence is; None when it is none."""
    if said.unit.kind == "heading":
        return None
    likely = weights("promises").probabilities(said.seen)
    none = likely.pop("none")
    sure = logit(1 - none) if score is None else (logit(1 - none) + logit(score)) / 2
    if sure < logit(_ENOUGH):
        return None
    return absolute(max(likely, key=lambda owner: likely[owner]), said.own)


def _promise(said: Worded, owner: Owner, units: Sequence[Unit], writer: Writer) -> Promise:
    unit = said.unit
    due_text = unit.text
    if unit.kind == "cell":
        due_text = row_text(unit, units, WHEN) or unit.text
    day = deadline(due_text, writer.held_on)
    at_next = day is None and (at_next_meeting(due_text) or at_next_meeting(unit.heading))
    action = (said.owned.action if said.owned else unit.text).strip(" .,;:-–—*_~") or unit.text
    return Promise(
        start=unit.start,
        end=unit.end,
        owner=owner,
        action=action,
        due=day.day if day else None,
        said_by=said.speaker,
        due_options=day.options if day else None,
        due_at_next=at_next,
    )
