"""Keeps when the two meet next, and which questions somebody has struck."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from coach.model.sessions import NextSession
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite
from coach.storage.people import mentorship_of

_MOST_STRUCK = 300
"""So many struck questions are kept of one person and mentorship, the newest: years of pages."""


class Planned(Connected):
    """What is planned and struck before a session."""

    def plan_session(
        self, mentorship_id: str, planned: NextSession | None, *, if_revision: int | None = None
    ) -> None:
        """See Store."""
        table = tables.next_sessions
        with self._changing(mentorship_id, if_revision) as connection:
            mentorship_of(connection, mentorship_id)
            connection.execute(delete(table).where(table.c.mentorship_id == mentorship_id))
            if planned is not None:
                row = {"mentorship_id": mentorship_id, **planned.model_dump()}
                connection.execute(insert(table).values(row))

    def planned_session(self, mentorship_id: str) -> NextSession | None:
        """See Store."""
        table = tables.next_sessions
        with self._reading() as connection:
            mentorship_of(connection, mentorship_id)
            row = connection.execute(
                select(table).where(table.c.mentorship_id == mentorship_id)
            ).one_or_none()
        return None if row is None else rows.next_session(row)

    def strike_question(
        self, person_id: str, mentorship_id: str, question_id: str, *, at: datetime | None
    ) -> None:
        """See Store."""
        table = tables.struck_questions
        theirs = (table.c.person_id == person_id) & (table.c.mentorship_id == mentorship_id)
        named = {"person_id": person_id, "mentorship_id": mentorship_id}
        with self._writing() as connection:
            if at is None:
                connection.execute(delete(table).where(theirs, table.c.question_id == question_id))
                return
            row = {**named, "question_id": question_id, "struck_at": at}
            sqlite.added(connection, table, row)
            newest = (
                select(table.c.seq).where(theirs).order_by(table.c.seq.desc()).limit(_MOST_STRUCK)
            )
            connection.execute(delete(table).where(theirs, table.c.seq.not_in(newest)))

    def struck_questions(self, person_id: str, mentorship_id: str) -> frozenset[str]:
        """See Store."""
        table = tables.struck_questions
        query = select(table.c.question_id).where(
            table.c.person_id == person_id, table.c.mentorship_id == mentorship_id
        )
        with self._reading() as connection:
            return frozenset(connection.execute(query).scalars())
