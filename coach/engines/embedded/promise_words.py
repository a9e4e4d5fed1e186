"""Promises by the words that make them: what is said, who is named, a list, a table, a mark."""

import re
from collections.abc import Sequence

from coach.engines.embedded import cues
from coach.engines.embedded.named_tasks import (
    below_a_name,
    is_event,
    named,
    named_above,
    named_behind,
    named_beside,
)
from coach.engines.embedded.outcome_words import status_said
from coach.engines.embedded.owned import Owned
from coach.engines.embedded.spoken import spoken
from coach.engines.embedded.task_tables import owned_cell
from coach.language.names import Writer, owner_of
from coach.model.people import Side
from coach.notes.sentences import Unit
from coach.notes.tasks import LEAD, SETTLED

_REMARK = re.compile(r"(?:no|not|nope|none|nothing|yes|done|still|never|ok)(?!\w)", re.IGNORECASE)
_LONGEST_BLANK = 2
"""A sentence of the same bullet begins behind one blank or two, never on the next line."""
_FEWEST_WORDS = 3
"""`Budget` in a list is a topic; with a task's mark one word less makes a task."""
_NO_PROMISE = re.compile(
    r"(?<!\w)(?:won['’]?t|will not|['’]ll not|not going to"
    r"|['’]ll (?:never|see|be fine|think about it)|will (?:see|be fine|never)|not promising"
    r"|no promise|(?:prepare|promise|bring|do|send|say|need) nothing"
    r"|nothing to (?:prepare|bring|do|send))(?!\w)",
    re.IGNORECASE,
)


def owned(
    units: Sequence[Unit], said_by: Sequence[Side | None], writer: Writer
) -> list[Owned | None]:
    """Unit for unit, who will do what it says; None where its words promise nothing."""
    found: list[Owned | None] = []
    for before, unit, speaker in zip((None, *units), units, said_by, strict=False):
        if found and before is not None and _goes_on(before, unit):
            found[-1] = _assigned(found[-1], before, unit, writer)
        if unit.kind == "heading" or unit.text.endswith("?"):
            found.append(None)
        elif unit.kind == "cell":
            found.append(owned_cell(unit, units, writer))
        else:
            alone = _alone(unit) if _goes_on(before, unit) else unit
            found.append(_owner(alone, speaker, writer))
    return found


def settled(unit: Unit) -> bool:
    """Whether a mark says that nothing is left to do, or that it is no task.

    Whatever the words sound like.
    """
    return unit.struck or unit.mark in SETTLED or planned(unit)


def planned(unit: Unit) -> bool:
    """Whether a sentence is a point of an agenda that was not talked about: its box is open."""
    above = unit.over or (unit.heading,)
    return unit.mark == "open" and any(cues.AGENDA.search(each) for each in above)


def _assigned(owned: Owned | None, unit: Unit, behind: Unit, writer: Writer) -> Owned | None:
    """A task whose owner is told in a sentence of its own behind it, as in `Owner: Ana`."""
    owner = named_behind(behind, writer)
    task = owner is not None and not settled(unit) and (unit.mark or _listed(unit))
    return Owned(owner, unit.text, sure=True) if owner and task else owned


def _goes_on(before: Unit | None, unit: Unit) -> bool:
    """Whether a sentence stands behind another one in the same bullet."""
    if before is None or not before.kind == unit.kind == "bullet":
        return False
    return unit.start - before.end <= _LONGEST_BLANK


def _alone(unit: Unit) -> Unit:
    """A sentence without its list.

    Behind a bullet's task it is a remark, and promises only what it says itself.
    """
    return unit._replace(kind="prose", heading="", checked=None, mark=None, over=())


def _owner(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """The owner of what a sentence promises; None when it promises nothing."""
    if settled(unit) or _NO_PROMISE.search(unit.text):
        return None
    listed = _listed(unit)
    if unit.mark is not None or (listed and unit.kind == "bullet"):
        return _task(unit, speaker, writer)
    if by_name := named(unit, writer, listed=listed):
        return by_name
    if cues.TENTATIVE.search(unit.text):
        return None
    return spoken(unit, speaker, writer) or below_a_name(unit, writer)


def _listed(unit: Unit) -> bool:
    """Whether a sentence stands under a heading of tasks."""
    above = unit.over or (unit.heading,)
    written = unit.kind in {"bullet", "prose", "quote"}
    return written and any(cues.ACTIONS.search(each) for each in above)


def _task(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """What an item of a list of tasks, or one with a task's mark, asks of whom."""
    lead = LEAD.match(unit.text)
    bare = unit._replace(text=unit.text[lead.end() :]) if lead else unit
    if lead and lead["named"] and (owner := owner_of(lead["named"], writer.author, writer.people)):
        return Owned(owner, bare.text, sure=True)
    if beside := named(bare, writer, listed=True) or named_beside(bare, writer):
        return beside._replace(sure=True)
    if cues.TENTATIVE.search(bare.text):
        return None
    if said := spoken(bare, speaker, writer):
        return said._replace(sure=unit.mark is not None)
    return _nobodys(bare, writer)


def _nobodys(unit: Unit, writer: Writer) -> Owned | None:
    """A task that names nobody: whose the label above names, else nobody's yet."""
    marked = unit.mark is not None
    said = status_said(unit.text)
    past = said == "dropped" if not marked else said == "done" and unit.mark == "not_done"
    if past or is_event(unit.text) or _REMARK.match(unit.text):
        return None
    if len(unit.text.split()) < _FEWEST_WORDS - marked:
        return None
    above = named_above(unit, writer)
    plainly = said is None and any(map(cues.ACTIONS.fullmatch, unit.over[-1:]))
    sure = marked or above is not None or plainly
    return Owned(above or "unassigned", unit.text, sure=sure)
