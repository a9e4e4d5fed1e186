"""Links that sign in once, and the devices that people are signed in on.

Of each secret only a fingerprint.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from coach.model.people import SignIn
from coach.ports import StoredInvite, StoredSignIn
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.members import account_of

_KEPT = timedelta(days=90)
"""So long a link that was opened or has expired is known as such, and not as one that never was."""


class SignIns(Connected):
    """Links and devices."""

    def add_invite(self, invite: StoredInvite) -> bool:
        """See Store."""
        table = tables.invites
        with self._writing() as connection:
            account_of(connection, invite.person_id)
            connection.execute(delete(table).where(table.c.expires_at < self._clock() - _KEPT))
            # The newest link is the one that counts.
            connection.execute(
                delete(table).where(
                    table.c.person_id == invite.person_id, table.c.opened_at.is_(None)
                )
            )
            taken = connection.execute(
                select(table.c.public_id).where(table.c.public_id == invite.public_id)
            )
            if taken.one_or_none() is not None:
                return False
            connection.execute(insert(table).values(invite._asdict()))
            return True

    def invite(self, public_id: str) -> StoredInvite | None:
        """See Store."""
        table = tables.invites
        with self._reading() as connection:
            row = connection.execute(
                select(table).where(table.c.public_id == public_id)
            ).one_or_none()
        return None if row is None else rows.invite(row)

    def open_invite(self, public_id: str, sign_in: StoredSignIn) -> bool:
        """See Store."""
        table, people = tables.invites, tables.people
        its = (
            (table.c.public_id == public_id)
            & (table.c.person_id == sign_in.person_id)
            & table.c.opened_at.is_(None)
        )
        with self._writing() as connection:
            opened = connection.execute(update(table).where(its).values(opened_at=sign_in.made_at))
            if not opened.rowcount:
                return False
            connection.execute(insert(tables.sign_ins).values(sign_in._asdict()))
            connection.execute(
                update(people)
                .where(people.c.id == sign_in.person_id)
                .values(signed_in_at=sign_in.made_at)
            )
            return True

    def sign_in(self, sign_in_id: str) -> StoredSignIn | None:
        """See Store."""
        table = tables.sign_ins
        with self._reading() as connection:
            row = connection.execute(select(table).where(table.c.id == sign_in_id)).one_or_none()
        return None if row is None else rows.stored_sign_in(row)

    def sign_ins(self, person_id: str, *, seen_since: datetime) -> list[SignIn]:
        """See Store."""
        table = tables.sign_ins
        query = (
            select(table)
            .where(table.c.person_id == person_id, table.c.seen_at >= seen_since)
            .order_by(table.c.seq.desc())
        )
        with self._reading() as connection:
            return [rows.sign_in(row) for row in connection.execute(query)]

    def see_sign_in(self, sign_in_id: str, *, at: datetime) -> None:
        """See Store."""
        table = tables.sign_ins
        with self._writing() as connection:
            connection.execute(update(table).where(table.c.id == sign_in_id).values(seen_at=at))

    def end_sign_in(self, person_id: str, sign_in_id: str) -> bool:
        """See Store."""
        table = tables.sign_ins
        its = (table.c.id == sign_in_id) & (table.c.person_id == person_id)
        with self._writing() as connection:
            return connection.execute(delete(table).where(its)).rowcount == 1
