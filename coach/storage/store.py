"""SqlStore: every method one transaction over the tables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_or_keep

from coach.agreement.access import readable
from coach.errors import NotFound, StoreUnavailable
from coach.model.commitments import Correction
from coach.model.contract import Contract
from coach.model.grounds import Grounds
from coach.model.history import History
from coach.model.people import Audience, Mentorship, Role, Side, Visibility
from coach.model.readings import ClauseReading, EngineName, Reading
from coach.model.sessions import Note, Preparation, Session
from coach.ports import (
    Answer,
    Claim,
    Clock,
    Erasure,
    PostedNote,
    SessionChange,
    StoredKey,
    UnreadClauses,
    UnreadNote,
)
from coach.storage import answers, clause_readings, erasing, rows, tables
from coach.storage.dialects import sqlite
from coach.storage.line import LONGEST_SECONDS, Line
from coach.storage.views import seen_by

_BOTH: frozenset[Side] = frozenset({"mentor", "mentee"})
_FOR_A_READING_SECONDS = 0.5
"""A reading that cannot be kept is made again: nobody waits long for that."""


class SqlStore:
    """The store on an SQLAlchemy engine whose database is migrated."""

    def __init__(
        self, engine: Engine, *, clock: Clock, patience_seconds: float = LONGEST_SECONDS
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._line = Line(seconds=patience_seconds)
        self._answering: set[tuple[str, str]] = set()

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
            erasing.check_not_erased(connection, [mentorship.id])
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
        its = (table.c.mentorship_id == mentorship_id) & (table.c.side == side)
        with self._writing() as connection:
            _mentorship(connection, mentorship_id)
            if agrees:
                _added(connection, table, {"mentorship_id": mentorship_id, "side": side})
            elif connection.execute(delete(table).where(its)).rowcount:
                # What a model said is not shown any more, and not repeated.
                answers.take_back(connection, mentorship_id, "shared")

    def add_key(self, key: StoredKey) -> bool:
        """See Store."""
        with self._writing() as connection:
            _mentorship(connection, key.mentorship_id)
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
        with self._writing() as connection:
            _mentorship(connection, mentorship_id)
            erasing.check_not_erased(connection, [session.id])
            row = rows.of_session(
                mentorship_id, session, posted_by=posted_by, recorded_at=self._clock()
            )
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
            if posted_by != "admin":
                here &= seen_by(posted_by)
            erasing.check_not_erased(connection, [note.id])
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

    def notes(self, note_ids: Sequence[str]) -> tuple[Note, ...]:
        """See Store."""
        table = tables.notes
        query = select(table).where(table.c.id.in_(note_ids)).order_by(table.c.seq)
        with self._reading() as connection:
            return tuple(rows.note(row) for row in connection.execute(query))

    def sessions(self, mentorship_id: str, audience: Audience, as_of: date) -> tuple[Session, ...]:
        """See Store."""
        with self._reading() as connection:
            return _sessions(connection, mentorship_id, audience, as_of=as_of)

    def set_visibility(self, mentorship_id: str, note_id: str, visibility: Visibility) -> None:
        """See Store."""
        table = tables.notes
        with self._writing() as connection:
            before = connection.execute(
                select(table.c.visibility).where(table.c.id == note_id)
            ).scalar_one_or_none()
            if before is None:
                raise NotFound("no such note")
            connection.execute(
                update(table).where(table.c.id == note_id).values(visibility=visibility)
            )
            answers.take_back(connection, mentorship_id, before)

    def change_session(
        self, mentorship_id: str, session_id: str, change: SessionChange, *, by: Audience
    ) -> tuple[Note, ...]:
        """See Store."""
        table, notes, readings = tables.sessions, tables.notes, tables.readings
        values = {name: getattr(change, name) for name in change.fields}
        with self._writing() as connection:
            erasing.check_poster(connection, mentorship_id, session_id, by=by)
            if values:
                connection.execute(update(table).where(table.c.id == session_id).values(values))
                answers.take_back(connection, mentorship_id, "shared")
            written = select(notes).where(notes.c.session_id == session_id).order_by(notes.c.seq)
            found = tuple(rows.note(row) for row in connection.execute(written))
            if "held_on" in values:
                ids = [note.id for note in found]
                connection.execute(delete(readings).where(readings.c.note_id.in_(ids)))
                clause_readings.forget(connection, session_id)
            return found

    def erase_note(self, erasure: Erasure, note_id: str) -> None:
        """See Store."""
        with self._writing() as connection:
            erasing.note(connection, erasure, note_id, at=self._clock())

    def erase_session(self, erasure: Erasure, session_id: str) -> list[str]:
        """See Store."""
        with self._writing() as connection:
            return erasing.session(connection, erasure, session_id, at=self._clock())

    def erase_mentorship(self, erasure: Erasure) -> list[str]:
        """See Store."""
        with self._writing() as connection:
            return erasing.mentorship(connection, erasure, at=self._clock())

    def erasure(self, mentorship_id: str, erasure_id: str) -> Erasure:
        """See Store."""
        with self._reading() as connection:
            return erasing.asked(connection, mentorship_id, erasure_id)

    def pending_erasures(self) -> list[str]:
        """See Store."""
        with self._reading() as connection:
            return erasing.pending(connection)

    def finish_erasures(self, ids: Sequence[str]) -> None:
        """See Store."""
        with self._writing() as connection:
            erasing.finish(connection, ids, at=self._clock())

    def rid_of_erased(self, *, seconds: float) -> bool:
        """See Store."""
        with sqlite.translated(), self._line.turn(at_most=seconds) as patience:
            return sqlite.checkpoint(self._engine, seconds=max(patience.left, 0.0))

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
            readings = _readings(connection, mentorship_id, audience, as_of=as_of)
            return History(
                mentorship=mentorship,
                audience=audience,
                as_of=as_of,
                contracts=tuple(each for each in contracts if each.effective_from <= as_of),
                sessions=_sessions(connection, mentorship_id, audience, as_of=as_of),
                readings=clause_readings.beside(
                    connection, mentorship_id, audience, as_of=as_of, readings=readings
                ),
                preparations=tuple(
                    _preparations(
                        connection, mentorship_id, audience, as_of=as_of, pending_only=True
                    )
                ),
                corrections=_corrections(connection, mentorship_id, audience, as_of=as_of),
            )

    def save_reading(self, note_id: str, reading: Reading, *, made_at: datetime) -> None:
        """See Store."""
        with self._writing(at_most=_FOR_A_READING_SECONDS) as connection:
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

    def save_clause_reading(
        self, note_id: str, reading: ClauseReading, *, made_at: datetime
    ) -> None:
        """See Store."""
        with self._writing(at_most=_FOR_A_READING_SECONDS) as connection:
            clause_readings.save(connection, note_id, reading, made_at=made_at)

    def clauses_unread(
        self,
        engine: EngineName,
        version: str | None,
        *,
        mentorship_id: str | None = None,
        session_id: str | None = None,
    ) -> Iterator[UnreadClauses]:
        """See Store."""
        with self._reading() as connection:
            found = clause_readings.unread(
                connection, engine, version, mentorship_id=mentorship_id, session_id=session_id
            )
            waiting = list(found)
        yield from waiting

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

    def begin_answer(self, claim: Claim, *, at: datetime) -> Answer | None:
        """See Store."""
        # One process writes: a claim that it does not work on is one that somebody gave up or died with.
        named = (claim.scope, claim.key)
        with self._writing() as connection:
            under_way = named in self._answering
            found = answers.begun(connection, claim, at=at, under_way=under_way)
            if found is not None:
                return found
            self._answering.add(named)
        return None

    def keep_answer(self, claim: Claim, *, status: int, body: bytes | None) -> None:
        """See Store."""
        with self._writing() as connection:
            answers.keep(connection, claim, status=status, body=body)
        self._answering.discard((claim.scope, claim.key))

    def drop_answer(self, claim: Claim) -> None:
        """See Store."""
        try:
            with suppress(StoreUnavailable), self._writing(at_most=0) as connection:
                answers.forget(connection, claim)
        finally:
            self._answering.discard((claim.scope, claim.key))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with sqlite.translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self, *, at_most: float | None = None) -> Iterator[Connection]:
        with (
            sqlite.translated(),
            self._line.turn(at_most=at_most) as patience,
            self._engine.connect().execution_options(writes=True, patience=patience) as connection,
            connection.begin(),
        ):
            yield connection


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
        held = held.where(seen_by(audience))
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
            .where(
                sessions.c.mentorship_id == mentorship_id,
                sessions.c.held_on <= as_of,
                later,
                seen_by(audience),
            )
            .exists()
        )
    return [rows.preparation(row) for row in connection.execute(query)]
