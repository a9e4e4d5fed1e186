"""Decides which sessions an audience sees."""

from sqlalchemy import ColumnElement, select

from coach.agreement.access import readable
from coach.model.people import Audience
from coach.storage import tables


def seen_by(audience: Audience) -> ColumnElement[bool]:
    """Select the sessions an audience sees; one its poster took back, only with an own note.

    So nobody learns from a missing session whether the other side has private notes in it.
    """
    sessions, notes = tables.sessions, tables.notes
    kept = (
        select(notes.c.id)
        .where(notes.c.session_id == sessions.c.id, notes.c.visibility.in_(readable(audience)))
        .exists()
    )
    return sessions.c.withdrawn_at.is_(None) | kept
