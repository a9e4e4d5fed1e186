"""Makes a reading one list of signals, in place of one list for each sort."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_SORTS = {
    "findings": "fact",
    "promises": "commitment",
    "outcomes": "outcome",
    "next_meetings": "meeting",
    "absences": "absence",
}


def upgrade() -> None:
    """Join the lists of every stored reading, each signal with its sort."""
    names = ("note_id", "engine", "version", "reading")
    readings = sa.table("readings", *(sa.column(name) for name in names))
    connection = op.get_bind()
    for row in connection.execute(sa.select(readings)).all():
        kept = json.loads(row.reading)
        place = (
            readings.c.note_id == row.note_id,
            readings.c.engine == row.engine,
            readings.c.version == row.version,
        )
        connection.execute(
            sa.update(readings).where(*place).values(reading=json.dumps(_as_signals(kept)))
        )


def _as_signals(kept: dict[str, object]) -> dict[str, object]:
    signals: list[object] = []
    for name, sort in _SORTS.items():
        found = kept.pop(name, [])
        if isinstance(found, list):
            signals += [{**each, "sort": sort} for each in found]
    return {**kept, "signals": signals}
