"""Keeps who opened or changed what, day by day, for a while."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select

from coach.agreement.access import readable
from coach.model.accesses import Access
from coach.model.people import Audience
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite

ACCESS_DAYS = 90
"""So long it is kept: a quarter of a year of sessions to look back on.

A row stands for a day, so that a mentorship has at most a few dozen rows a day.
"""


class Accesses(Connected):
    """The record of accesses."""

    def add_accesses(self, found: Iterable[tuple[str, Access]]) -> None:
        """See Store."""
        table, pairs = tables.accesses, tables.mentorships
        kept = [rows.of_access(mentorship_id, each) for mentorship_id, each in found]
        with self._writing() as connection:
            named = {row["mentorship_id"] for row in kept}
            there = set(
                connection.execute(select(pairs.c.id).where(pairs.c.id.in_(named))).scalars()
            )
            for row in kept:
                if row["mentorship_id"] in there:
                    sqlite.put(connection, table, row)
            since = (self._clock() - timedelta(days=ACCESS_DAYS)).date()
            connection.execute(delete(table).where(table.c.day < since))

    def accesses(self, mentorship_id: str, audience: Audience) -> list[Access]:
        """See Store."""
        table = tables.accesses
        query = (
            select(table)
            .where(
                table.c.mentorship_id == mentorship_id,
                table.c.visibility.in_(readable(audience)),
                table.c.day >= (self._clock() - timedelta(days=ACCESS_DAYS)).date(),
            )
            .order_by(table.c.last_at.desc(), table.c.what, table.c.by)
        )
        with self._reading() as connection:
            return [rows.access(row) for row in connection.execute(query)]
