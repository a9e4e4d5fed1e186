"""Keeps sessions and their notes."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from coach.agreement.access import readable
from coach.errors import NotFound
from coach.model.people import Audience, Mentorship, Role, Visibility
from coach.model.sessions import Note, Session
from coach.ports import PostedNote, SessionChange
from coach.storage import added, answers, challenges, clause_readings, erasing, rows, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite
from coach.storage.people import mentorship_of, told
from coach.storage.views import seen_by


class Sessions(Connected):
    """Each meeting with its notes, and who may see them."""

    def add_session(self, mentorship_id: str, session: Session, *, posted_by: Role) -> bool:
        """See Store."""
        with self._changing(mentorship_id) as connection:
            mentorship_of(connection, mentorship_id)
            erasing.check_not_erased(connection, [session.id])
            row = rows.of_session(
                mentorship_id, session, posted_by=posted_by, recorded_at=self._clock()
            )
            if not sqlite.added(connection, tables.sessions, row):
                return False
            for note in session.notes:
                connection.execute(
                    insert(tables.notes).values(rows.of_note(session.id, note, posted_by=posted_by))
                )
            return True

    def add_note(self, mentorship_id: str, session_id: str, note: Note, *, posted_by: Role) -> bool:
        """See Store."""
        table = tables.sessions
        with self._changing(mentorship_id) as connection:
            here = (table.c.mentorship_id == mentorship_id) & (table.c.id == session_id)
            if posted_by != "admin":
                here &= seen_by(posted_by)
            erasing.check_not_erased(connection, [note.id])
            if connection.execute(select(table.c.id).where(here)).one_or_none() is None:
                raise NotFound("no such session")
            row = rows.of_note(session_id, note, posted_by=posted_by)
            return sqlite.added(connection, tables.notes, row)

    def poster(self, mentorship_id: str, audience: Audience, session_id: str) -> Role:
        """See Store."""
        table = tables.sessions
        query = select(table.c.posted_by).where(
            table.c.mentorship_id == mentorship_id, table.c.id == session_id, seen_by(audience)
        )
        with self._reading() as connection:
            found: Role | None = connection.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound("no such session")
        return found

    def posted_note(self, mentorship_id: str, audience: Audience, note_id: str) -> PostedNote:
        """See Store."""
        notes, sessions = tables.notes, tables.sessions
        query = select(notes).join(sessions, sessions.c.id == notes.c.session_id)
        query = query.where(
            sessions.c.mentorship_id == mentorship_id,
            notes.c.id == note_id,
            notes.c.visibility.in_(readable(audience)),
        )
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
            by_hand = added.as_note(connection, mentorship_id, audience, note_id)
        if row is not None:
            return PostedNote(rows.note(row), row.session_id, row.posted_by)
        if by_hand is None:
            raise NotFound("no such note")
        return by_hand

    def notes(self, note_ids: Sequence[str]) -> tuple[Note, ...]:
        """See Store."""
        table = tables.notes
        query = select(table).where(table.c.id.in_(note_ids)).order_by(table.c.seq)
        with self._reading() as connection:
            return tuple(rows.note(row) for row in connection.execute(query))

    def sessions(self, mentorship_id: str, audience: Audience, as_of: date) -> tuple[Session, ...]:
        """See Store."""
        with self._reading() as connection:
            return sessions_of(connection, mentorship_id, audience, as_of=as_of)

    def set_visibility(
        self,
        mentorship_id: str,
        note_id: str,
        visibility: Visibility,
        *,
        if_revision: int | None = None,
    ) -> None:
        """See Store."""
        with self._changing(mentorship_id, if_revision) as connection:
            challenges.forget(connection, [note_id])
            for table in (tables.notes, tables.added_commitments):
                here = table.c.id == note_id
                before = connection.execute(select(table.c.visibility).where(here)).scalar()
                if before is not None:
                    connection.execute(update(table).where(here).values(visibility=visibility))
                    answers.take_back(connection, mentorship_id, before)
                    return
            raise NotFound("no such note")

    def change_session(  # noqa: PLR0913 - what it is changed by, and what stands against that
        self,
        mentorship_id: str,
        session_id: str,
        change: SessionChange,
        *,
        by: Audience,
        settled: bool = False,
        if_revision: int | None = None,
    ) -> tuple[Note, ...]:
        """See Store."""
        table, notes, readings = tables.sessions, tables.notes, tables.readings
        values = {name: getattr(change, name) for name in change.fields}
        with self._changing(mentorship_id, if_revision) as connection:
            erasing.check_poster(connection, mentorship_id, session_id, by=by, settled=settled)
            if values:
                connection.execute(update(table).where(table.c.id == session_id).values(values))
                answers.take_back(connection, mentorship_id, "shared")
            written = select(notes).where(notes.c.session_id == session_id).order_by(notes.c.seq)
            found = tuple(rows.note(row) for row in connection.execute(written))
            if "held_on" in values:
                ids = [note.id for note in found]
                connection.execute(delete(readings).where(readings.c.note_id.in_(ids)))
                clause_readings.forget(connection, session_id)
                challenges.forget(connection, ids)
            return found

    def every_session(self) -> Iterator[tuple[Mentorship, Session]]:
        """See Store."""
        with self._reading() as connection:
            found = connection.execute(
                select(tables.mentorships).order_by(tables.mentorships.c.seq)
            ).all()
            people = [told(connection, row) for row in found]
        for mentorship in people:
            with self._reading() as connection:
                held = sessions_of(connection, mentorship.id, None, as_of=date.max)
            for session in held:
                yield mentorship, session


def sessions_of(
    connection: Connection, mentorship_id: str, audience: Audience | None, *, as_of: date
) -> tuple[Session, ...]:
    """Return every session up to a day with the notes an audience may see; None is maintenance."""
    sessions, notes = tables.sessions, tables.notes
    held = (
        select(sessions)
        .where(sessions.c.mentorship_id == mentorship_id, sessions.c.held_on <= as_of)
        .order_by(sessions.c.held_on, sessions.c.seq)
    )
    written = (
        select(notes)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(sessions.c.mentorship_id == mentorship_id, sessions.c.held_on <= as_of)
        .order_by(notes.c.seq)
    )
    if audience is not None:
        held = held.where(seen_by(audience))
        written = written.where(notes.c.visibility.in_(readable(audience)))
    by_session: dict[str, list[Note]] = {}
    for row in connection.execute(written):
        by_session.setdefault(row.session_id, []).append(rows.note(row))
    return tuple(
        rows.session(row, tuple(by_session.get(row.id, ()))) for row in connection.execute(held)
    )
