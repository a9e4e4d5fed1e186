"""Erases notes, sessions and mentorships, and tells how far an erasure is."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, insert, or_, select, update

from coach.agreement.access import readable
from coach.errors import Conflict, NotAllowed, NotFound
from coach.model.people import BOTH, Audience, Side
from coach.ports import Erasure
from coach.storage import answers, challenges, tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite
from coach.storage.views import seen_by

_IDS_KEPT = timedelta(hours=24)
"""As long as a request may be sent again under its Idempotency-Key."""
_ERASURES_KEPT = timedelta(days=30)
"""How long the state of a finished erasure can be asked. Chosen by hand; not measured."""


class Erasing(Connected):
    """Erasures from the tables, and later from the files."""

    def erase_note(self, erasure: Erasure, note_id: str, *, if_revision: int | None = None) -> None:
        """See Store."""
        with self._changing(erasure.mentorship_id, if_revision) as connection:
            note(connection, erasure, note_id, at=self._clock())

    def erase_session(
        self,
        erasure: Erasure,
        session_id: str,
        *,
        settled: bool = False,
        if_revision: int | None = None,
    ) -> list[str]:
        """See Store."""
        with self._changing(erasure.mentorship_id, if_revision) as connection:
            return session(connection, erasure, session_id, settled=settled, at=self._clock())

    def erase_mentorship(
        self, erasure: Erasure, *, if_revision: int | None = None
    ) -> list[str] | None:
        """See Store."""
        with self._changing(erasure.mentorship_id, if_revision) as connection:
            check_mentorship(connection, erasure.mentorship_id)
            if not _wanted(connection, erasure):
                return None
            return mentorship(connection, erasure, at=self._clock())

    def erasure(self, mentorship_id: str, erasure_id: str) -> Erasure:
        """See Store."""
        with self._reading() as connection:
            return asked(connection, mentorship_id, erasure_id)

    def pending_erasures(self) -> list[str]:
        """See Store."""
        with self._reading() as connection:
            return pending(connection)

    def finish_erasures(self, ids: Sequence[str]) -> None:
        """See Store."""
        with self._writing() as connection:
            finish(connection, ids, at=self._clock())

    def rid_of_erased(self, *, seconds: float) -> bool:
        """See Store."""
        with sqlite.translated(), self._line.turn(at_most=seconds) as patience:
            return sqlite.checkpoint(self._engine, seconds=max(patience.left, 0.0))


def note(connection: Connection, erasure: Erasure, note_id: str, *, at: datetime) -> None:
    """Erase a note with all that was made of it; a session that was kept for it alone goes with it.

    A promise that was added by hand is erased alike: it is a note of its own.
    """
    notes, sessions = tables.notes, tables.sessions
    _begin(connection, erasure, at=at)
    challenges.forget(connection, [note_id])
    for table in (notes, tables.added_commitments):
        found = connection.execute(select(table).where(table.c.id == note_id)).one_or_none()
        if found is not None:
            connection.execute(delete(table).where(table.c.id == note_id))
            _bury(connection, [note_id], at=at)
            answers.take_back(connection, erasure.mentorship_id, found.visibility)
            break
    left = select(notes.c.id).where(notes.c.session_id == sessions.c.id).exists()
    connection.execute(
        delete(sessions).where(
            sessions.c.mentorship_id == erasure.mentorship_id,
            sessions.c.withdrawn_at.is_not(None),
            ~left,
        )
    )


def session(
    connection: Connection, erasure: Erasure, session_id: str, *, settled: bool, at: datetime
) -> list[str]:
    """Erase a session and return the ids of the erased notes.

    For its poster the poster's own notes are erased, for the admin all. Notes that the other side
    keeps private stay, with the session, for that side alone.
    """
    notes, sessions = tables.notes, tables.sessions
    here = sessions.c.id == session_id
    theirs = notes.c.session_id == session_id
    if erasure.asked_by == "admin":
        _of_mentorship(connection, erasure.mentorship_id, session_id)
    else:
        its = (erasure.mentorship_id, session_id)
        check_poster(connection, *its, by=erasure.asked_by, settled=settled)
        theirs &= notes.c.posted_by == erasure.asked_by
    _begin(connection, erasure, at=at)
    gone = list(connection.execute(select(notes.c.id).where(theirs)).scalars())
    challenges.forget(connection, gone)
    connection.execute(delete(notes).where(theirs))
    left = select(notes.c.id).where(notes.c.session_id == session_id).exists()
    connection.execute(delete(sessions).where(here, ~left))
    connection.execute(
        update(sessions).where(here).values(withdrawn_at=at, duration_minutes=None, channel=None)
    )
    _bury(connection, [session_id, *gone], at=at)
    answers.take_back(connection, erasure.mentorship_id, "shared")
    return gone


def mentorship(connection: Connection, erasure: Erasure, *, at: datetime) -> list[str]:
    """Erase a mentorship with all that belongs to it, and return the ids of the erased notes."""
    table, notes, sessions = tables.mentorships, tables.notes, tables.sessions
    here = table.c.id == erasure.mentorship_id
    _begin(connection, erasure, at=at)
    written = select(notes.c.id).join(sessions, sessions.c.id == notes.c.session_id)
    gone = list(
        connection.execute(
            written.where(sessions.c.mentorship_id == erasure.mentorship_id)
        ).scalars()
    )
    answers.outlive(connection, erasure.mentorship_id)
    connection.execute(delete(table).where(here))
    _bury(connection, [erasure.mentorship_id], at=at)
    return gone


def check_mentorship(connection: Connection, mentorship_id: str) -> None:
    """Raise NotFound unless there is such a mentorship."""
    table = tables.mentorships
    found = connection.execute(select(table.c.id).where(table.c.id == mentorship_id))
    if found.one_or_none() is None:
        raise NotFound("no such mentorship")


def asked_by(connection: Connection, mentorship_id: str) -> frozenset[Side]:
    """The sides that want a mentorship erased."""
    table = tables.erasures_asked
    found = select(table.c.side).where(table.c.mentorship_id == mentorship_id)
    return frozenset(connection.execute(found).scalars())


def keep_after_all(connection: Connection, mentorship_id: str, side: Side) -> None:
    """A side does not want it erased any more."""
    table = tables.erasures_asked
    here = (table.c.mentorship_id == mentorship_id) & (table.c.side == side)
    connection.execute(delete(table).where(here))


def _wanted(connection: Connection, erasure: Erasure) -> bool:
    """Whether an erasure is to be done now.

    An admin's is, a side's once both want it, which is kept.
    """
    if erasure.asked_by == "admin":
        return True
    row = {"mentorship_id": erasure.mentorship_id, "side": erasure.asked_by}
    sqlite.added(connection, tables.erasures_asked, row)
    return asked_by(connection, erasure.mentorship_id) == BOTH


def check_poster(
    connection: Connection, mentorship_id: str, session_id: str, *, by: Audience, settled: bool
) -> None:
    """Raise unless this audience posted the session and sees nothing by others in it.

    `settled` tells that somebody else has settled a warning that rests on it.
    What it does not see is not looked at: the answer is the same whether it is there or not.
    """
    found = _of_mentorship(connection, mentorship_id, session_id, seen_by(by))
    if found.posted_by != by:
        raise NotAllowed("only who posted a session may change or erase it")
    if connection.execute(_words_of_others(session_id, by=by)).first() is not None:
        raise Conflict("somebody else's note or correction stands in this session")
    if settled:
        raise Conflict("somebody else has settled a warning that rests on this session")


def check_not_erased(connection: Connection, ids: Sequence[str]) -> None:
    """Raise Conflict when one of these was erased, so that a repeated request restores nothing."""
    table = tables.erased
    named = [_mark(each) for each in ids]
    if connection.execute(select(table.c.id).where(table.c.id.in_(named))).first() is not None:
        raise Conflict("this was made before and has been erased since")


def asked(connection: Connection, mentorship_id: str, erasure_id: str) -> Erasure:
    """Return how far an erasure is; raises NotFound when there is none."""
    table = tables.erasures
    row = connection.execute(
        select(table).where(table.c.id == erasure_id, table.c.mentorship_id == mentorship_id)
    ).one_or_none()
    if row is None:
        raise NotFound("no such erasure")
    return Erasure(row.id, row.mentorship_id, row.asked_by, done=row.done_at is not None)


def pending(connection: Connection) -> list[str]:
    """Return the ids of erasures that are not finished."""
    table = tables.erasures
    return list(connection.execute(select(table.c.id).where(table.c.done_at.is_(None))).scalars())


def finish(connection: Connection, ids: Sequence[str], *, at: datetime) -> None:
    """Mark erasures as finished: no byte is left."""
    table = tables.erasures
    connection.execute(update(table).where(table.c.id.in_(ids)).values(done_at=at))


def _begin(connection: Connection, erasure: Erasure, *, at: datetime) -> None:
    table = tables.erasures
    connection.execute(delete(table).where(table.c.done_at < at - _ERASURES_KEPT))
    connection.execute(
        insert(table).values(
            id=erasure.id,
            mentorship_id=erasure.mentorship_id,
            asked_by=erasure.asked_by,
            begun_at=at,
        )
    )


def _bury(connection: Connection, ids: Sequence[str], *, at: datetime) -> None:
    table = tables.erased
    connection.execute(delete(table).where(table.c.erased_at < at - _IDS_KEPT))
    rows = [{"id": _mark(each), "erased_at": at} for each in ids]
    sqlite.added_all(connection, table, rows)


def _mark(erased_id: str) -> str:
    """Return a digest that recognises an erased id without holding it."""
    return hashlib.sha256(erased_id.encode()).hexdigest()


def _of_mentorship(
    connection: Connection, mentorship_id: str, session_id: str, *seen: ColumnElement[bool]
) -> Row[Any]:
    table = tables.sessions
    query = select(table).where(table.c.mentorship_id == mentorship_id, table.c.id == session_id)
    found = connection.execute(query.where(*seen)).one_or_none()
    if found is None:
        raise NotFound("no such session")
    return found


def _words_of_others(session_id: str, *, by: Audience) -> Select[tuple[str]]:
    notes = tables.notes
    visible = select(notes.c.id).where(
        notes.c.session_id == session_id, notes.c.visibility.in_(readable(by))
    )
    said = [
        select(table.c.note_id).where(table.c.note_id.in_(visible), table.c.said_by != by)
        for table in (tables.corrections, tables.fact_corrections)
    ]
    return visible.where((notes.c.posted_by != by) | or_(*(notes.c.id.in_(each) for each in said)))
