"""Tasks in tables: a column says what, another who, a third by when."""

import re
from collections.abc import Sequence

from coach.engines.embedded.owned import Owned
from coach.language.dates import days_said
from coach.language.names import Writer, owner_of
from coach.notes.sentences import Unit
from coach.notes.tasks import SETTLED

_WHAT = re.compile(r"what|task|action|item|commitment|todo|to do|step", re.IGNORECASE)
_TASK = re.compile(r"task|action|todo|to do|commitment|step", re.IGNORECASE)
_WHO = re.compile(r"who|owner|by whom|responsible|person", re.IGNORECASE)
_WHEN = re.compile(r"when|due|deadline|by|date|until", re.IGNORECASE)


def names_a_task(unit: Unit) -> bool:
    """Whether a cell stands in a column of tasks."""
    return _WHAT.search(unit.label) is not None


def due_column(unit: Unit, units: Sequence[Unit]) -> str:
    """What a cell's row says of when; empty where it says nothing, or is no cell."""
    return _row_text(unit, units, _WHEN) if unit.kind == "cell" else ""


def owned_cell(unit: Unit, units: Sequence[Unit], writer: Writer) -> Owned | None:
    """A row's task, where the table has a column for tasks and one for people."""
    if not names_a_task(unit) or unit.mark in SETTLED:
        return None
    who = _row_text(unit, units, _WHO)
    when = _row_text(unit, units, _WHEN)
    task = days_said(when, writer.held_on) or _TASK.search(unit.label) or unit.mark
    if not who or not task:
        return None
    owner = owner_of(who, writer.author, writer.people) or "unassigned"
    return Owned(owner, unit.text, sure=unit.mark is not None)


def _row_text(unit: Unit, units: Sequence[Unit], column: re.Pattern[str]) -> str:
    """What a cell's row says in a column; empty where it has no such column."""
    for each in units:
        if (
            each.row == unit.row >= 0
            and each.heading == unit.heading
            and each is not unit
            and column.search(each.label)
        ):
            return each.text
    return ""
