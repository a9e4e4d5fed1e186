"""Keeps mentorships, and who agreed to an external model."""

from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from coach.errors import NotFound
from coach.model.people import Mentorship, Side
from coach.ports import MentorshipChange
from coach.storage import answers, erasing, members, revisions, rows, tables
from coach.storage.connected import Connected
from coach.storage.consents import consents_of
from coach.storage.dialects import sqlite

_DATES = frozenset({"paused_until", "ended_on"})


class People(Connected):
    """What the store keeps of the two people."""

    def add_mentorship(self, mentorship: Mentorship) -> bool:
        """See Store."""
        with self._writing() as connection:
            erasing.check_not_erased(connection, [mentorship.id])
            row = rows.of_mentorship(mentorship)
            added = sqlite.added(connection, tables.mentorships, row)
            if added:
                members.join(connection, mentorship)
            return added

    def mentorship(self, mentorship_id: str) -> Mentorship:
        """See Store."""
        with self._reading() as connection:
            return mentorship_of(connection, mentorship_id)

    def mentorships(self, *, after: str | None, limit: int) -> list[Mentorship]:
        """See Store."""
        table = tables.mentorships
        query = select(table).where(table.c.sample_on.is_(None)).order_by(table.c.seq).limit(limit)
        if after is not None:
            query = query.where(
                table.c.seq > select(table.c.seq).where(table.c.id == after).scalar_subquery()
            )
        with self._reading() as connection:
            found = connection.execute(query).all()
            return [told(connection, row) for row in found]

    def change_mentorship(
        self,
        mentorship_id: str,
        change: MentorshipChange,
        *,
        by: Side,
        if_revision: int | None = None,
    ) -> None:
        """See Store."""
        table = tables.mentorships
        dates = {name: getattr(change, name) for name in change.fields & _DATES}
        with self._changing(mentorship_id, if_revision) as connection:
            mentorship_of(connection, mentorship_id)
            if dates:
                connection.execute(update(table).where(table.c.id == mentorship_id).values(dates))
            if "external_llm" in change.fields:
                _agree(connection, mentorship_id, by, agrees=bool(change.external_llm))
            if "erasure_asked" in change.fields:
                erasing.keep_after_all(connection, mentorship_id, by)

    def revision(self, mentorship_id: str) -> int:
        """See Store."""
        with self._reading() as connection:
            return revisions.now_at(connection, mentorship_id)


def _agree(connection: Connection, mentorship_id: str, side: Side, *, agrees: bool) -> None:
    table = tables.llm_consents
    its = (table.c.mentorship_id == mentorship_id) & (table.c.side == side)
    if agrees:
        sqlite.added(connection, table, {"mentorship_id": mentorship_id, "side": side})
    elif connection.execute(delete(table).where(its)).rowcount:
        # What a model said is no longer shown, and not repeated.
        answers.take_back(connection, mentorship_id, "shared")


def mentorship_of(connection: Connection, mentorship_id: str) -> Mentorship:
    """Return the mentorship with this id; raises NotFound."""
    row = connection.execute(
        select(tables.mentorships).where(tables.mentorships.c.id == mentorship_id)
    ).one_or_none()
    if row is None:
        raise NotFound("no such mentorship")
    return told(connection, row)


def told(connection: Connection, row: Row[Any]) -> Mentorship:
    """A mentorship from its row, and from what its sides have agreed to."""
    return rows.mentorship(
        row, consents=consents_of(connection, row.id), erasing=erasing.asked_by(connection, row.id)
    )
