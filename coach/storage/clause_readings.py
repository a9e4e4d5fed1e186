"""Keeps what was read in notes about the clauses of the contract in force on their day."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, ScalarSelect, Select, delete, func, insert, select

from coach.agreement.access import readable
from coach.model.grounds import Grounds
from coach.model.people import Audience
from coach.model.readings import ClauseReading, ClauseSignal, EngineName, Reading
from coach.ports import UnreadClauses
from coach.storage import revisions, rows, tables
from coach.storage.connected import Connected
from coach.storage.readings import standing_against

_FOR_A_READING_SECONDS = 0.5
"""Longest wait for the database; a reading that cannot be kept is made again.

Chosen by hand; not measured.
"""


class ClauseReadings(Connected):
    """Readings of notes for contract versions: one for each engine and version."""

    def save_clause_reading(
        self, note_id: str, reading: ClauseReading, *, made_at: datetime
    ) -> None:
        """See Store."""
        with self._writing(at_most=_FOR_A_READING_SECONDS) as connection:
            if revisions.move_on_with_note(connection, note_id):  # False: erased meanwhile
                _save(connection, note_id, reading, made_at=made_at)

    def save_second_clause_reading(
        self, note_id: str, reading: ClauseReading, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """See Store."""
        with self._writing() as connection:
            reason = standing_against(connection, rests_on)
            if reason is None:
                revisions.move_on(connection, rests_on.mentorship_id)
                _save(connection, note_id, reading, made_at=made_at)
            return reason

    def second_clause_readings(
        self, mentorship_id: str, audience: Audience, as_of: date, version: str
    ) -> dict[str, tuple[ClauseSignal, ...]]:
        """See Store."""
        query = _read(mentorship_id, audience, as_of=as_of, by="llm").where(
            tables.clause_readings.c.version == version
        )
        with self._reading() as connection:
            return _told(connection, query)

    def clauses_unread(
        self,
        engine: EngineName,
        version: str | None,
        *,
        mentorship_id: str | None = None,
        session_id: str | None = None,
    ) -> Iterator[UnreadClauses]:
        """See Store."""
        sessions = tables.sessions
        query = _unread(engine, version)
        if mentorship_id is not None:
            query = query.where(sessions.c.mentorship_id == mentorship_id)
        if session_id is not None:
            query = query.where(sessions.c.id == session_id)
        with self._reading() as connection:
            found = connection.execute(query).all()
        for row in found:
            yield UnreadClauses(
                row.mentorship_id, row.session_id, row.held_on, row.in_force, rows.note(row)
            )


def _save(
    connection: Connection, note_id: str, reading: ClauseReading, *, made_at: datetime
) -> None:
    table = tables.clause_readings
    connection.execute(
        delete(table).where(
            table.c.note_id == note_id,
            table.c.contract_version == reading.contract_version,
            table.c.engine == reading.engine,
            table.c.version == reading.version,
        )
    )
    row = rows.of_clause_reading(note_id, reading, made_at=made_at)
    connection.execute(insert(table).values(row))


def forget(connection: Connection, session_id: str) -> None:
    """Delete what was read in a session's notes, because its day has changed."""
    table, notes = tables.clause_readings, tables.notes
    theirs = select(notes.c.id).where(notes.c.session_id == session_id)
    connection.execute(delete(table).where(table.c.note_id.in_(theirs)))


def beside(
    connection: Connection,
    mentorship_id: str,
    audience: Audience,
    *,
    as_of: date,
    readings: Mapping[str, Reading],
) -> dict[str, Reading]:
    """Return readings with what each note says of the contract in force on its day."""
    table = tables.clause_readings
    made = table.c.made_at, table.c.version  # the last in order counts
    query = _read(mentorship_id, audience, as_of=as_of, by="embedded").order_by(*made)
    found = _told(connection, query)
    return {
        note_id: reading.having(ClauseSignal, found[note_id]) if found.get(note_id) else reading
        for note_id, reading in readings.items()
    }


def _read(
    mentorship_id: str, audience: Audience, *, as_of: date, by: EngineName
) -> Select[tuple[str, str]]:
    """What an engine read in the notes that an audience may see by then.

    About the contract of their day.
    """
    table, notes, sessions = tables.clause_readings, tables.notes, tables.sessions
    return (
        select(table.c.note_id, table.c.signals)
        .join(notes, notes.c.id == table.c.note_id)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(
            sessions.c.mentorship_id == mentorship_id,
            sessions.c.held_on <= as_of,
            notes.c.visibility.in_(readable(audience)),
            table.c.engine == by,
            table.c.contract_version == _in_force(),
        )
    )


def _told(
    connection: Connection, query: Select[tuple[str, str]]
) -> dict[str, tuple[ClauseSignal, ...]]:
    return {row.note_id: rows.clause_signals(row.signals) for row in connection.execute(query)}


def _unread(engine: EngineName, version: str | None) -> Select[tuple[object, ...]]:
    table, notes, sessions = tables.clause_readings, tables.notes, tables.sessions
    made = select(table.c.note_id).where(
        table.c.note_id == notes.c.id,
        table.c.contract_version == _in_force(),
        table.c.engine == engine,
    )
    if version is not None:
        made = made.where(table.c.version == version)
    return (
        select(notes, sessions.c.mentorship_id, sessions.c.held_on, _in_force().label("in_force"))
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(_in_force().is_not(None), ~made.exists())
        .order_by(sessions.c.held_on, sessions.c.seq, notes.c.seq)
    )


def _in_force() -> ScalarSelect[int]:
    """Select the contract version in force on a session's day, null before the first version.

    See `coach.agreement.contract`.
    """
    contracts, sessions = tables.contracts, tables.sessions
    return (
        select(func.max(contracts.c.version))
        .where(
            contracts.c.mentorship_id == sessions.c.mentorship_id,
            contracts.c.effective_from <= sessions.c.held_on,
        )
        .correlate(sessions)
        .scalar_subquery()
    )
