"""What people say of commitments and of facts."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from coach.agreement.access import readable
from coach.errors import NotFound
from coach.model.commitments import Correction
from coach.model.facts import FactCorrection
from coach.model.people import Audience
from coach.storage import added, rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite


class Corrections(Connected):
    """Corrections: each seen, and erased, with the note, or the added promise, that it is about."""

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
        with self._changing(mentorship_id, if_revision) as connection:
            of_note = seen_note(connection, mentorship_id, correction.note_id, by=by)
            if not of_note and not added.as_note(connection, mentorship_id, by, correction.note_id):
                raise NotFound("no such commitment")
            row = rows.of_correction(
                mentorship_id, correction, by=by, made_at=made_at, of_note=of_note
            )
            sqlite.added(connection, tables.corrections, row)

    def add_fact_correction(
        self,
        mentorship_id: str,
        correction: FactCorrection,
        *,
        made_at: datetime,
        if_revision: int | None = None,
    ) -> None:
        """See Store."""
        row = rows.of_fact_correction(mentorship_id, correction, made_at=made_at)
        with self._changing(mentorship_id, if_revision) as connection:
            if not seen_note(connection, mentorship_id, correction.note_id, by=correction.by):
                raise NotFound("no such fact")
            sqlite.added(connection, tables.fact_corrections, row)


def seen_note(connection: Connection, mentorship_id: str, note_id: str, *, by: Audience) -> bool:
    """Whether a mentorship has this note and an audience may see it."""
    notes, sessions = tables.notes, tables.sessions
    seen = (
        select(notes.c.id)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(
            sessions.c.mentorship_id == mentorship_id,
            notes.c.id == note_id,
            notes.c.visibility.in_(readable(by)),
        )
    )
    return connection.execute(seen).one_or_none() is not None


def corrections_of(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> tuple[Correction, ...]:
    """What people said of commitments made by a day that an audience may see.

    In the order it was said.
    """
    table, notes, sessions, by_hand = (
        tables.corrections,
        tables.notes,
        tables.sessions,
        tables.added_commitments,
    )
    query = (
        select(table)
        .outerjoin(notes, notes.c.id == table.c.note_id)
        .outerjoin(sessions, sessions.c.id == notes.c.session_id)
        .outerjoin(by_hand, by_hand.c.id == table.c.added_id)
        .where(table.c.mentorship_id == mentorship_id, _shown(audience, as_of))
        .order_by(table.c.seq)
    )
    return tuple(rows.correction(row) for row in connection.execute(query))


def fact_corrections_of(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> tuple[FactCorrection, ...]:
    """What people said of facts in notes of sessions up to a day that an audience may see.

    In the order it was said.
    """
    table, notes, sessions = tables.fact_corrections, tables.notes, tables.sessions
    query = (
        select(table)
        .join(notes, notes.c.id == table.c.note_id)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(
            table.c.mentorship_id == mentorship_id,
            sessions.c.held_on <= as_of,
            notes.c.visibility.in_(readable(audience)),
        )
        .order_by(table.c.seq)
    )
    return tuple(rows.fact_correction(row) for row in connection.execute(query))


def _shown(audience: Audience, as_of: date) -> ColumnElement[bool]:
    """What was made by a day, in what an audience may see."""
    notes, sessions, by_hand = tables.notes, tables.sessions, tables.added_commitments
    visible = readable(audience)
    return or_(
        and_(sessions.c.held_on <= as_of, notes.c.visibility.in_(visible)),
        and_(by_hand.c.made_on <= as_of, by_hand.c.visibility.in_(visible)),
    )
