"""Promises that people added by hand: each is a note of its own, which belongs to no session."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from coach.agreement.access import readable
from coach.model.commitments import AddedCommitment
from coach.model.people import Audience
from coach.model.sessions import Note
from coach.ports import PostedNote
from coach.storage import erasing, rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite
from coach.storage.people import mentorship_of


class AddedCommitments(Connected):
    """Promises added by hand, for those who may see them."""

    def add_commitment(
        self, mentorship_id: str, added: AddedCommitment, *, by: Audience, made_at: datetime
    ) -> bool:
        """See Store."""
        row = rows.of_added(mentorship_id, added, by=by, made_at=made_at)
        with self._changing(mentorship_id) as connection:
            mentorship_of(connection, mentorship_id)
            erasing.check_not_erased(connection, [added.id])
            return sqlite.added(connection, tables.added_commitments, row)


def added_of(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> tuple[AddedCommitment, ...]:
    """What was added by a day, for those who may see it, in its order."""
    table = tables.added_commitments
    query = (
        select(table)
        .where(
            table.c.mentorship_id == mentorship_id,
            table.c.made_on <= as_of,
            table.c.visibility.in_(readable(audience)),
        )
        .order_by(table.c.made_on, table.c.seq)
    )
    return tuple(rows.added(row) for row in connection.execute(query))


def as_note(
    connection: Connection, mentorship_id: str, audience: Audience, note_id: str
) -> PostedNote | None:
    """The promise with this id as the note that it is, for those who may see it."""
    table = tables.added_commitments
    row = connection.execute(
        select(table).where(
            table.c.mentorship_id == mentorship_id,
            table.c.id == note_id,
            table.c.visibility.in_(readable(audience)),
        )
    ).one_or_none()
    if row is None:
        return None
    note = Note.model_construct(
        id=row.id,
        author=row.posted_by,
        visibility=row.visibility,
        format="text",
        text=row.action,
    )
    return PostedNote(note, None, row.posted_by)
