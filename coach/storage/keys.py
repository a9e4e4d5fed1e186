"""Keeps API keys."""

from datetime import datetime

from sqlalchemy import select, update

from coach.ports import StoredKey
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite
from coach.storage.people import mentorship_of


class Keys(Connected):
    """The keys of a mentorship, without their secrets."""

    def add_key(self, key: StoredKey) -> bool:
        """See Store."""
        with self._writing() as connection:
            mentorship_of(connection, key.mentorship_id)
            return sqlite.added(connection, tables.keys, key._asdict())

    def key(self, public_id: str) -> StoredKey | None:
        """See Store."""
        with self._reading() as connection:
            row = connection.execute(
                select(tables.keys).where(tables.keys.c.public_id == public_id)
            ).one_or_none()
        return None if row is None else rows.key(row)

    def keys(self, mentorship_id: str) -> list[StoredKey]:
        """See Store."""
        table = tables.keys
        with self._reading() as connection:
            mentorship_of(connection, mentorship_id)
            found = connection.execute(
                select(table).where(table.c.mentorship_id == mentorship_id).order_by(table.c.seq)
            )
            return [rows.key(row) for row in found]

    def revoke_key(self, mentorship_id: str, key_id: str, *, at: datetime) -> bool:
        """See Store."""
        table = tables.keys
        here = (table.c.mentorship_id == mentorship_id) & (table.c.id == key_id)
        with self._writing() as connection:
            found = connection.execute(select(table.c.id).where(here)).one_or_none()
            connection.execute(
                update(table).where(here, table.c.revoked_at.is_(None)).values(revoked_at=at)
            )
            return found is not None
