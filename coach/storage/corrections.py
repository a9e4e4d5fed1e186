"""Keeps what people say about commitments."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from coach.agreement.access import readable
from coach.errors import NotFound
from coach.model.commitments import Correction
from coach.model.people import Audience
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite


class Corrections(Connected):
    """Corrections; each is seen, and erased, with the note its commitment was made in."""

    def add_correction(
        self,
        mentorship_id: str,
        correction: Correction,
        *,
        by: Audience,
        made_at: datetime,
        if_revision: int | None = None,
    ) -> None:
        """See Store."""
        notes, sessions = tables.notes, tables.sessions
        seen = (
            select(notes.c.id)
            .join(sessions, sessions.c.id == notes.c.session_id)
            .where(
                sessions.c.mentorship_id == mentorship_id,
                notes.c.id == correction.note_id,
                notes.c.visibility.in_(readable(by)),
            )
        )
        row = rows.of_correction(mentorship_id, correction, by=by, made_at=made_at)
        with self._changing(mentorship_id, if_revision) as connection:
            if connection.execute(seen).one_or_none() is None:
                raise NotFound("no such commitment")
            sqlite.added(connection, tables.corrections, row)


def corrections_of(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> tuple[Correction, ...]:
    """Return corrections by a day, oldest first, of commitments in notes an audience may see."""
    table, notes, sessions = tables.corrections, tables.notes, tables.sessions
    query = (
        select(table)
        .join(notes, notes.c.id == table.c.note_id)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(
            sessions.c.mentorship_id == mentorship_id,
            sessions.c.held_on <= as_of,
            notes.c.visibility.in_(readable(audience)),
        )
        .order_by(table.c.seq)
    )
    return tuple(rows.correction(row) for row in connection.execute(query))
