"""What of the sessions an audience sees."""

from sqlalchemy import ColumnElement, select

from coach.agreement.access import readable
from coach.model.people import Audience
from coach.storage import tables


def seen_by(audience: Audience) -> ColumnElement[bool]:
    """Which sessions an audience sees: one that its poster took back, only who kept a note of it.

    So nobody learns from a session that is gone, or is not, whether the other side has private notes in it.
    """
    sessions, notes = tables.sessions, tables.notes
    kept = (
        select(notes.c.id)
        .where(notes.c.session_id == sessions.c.id, notes.c.visibility.in_(readable(audience)))
        .exists()
    )
    return sessions.c.withdrawn_at.is_(None) | kept
