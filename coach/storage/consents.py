"""Which sides agreed to a model elsewhere."""

from sqlalchemy import Connection, select

from coach.model.people import Side
from coach.storage import tables


def consents_of(connection: Connection, mentorship_id: str) -> frozenset[Side]:
    """Return the sides that agreed to an external model."""
    table = tables.llm_consents
    return frozenset(
        connection.execute(
            select(table.c.side).where(table.c.mentorship_id == mentorship_id)
        ).scalars()
    )
