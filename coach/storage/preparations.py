"""Keeps what each side wants from the next session."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from coach.agreement.access import readable
from coach.model.people import Audience
from coach.model.sessions import Preparation
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite
from coach.storage.people import mentorship_of
from coach.storage.views import seen_by


class Preparations(Connected):
    """Preparations, for those who may see them."""

    def add_preparation(
        self, mentorship_id: str, preparation: Preparation, *, made_at: datetime
    ) -> bool:
        """See Store."""
        row = rows.of_preparation(mentorship_id, preparation, made_at=made_at)
        with self._changing(mentorship_id) as connection:
            mentorship_of(connection, mentorship_id)
            return sqlite.added(connection, tables.preparations, row)

    def preparations(
        self, mentorship_id: str, audience: Audience, as_of: date
    ) -> list[Preparation]:
        """See Store."""
        with self._reading() as connection:
            return preparations_of(connection, mentorship_id, audience, as_of=as_of)


def preparations_of(
    connection: Connection,
    mentorship_id: str,
    audience: Audience,
    *,
    as_of: date,
    pending_only: bool = False,
) -> list[Preparation]:
    """Return preparations made by a day, oldest first; `pending_only` for the next session."""
    table, sessions = tables.preparations, tables.sessions
    query = (
        select(table)
        .where(
            table.c.mentorship_id == mentorship_id,
            table.c.made_on <= as_of,
            table.c.visibility.in_(readable(audience)),
        )
        .order_by(table.c.seq)
    )
    if pending_only:
        later = (sessions.c.held_on > table.c.made_on) | (
            (sessions.c.held_on == table.c.made_on) & (sessions.c.recorded_at > table.c.made_at)
        )
        query = query.where(
            ~select(sessions.c.id)
            .where(
                sessions.c.mentorship_id == mentorship_id,
                sessions.c.held_on <= as_of,
                later,
                seen_by(audience),
            )
            .exists()
        )
    return [rows.preparation(row) for row in connection.execute(query)]
