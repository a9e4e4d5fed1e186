"""Keeps answers for requests that are sent again, as long as nothing in them was taken back."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from coach.agreement.access import READABLE
from coach.errors import StoreUnavailable
from coach.model.people import Role, Visibility
from coach.ports import Answer, Claim
from coach.storage import tables
from coach.storage.connected import Connected
from coach.storage.dialects import sqlite

# How long an Idempotency-Key is valid, as many public APIs have it; said in the API.
_KEPT = timedelta(hours=24)
_ANSWERS = tables.answers


class Answers(Connected):
    """Answers that can be given again; while a request is worked on, its claim is known."""

    def begin_answer(self, claim: Claim, *, at: datetime) -> Answer | None:
        """See Store."""
        # Only one process writes. Its other claims were given up, or their process died.
        named = (claim.scope, claim.key)
        with self._writing() as connection:
            under_way = named in self._answering
            found = begun(connection, claim, at=at, under_way=under_way)
            if found is not None:
                return found
            self._answering.add(named)
        return None

    def keep_answer(self, claim: Claim, *, status: int, body: bytes | None) -> None:
        """See Store."""
        with self._writing() as connection:
            keep(connection, claim, status=status, body=body)
        self._answering.discard((claim.scope, claim.key))

    def drop_answer(self, claim: Claim) -> None:
        """See Store."""
        try:
            with suppress(StoreUnavailable), self._writing(at_most=0) as connection:
                forget(connection, claim)
        finally:
            self._answering.discard((claim.scope, claim.key))


def begun(connection: Connection, claim: Claim, *, at: datetime, under_way: bool) -> Answer | None:
    """Return the earlier answer, or claim the key and return None.

    The body is left out when something of the answer was taken back since. A claim that nobody
    works on any more is replaced.
    """
    connection.execute(delete(_ANSWERS).where(_ANSWERS.c.begun_at < at - _KEPT))
    row = connection.execute(select(_ANSWERS).where(_is(claim))).one_or_none()
    if row is not None and (row.status is not None or under_way):
        whole = _taken_back(connection, row.mentorship_id, row.acts_as) == row.withdrawals
        return Answer(row.request_digest, row.status, row.body if whole else None)
    forget(connection, claim)
    connection.execute(
        insert(_ANSWERS).values(
            scope=claim.scope,
            key=claim.key,
            acts_as=claim.acts_as,
            mentorship_id=_there(connection, claim.mentorship_id),
            request_digest=claim.request_digest,
            begun_at=at,
            withdrawals=_taken_back(connection, claim.mentorship_id, claim.acts_as),
        )
    )
    return None


def keep(connection: Connection, claim: Claim, *, status: int, body: bytes | None) -> None:
    """Store an answer, without its body when some of the mentorship was taken back meanwhile."""
    there = _there(connection, claim.mentorship_id)
    began_with = select(_ANSWERS.c.withdrawals).where(_is(claim))
    whole = claim.mentorship_id == there and (
        connection.execute(began_with).scalar_one_or_none()
        == _taken_back(connection, there, claim.acts_as)
    )
    connection.execute(
        update(_ANSWERS)
        .where(_is(claim))
        .values(status=status, mentorship_id=there, body=body if whole else None)
    )


def forget(connection: Connection, claim: Claim) -> None:
    """Give a claim up."""
    connection.execute(delete(_ANSWERS).where(_is(claim)))


def take_back(connection: Connection, mentorship_id: str, visibility: Visibility) -> None:
    """Stop repeating answers to readers who could see what is now erased or shown to others.

    The store still knows that they were answered, so a request that is sent again does not undo it.
    """
    table = tables.withdrawals
    once = {"mentorship_id": mentorship_id, "visibility": visibility, "times": 1}
    sqlite.counted_up(connection, table, once, count="times")
    readers = [role for role, readable in READABLE.items() if visibility in readable]
    connection.execute(
        update(_ANSWERS)
        .where(_ANSWERS.c.mentorship_id == mentorship_id, _ANSWERS.c.acts_as.in_(readers))
        .values(body=None)
    )


def outlive(connection: Connection, mentorship_id: str) -> None:
    """Keep only that the admin was answered about a mentorship that is to be erased."""
    connection.execute(
        update(_ANSWERS)
        .where(_ANSWERS.c.mentorship_id == mentorship_id, _ANSWERS.c.acts_as == "admin")
        .values(mentorship_id=None, body=None)
    )


def _is(claim: Claim) -> ColumnElement[bool]:
    return (_ANSWERS.c.scope == claim.scope) & (_ANSWERS.c.key == claim.key)


def _there(connection: Connection, mentorship_id: str | None) -> str | None:
    table = tables.mentorships
    return connection.execute(
        select(table.c.id).where(table.c.id == mentorship_id)
    ).scalar_one_or_none()


def _taken_back(connection: Connection, mentorship_id: str | None, acts_as: Role) -> int:
    """Return how often something was taken back that this role could see."""
    table = tables.withdrawals
    visible = () if acts_as == "admin" else READABLE[acts_as]
    times = select(func.coalesce(func.sum(table.c.times), 0)).where(
        table.c.mentorship_id == mentorship_id, table.c.visibility.in_(visible)
    )
    return int(connection.execute(times).scalar_one())
