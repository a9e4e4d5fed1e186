"""People with an account, and the mentorships they are part of."""

from datetime import date

from sqlalchemy import func, select, update

from coach.errors import NotFound
from coach.model.people import Account, Meetings, Membership, Side
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite
from coach.storage.members import account_of
from coach.storage.people import told
from coach.storage.views import seen_by


class Accounts(Connected):
    """Who can sign in, and what they are part of."""

    def add_account(self, account: Account) -> bool:
        """See Store."""
        with self._writing() as connection:
            return sqlite.added(connection, tables.people, account.model_dump())

    def account(self, person_id: str) -> Account:
        """See Store."""
        with self._reading() as connection:
            return account_of(connection, person_id)

    def accounts(self) -> list[Account]:
        """See Store."""
        table = tables.people
        with self._reading() as connection:
            found = connection.execute(select(table).order_by(table.c.seq))
            return [rows.account(row) for row in found]

    def name_account(self, person_id: str, name: str) -> None:
        """See Store."""
        table = tables.people
        with self._writing() as connection:
            connection.execute(update(table).where(table.c.id == person_id).values(name=name))

    def memberships(self, person_id: str) -> list[Membership]:
        """See Store."""
        table, pairs = tables.memberships, tables.mentorships
        query = (
            select(table.c.side, pairs)
            .join(pairs, pairs.c.id == table.c.mentorship_id)
            .where(table.c.person_id == person_id)
            .order_by(pairs.c.seq)
        )
        with self._reading() as connection:
            return [
                Membership(mentorship=told(connection, row), side=row.side)
                for row in connection.execute(query).all()
            ]

    def side_of(self, person_id: str, mentorship_id: str) -> Side:
        """See Store."""
        table = tables.memberships
        its = (table.c.person_id == person_id) & (table.c.mentorship_id == mentorship_id)
        with self._reading() as connection:
            side: Side | None = connection.execute(
                select(table.c.side).where(its)
            ).scalar_one_or_none()
        if side is None:
            raise NotFound("no such mentorship")
        return side

    def meetings(self, *, until: date) -> list[Meetings]:
        """See Store."""
        pairs, sessions = tables.mentorships, tables.sessions
        held = (
            (sessions.c.mentorship_id == pairs.c.id)
            & (sessions.c.held_on <= until)
            & seen_by("tool")
        )
        query = (
            select(pairs, func.count(sessions.c.id), func.max(sessions.c.held_on))
            .select_from(pairs.outerjoin(sessions, held))
            .where(pairs.c.sample_on.is_(None))
            .group_by(pairs.c.seq)
            .order_by(pairs.c.seq)
        )
        with self._reading() as connection:
            return [
                Meetings(
                    mentorship=told(connection, row),
                    count=row[-2],
                    last_on=row[-1],
                )
                for row in connection.execute(query).all()
            ]
