"""Counts the changes to a mentorship; a change may name the revision that it expects."""

from datetime import date

from sqlalchemy import Connection, select, update

from coach.errors import Outdated
from coach.storage import tables


def now_at(connection: Connection, mentorship_id: str) -> int:
    """Return the revision of a mentorship; 0 where there is none."""
    table = tables.mentorships
    found = connection.execute(select(table.c.revision).where(table.c.id == mentorship_id))
    return found.scalar_one_or_none() or 0


def move_on(connection: Connection, mentorship_id: str, *, expected: int | None = None) -> None:
    """Count a change; raises Outdated when another one came before it."""
    table = tables.mentorships
    here = table.c.id == mentorship_id
    if expected is not None:
        here &= table.c.revision == expected
    counted = connection.execute(update(table).where(here).values(revision=table.c.revision + 1))
    if expected is not None and not counted.rowcount:
        raise Outdated("this was changed meanwhile")


def move_on_with_note(connection: Connection, note_id: str, *, of_day: date | None = None) -> bool:
    """Count a change to what was read of a note.

    False when it is gone, or not of this day's session any more.
    """
    notes, sessions, table = tables.notes, tables.sessions, tables.mentorships
    its = (
        select(sessions.c.mentorship_id)
        .join(notes, notes.c.session_id == sessions.c.id)
        .where(notes.c.id == note_id)
    )
    if of_day is not None:
        its = its.where(sessions.c.held_on == of_day)
    counted = connection.execute(
        update(table)
        .where(table.c.id == its.scalar_subquery())
        .values(revision=table.c.revision + 1)
    )
    return counted.rowcount == 1
