"""Who has an account, and is one of the two people of a mentorship."""

from sqlalchemy import Connection, insert, select

from coach.errors import NotFound
from coach.model.people import Account, Mentorship, Side
from coach.storage import rows, tables

_SIDES: tuple[Side, ...] = ("mentor", "mentee")


def account_of(connection: Connection, person_id: str) -> Account:
    """The account with this id, or NotFound."""
    table = tables.people
    row = connection.execute(select(table).where(table.c.id == person_id)).one_or_none()
    if row is None:
        raise NotFound("no such person")
    return rows.account(row)


def join(connection: Connection, mentorship: Mentorship) -> None:
    """Make those of the two people of a mentorship who have an account members of it."""
    for side in _SIDES:
        person_id = mentorship.person(side).id
        if person_id is not None:
            account_of(connection, person_id)
            row = {"mentorship_id": mentorship.id, "side": side, "person_id": person_id}
            connection.execute(insert(tables.memberships).values(row))
