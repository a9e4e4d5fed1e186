"""Keeps what each engine read in notes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, null, select

from coach.agreement.access import readable
from coach.model.grounds import Grounds, Shown
from coach.model.people import BOTH, Audience, Visibility
from coach.model.readings import EngineName, Reading
from coach.ports import UnreadNote
from coach.storage import revisions, rows, tables
from coach.storage.connected import Connected
from coach.storage.consents import consents_of
from coach.storage.dialects import sqlite

_FOR_A_READING_SECONDS = 0.5
"""Longest wait for the database; a reading that cannot be kept is made again.

Chosen by hand; not measured.
"""


class Readings(Connected):
    """Readings of notes: one for each engine and version."""

    def save_reading(
        self, note_id: str, reading: Reading, *, made_at: datetime, of_day: date | None = None
    ) -> None:
        """See Store."""
        with self._writing(at_most=_FOR_A_READING_SECONDS) as connection:
            # Else it was erased, or moved to another day, while it was read.
            if revisions.move_on_with_note(connection, note_id, of_day=of_day):
                _save_reading(connection, note_id, reading, made_at=made_at)

    def save_second_reading(
        self, note_id: str, reading: Reading, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """See Store."""
        with self._writing() as connection:
            reason = standing_against(connection, rests_on)
            if reason is None:
                revisions.move_on(connection, rests_on.mentorship_id)
                _save_reading(connection, note_id, reading, made_at=made_at)
            return reason

    def withdrawn(self, rests_on: Grounds) -> str | None:
        """See Store."""
        with self._reading() as connection:
            return standing_against(connection, rests_on)

    def second_readings(
        self, mentorship_id: str, audience: Audience, as_of: date, versions: dict[Visibility, str]
    ) -> dict[str, Reading]:
        """See Store."""
        query = _read(mentorship_id, audience, as_of=as_of, by="llm").where(
            tables.readings.c.version.in_(versions.values())
        )
        with self._reading() as connection:
            return {
                row.note_id: rows.reading(row.reading)
                for row in connection.execute(query)
                if row.version == versions[row.visibility]
            }

    def unread(self, engine: EngineName, version: str) -> Iterator[UnreadNote]:
        """See Store."""
        readings = tables.readings
        made = select(readings.c.note_id).where(
            readings.c.engine == engine, readings.c.version == version, _failed().is_(None)
        )
        yield from self._without(made)

    def left_unread(self, engine: EngineName, version: str) -> Iterator[UnreadNote]:
        """See Store."""
        readings = tables.readings
        tried = select(readings.c.note_id).where(
            readings.c.engine == engine, (readings.c.version == version) | _failed().is_(None)
        )
        yield from self._without(tried)

    def _without(self, made: Select[tuple[str]]) -> Iterator[UnreadNote]:
        notes, sessions = tables.notes, tables.sessions
        query = (
            select(notes, sessions.c.mentorship_id, sessions.c.held_on)
            .join(sessions, sessions.c.id == notes.c.session_id)
            .where(notes.c.id.not_in(made))
            .order_by(sessions.c.held_on, sessions.c.seq, notes.c.seq)
        )
        with self._reading() as connection:
            found = connection.execute(query).all()
        for row in found:
            yield UnreadNote(row.mentorship_id, row.session_id, row.held_on, rows.note(row))


def readings_of(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> dict[str, Reading]:
    """Return the reading that counts of each note, by the note's id."""
    made = tables.readings.c.made_at, tables.readings.c.version
    whole = _failed().is_(None)  # the last one counts
    query = _read(mentorship_id, audience, as_of=as_of, by="embedded").order_by(whole, *made)
    return {row.note_id: rows.reading(row.reading) for row in connection.execute(query)}


def _read(
    mentorship_id: str, audience: Audience, *, as_of: date, by: EngineName
) -> Select[tuple[str, str, str, Visibility]]:
    """Select what an engine read in the notes that an audience may see by a day."""
    readings, notes, sessions = tables.readings, tables.notes, tables.sessions
    return (
        select(readings.c.note_id, readings.c.reading, readings.c.version, notes.c.visibility)
        .join(notes, notes.c.id == readings.c.note_id)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(
            sessions.c.mentorship_id == mentorship_id,
            sessions.c.held_on <= as_of,
            notes.c.visibility.in_(readable(audience)),
            readings.c.engine == by,
        )
    )


def _failed() -> ColumnElement[Any]:
    """Return what a reading failed with, null when it did not fail."""
    return sqlite.in_json(tables.readings.c.reading, "$.failed")


def _save_reading(
    connection: Connection, note_id: str, reading: Reading, *, made_at: datetime
) -> None:
    table = tables.readings
    connection.execute(
        delete(table).where(
            table.c.note_id == note_id,
            table.c.engine == reading.engine,
            table.c.version == reading.version,
        )
    )
    connection.execute(insert(table).values(rows.of_reading(note_id, reading, made_at=made_at)))


def standing_against(connection: Connection, rests_on: Grounds) -> str | None:
    """What stands against telling a model something, or keeping what it told of it."""
    if rests_on.agreed and consents_of(connection, rests_on.mentorship_id) != BOTH:
        return "not_agreed"
    return None if rests_on.stand(_shown(connection, rests_on.mentorship_id)) else "withdrawn"


def _shown(connection: Connection, mentorship_id: str) -> dict[str, Shown]:
    """All that a model may be shown of a mentorship, as it is now."""
    notes, sessions = tables.notes, tables.sessions
    others = [
        select(table.c.id, table.c.visibility, null()).where(table.c.mentorship_id == mentorship_id)
        for table in (tables.preparations, tables.added_commitments)
    ]
    every = (
        select(notes.c.id, notes.c.visibility, sessions.c.held_on)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(sessions.c.mentorship_id == mentorship_id)
        .union_all(*others)
    )
    said = _words(connection, mentorship_id)
    return {
        row.id: Shown(row.visibility, row.held_on, said[row.id])
        for row in connection.execute(every)
    }


def _words(connection: Connection, mentorship_id: str) -> Counter[str]:
    """How often people have put something right that was read in each note.

    Or in a promise added by hand.
    """
    table, facts = tables.corrections, tables.fact_corrections
    about = func.coalesce(table.c.note_id, table.c.added_id)
    counted = [
        select(about, func.count()).where(table.c.mentorship_id == mentorship_id).group_by(about),
        select(facts.c.note_id, func.count())
        .where(facts.c.mentorship_id == mentorship_id)
        .group_by(facts.c.note_id),
    ]
    found: Counter[str] = Counter()
    for each in counted:
        for note_id, times in connection.execute(each):
            found[note_id] += times
    return found
