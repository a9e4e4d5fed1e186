"""SqlStore: every method one transaction over the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_or_keep

from coach.access import readable
from coach.errors import NotFound, StoreUnavailable
from coach.grounds import Grounds
from coach.model import (
    Audience,
    Contract,
    Correction,
    EngineName,
    History,
    Mentorship,
    Note,
    Preparation,
    Reading,
    Role,
    Session,
    Side,
    Visibility,
)
from coach.ports import Answer, Clock, PostedNote, StoredKey, UnreadNote
from coach.storage import rows, sqlite, tables

_ANSWERS_KEPT = timedelta(hours=24)
_BOTH: frozenset[Side] = frozenset({"mentor", "mentee"})
# As long as the first in line waits for another process: the next ones do not wait as long once more, each after the other.
_TURN_SECONDS = 5.0
_OUTDATED = 0
"""In the place of a status: an answer that is still being made, of which something was withdrawn meanwhile."""


class SqlStore:
    """The store on an SQLAlchemy engine whose database is migrated."""

    def __init__(self, engine: Engine, *, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._writers = Lock()

    def check(self) -> None:
        """See Store."""
        with self._reading() as connection:
            connection.execute(select(tables.mentorships.c.seq).limit(1))

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def add_mentorship(self, mentorship: Mentorship) -> bool:
        """See Store."""
        with self._writing() as connection:
            return _added(connection, tables.mentorships, rows.of_mentorship(mentorship))

    def mentorship(self, mentorship_id: str) -> Mentorship:
        """See Store."""
        with self._reading() as connection:
            return _mentorship(connection, mentorship_id)

    def mentorships(self, *, after: str | None, limit: int) -> list[Mentorship]:
        """See Store."""
        table = tables.mentorships
        query = select(table).order_by(table.c.seq).limit(limit)
        if after is not None:
            query = query.where(
                table.c.seq > select(table.c.seq).where(table.c.id == after).scalar_subquery()
            )
        with self._reading() as connection:
            found = connection.execute(query).all()
            return [rows.mentorship(row, _consents(connection, row.id)) for row in found]

    def replace_mentorship(self, mentorship: Mentorship) -> None:
        """See Store."""
        with self._writing() as connection:
            connection.execute(
                update(tables.mentorships)
                .where(tables.mentorships.c.id == mentorship.id)
                .values(rows.of_mentorship(mentorship))
            )

    def llm_consent(self, mentorship_id: str) -> frozenset[Side]:
        """See Store."""
        with self._reading() as connection:
            return _consents(connection, mentorship_id)

    def set_llm_consent(self, mentorship_id: str, side: Side, *, agrees: bool) -> None:
        """See Store."""
        table = tables.llm_consents
        with self._writing() as connection:
            if agrees:
                _added(connection, table, {"mentorship_id": mentorship_id, "side": side})
            else:
                connection.execute(
                    delete(table).where(
                        table.c.mentorship_id == mentorship_id, table.c.side == side
                    )
                )

    def add_key(self, key: StoredKey) -> bool:
        """See Store."""
        with self._writing() as connection:
            return _added(connection, tables.keys, key._asdict())

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
            _mentorship(connection, mentorship_id)
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

    def add_contract(self, mentorship_id: str, contract: Contract) -> Contract:
        """See Store."""
        with self._writing() as connection:
            _mentorship(connection, mentorship_id)
            version = len(_contracts(connection, mentorship_id)) + 1
            numbered = contract.model_copy(update={"version": version})
            connection.execute(
                insert(tables.contracts).values(rows.of_contract(mentorship_id, numbered))
            )
            return numbered

    def contracts(self, mentorship_id: str) -> list[Contract]:
        """See Store."""
        with self._reading() as connection:
            return _contracts(connection, mentorship_id)

    def agree(self, mentorship_id: str, version: int, side: Side) -> Contract:
        """See Store."""
        table = tables.contracts
        with self._writing() as connection:
            for contract in _contracts(connection, mentorship_id):
                if contract.version == version:
                    break
            else:
                raise NotFound("no such version of the contract")
            agreed_by = tuple(sorted({*contract.agreed_by, side}, reverse=True))
            connection.execute(
                update(table)
                .where(table.c.mentorship_id == mentorship_id, table.c.version == version)
                .values(agreed_by=list(agreed_by))
            )
            return contract.model_copy(update={"agreed_by": agreed_by})

    def add_session(self, mentorship_id: str, session: Session, *, posted_by: Role) -> bool:
        """See Store."""
        row = rows.of_session(mentorship_id, session, recorded_at=self._clock())
        with self._writing() as connection:
            _mentorship(connection, mentorship_id)
            if not _added(connection, tables.sessions, row):
                return False
            for note in session.notes:
                connection.execute(
                    insert(tables.notes).values(rows.of_note(session.id, note, posted_by=posted_by))
                )
            return True

    def add_note(self, mentorship_id: str, session_id: str, note: Note, *, posted_by: Role) -> bool:
        """See Store."""
        table = tables.sessions
        with self._writing() as connection:
            here = (table.c.mentorship_id == mentorship_id) & (table.c.id == session_id)
            if connection.execute(select(table.c.id).where(here)).one_or_none() is None:
                raise NotFound("no such session")
            row = rows.of_note(session_id, note, posted_by=posted_by)
            return _added(connection, tables.notes, row)

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
        if row is None:
            raise NotFound("no such note")
        return PostedNote(rows.note(row), row.session_id, row.posted_by)

    def set_visibility(self, mentorship_id: str, note_id: str, visibility: Visibility) -> None:
        """See Store."""
        with self._writing() as connection:
            connection.execute(
                update(tables.notes)
                .where(tables.notes.c.id == note_id)
                .values(visibility=visibility)
            )
            _forget_answers(connection, mentorship_id)

    def erase_note(self, mentorship_id: str, note_id: str) -> None:
        """See Store."""
        with self._writing() as connection:
            connection.execute(delete(tables.notes).where(tables.notes.c.id == note_id))
            _forget_answers(connection, mentorship_id)
        self.finish_erasing()

    def add_preparation(
        self, mentorship_id: str, preparation: Preparation, *, made_at: datetime
    ) -> bool:
        """See Store."""
        row = rows.of_preparation(mentorship_id, preparation, made_at=made_at)
        with self._writing() as connection:
            _mentorship(connection, mentorship_id)
            return _added(connection, tables.preparations, row)

    def preparations(
        self, mentorship_id: str, audience: Audience, as_of: date
    ) -> list[Preparation]:
        """See Store."""
        with self._reading() as connection:
            return _preparations(connection, mentorship_id, audience, as_of=as_of)

    def add_correction(
        self, mentorship_id: str, correction: Correction, *, by: Audience, made_at: datetime
    ) -> None:
        """See Store."""
        notes, sessions = tables.notes, tables.sessions
        seen = (
            select(notes.c.id)
            .join(sessions, sessions.c.id == notes.c.session_id)
            .where(
                sessions.c.mentorship_id == mentorship_id,
                notes.c.id == correction.note_id,
                notes.c.visibility.in_(readable(by)),
            )
        )
        row = rows.of_correction(mentorship_id, correction, by=by, made_at=made_at)
        with self._writing() as connection:
            if connection.execute(seen).one_or_none() is None:
                raise NotFound("no such commitment")
            _added(connection, tables.corrections, row)

    def history(self, mentorship_id: str, audience: Audience, as_of: date) -> History:
        """See Store."""
        with self._reading() as connection:
            mentorship = _mentorship(connection, mentorship_id)
            contracts = _contracts(connection, mentorship_id)
            return History(
                mentorship=mentorship,
                audience=audience,
                as_of=as_of,
                contracts=tuple(each for each in contracts if each.effective_from <= as_of),
                sessions=_sessions(connection, mentorship_id, audience, as_of=as_of),
                readings=_readings(connection, mentorship_id, audience, as_of=as_of),
                preparations=tuple(
                    _preparations(
                        connection, mentorship_id, audience, as_of=as_of, pending_only=True
                    )
                ),
                corrections=_corrections(connection, mentorship_id, audience, as_of=as_of),
            )

    def save_reading(self, note_id: str, reading: Reading, *, made_at: datetime) -> None:
        """See Store."""
        with self._writing() as connection:
            if not connection.execute(
                select(tables.notes.c.id).where(tables.notes.c.id == note_id)
            ).one_or_none():
                return  # erased while it was read
            _save_reading(connection, note_id, reading, made_at=made_at)

    def save_second_reading(
        self, note_id: str, reading: Reading, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """See Store."""
        with self._writing() as connection:
            reason = _withdrawn(connection, rests_on)
            if reason is None:
                _save_reading(connection, note_id, reading, made_at=made_at)
            return reason

    def withdrawn(self, rests_on: Grounds) -> str | None:
        """See Store."""
        with self._reading() as connection:
            return _withdrawn(connection, rests_on)

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
        notes, sessions, readings = tables.notes, tables.sessions, tables.readings
        made = select(readings.c.note_id).where(
            readings.c.engine == engine, readings.c.version == version, _failed().is_(None)
        )
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

    def every_session(self) -> Iterator[tuple[Mentorship, Session]]:
        """See Store."""
        with self._reading() as connection:
            found = connection.execute(
                select(tables.mentorships).order_by(tables.mentorships.c.seq)
            ).all()
            people = [rows.mentorship(row, _consents(connection, row.id)) for row in found]
        for mentorship in people:
            with self._reading() as connection:
                held = _sessions(connection, mentorship.id, None, as_of=date.max)
            for session in held:
                yield mentorship, session

    def begin_answer(
        self, scope: str, key: str, request_digest: str, *, mentorship_id: str | None, at: datetime
    ) -> Answer | None:
        """See Store."""
        table = tables.answers
        here = (table.c.scope == scope) & (table.c.key == key)
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.begun_at < at - _ANSWERS_KEPT))
            row = connection.execute(select(table).where(here)).one_or_none()
            if row is not None:
                return Answer(row.request_digest, row.status, row.body)
            connection.execute(
                insert(table).values(
                    scope=scope,
                    key=key,
                    mentorship_id=mentorship_id,
                    request_digest=request_digest,
                    begun_at=at,
                )
            )
            return None

    def keep_answer(self, scope: str, key: str, *, status: int, body: bytes) -> None:
        """See Store."""
        table = tables.answers
        with self._writing() as connection:
            connection.execute(
                update(table)
                .where(table.c.scope == scope, table.c.key == key)
                .values(status=status, body=case((table.c.status.is_(None), body)))
            )

    def drop_answer(self, scope: str, key: str) -> None:
        """See Store."""
        table = tables.answers
        with self._writing() as connection:
            connection.execute(
                delete(table).where(
                    table.c.scope == scope, table.c.key == key, table.c.status.is_(None)
                )
            )

    def drop_unfinished_answers(self) -> None:
        """Give up claims of a process that died; for the one process that may write, at its start."""
        with self._writing() as connection:
            connection.execute(delete(tables.answers).where(tables.answers.c.status.is_(None)))

    def finish_erasing(self) -> None:
        """Rid the files of what a process that died had erased from the tables, but not from the log."""
        with sqlite.translated():
            sqlite.checkpoint(self._engine)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with sqlite.translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        # Writers of this process wait in line here: SQLite would make them poll, and some would starve.
        if not self._writers.acquire(timeout=_TURN_SECONDS):
            raise StoreUnavailable("the database is busy")
        try:
            with (
                sqlite.translated(),
                self._engine.connect().execution_options(writes=True) as connection,
                connection.begin(),
            ):
                yield connection
        finally:
            self._writers.release()


def _added(connection: Connection, table: Table, row: dict[str, object]) -> bool:
    return (
        connection.execute(insert_or_keep(table).values(row).on_conflict_do_nothing()).rowcount == 1
    )


def _mentorship(connection: Connection, mentorship_id: str) -> Mentorship:
    row = connection.execute(
        select(tables.mentorships).where(tables.mentorships.c.id == mentorship_id)
    ).one_or_none()
    if row is None:
        raise NotFound("no such mentorship")
    return rows.mentorship(row, _consents(connection, mentorship_id))


def _consents(connection: Connection, mentorship_id: str) -> frozenset[Side]:
    table = tables.llm_consents
    return frozenset(
        connection.execute(
            select(table.c.side).where(table.c.mentorship_id == mentorship_id)
        ).scalars()
    )


def _contracts(connection: Connection, mentorship_id: str) -> list[Contract]:
    table = tables.contracts
    found = connection.execute(
        select(table).where(table.c.mentorship_id == mentorship_id).order_by(table.c.version)
    )
    return [rows.contract(row) for row in found]


def _sessions(
    connection: Connection, mentorship_id: str, audience: Audience | None, *, as_of: date
) -> tuple[Session, ...]:
    """Every session up to a day with the notes an audience may see; None is maintenance."""
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
        written = written.where(notes.c.visibility.in_(readable(audience)))
    by_session: dict[str, list[Note]] = {}
    for row in connection.execute(written):
        by_session.setdefault(row.session_id, []).append(rows.note(row))
    return tuple(
        rows.session(row, tuple(by_session.get(row.id, ()))) for row in connection.execute(held)
    )


def _failed() -> ColumnElement[Any]:
    """What tells that a reading failed: null in those that did not."""
    return func.json_extract(tables.readings.c.reading, "$.failed")


def _readings(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> dict[str, Reading]:
    made = tables.readings.c.made_at, tables.readings.c.version
    whole = _failed().is_(None)  # the last in order counts
    query = _read(mentorship_id, audience, as_of=as_of, by="embedded").order_by(whole, *made)
    return {row.note_id: rows.reading(row.reading) for row in connection.execute(query)}


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


def _withdrawn(connection: Connection, rests_on: Grounds) -> str | None:
    """What stands against telling a model something, or keeping what it told of it."""
    if rests_on.agreed and _consents(connection, rests_on.mentorship_id) != _BOTH:
        return "not_agreed"
    notes, sessions, wishes = tables.notes, tables.sessions, tables.preparations
    shown = (
        select(notes.c.id, notes.c.visibility)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(sessions.c.mentorship_id == rests_on.mentorship_id)
        .union_all(
            select(wishes.c.id, wishes.c.visibility).where(
                wishes.c.mentorship_id == rests_on.mentorship_id
            )
        )
    )
    found = {row.id: row.visibility for row in connection.execute(shown)}
    stands = all(found.get(each) == visibility for each, visibility in rests_on.shown.items())
    return None if stands else "withdrawn"


def _corrections(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> tuple[Correction, ...]:
    """What people said of commitments made by a day in notes that an audience may see, in the order it was said."""
    table, notes, sessions = tables.corrections, tables.notes, tables.sessions
    query = (
        select(table)
        .join(notes, notes.c.id == table.c.note_id)
        .join(sessions, sessions.c.id == notes.c.session_id)
        .where(
            sessions.c.mentorship_id == mentorship_id,
            sessions.c.held_on <= as_of,
            notes.c.visibility.in_(readable(audience)),
        )
        .order_by(table.c.seq)
    )
    return tuple(rows.correction(row) for row in connection.execute(query))


def _read(
    mentorship_id: str, audience: Audience, *, as_of: date, by: EngineName
) -> Select[tuple[str, str, str, Visibility]]:
    """What an engine read in the notes that an audience may see by then."""
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


def _preparations(
    connection: Connection,
    mentorship_id: str,
    audience: Audience,
    *,
    as_of: date,
    pending_only: bool = False,
) -> list[Preparation]:
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
            .where(sessions.c.mentorship_id == mentorship_id, sessions.c.held_on <= as_of, later)
            .exists()
        )
    return [rows.preparation(row) for row in connection.execute(query)]


def _forget_answers(connection: Connection, mentorship_id: str) -> None:
    """Drop what was answered, but not that it was: a request that is sent again must not undo an erasure.

    An answer that is still being made may tell of what goes now: it will not be kept either.
    """
    table = tables.answers
    connection.execute(
        update(table)
        .where(table.c.mentorship_id == mentorship_id)
        .values(body=None, status=case((table.c.status.is_(None), _OUTDATED), else_=table.c.status))
    )
