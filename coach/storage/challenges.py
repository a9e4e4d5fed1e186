"""What a model said of the cases of warnings.

Kept while every note of the case stands as it was shown.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from coach.agreement.access import readable
from coach.model.challenges import Challenge
from coach.model.grounds import Grounds
from coach.model.people import Audience
from coach.storage import revisions, rows, tables
from coach.storage.connected import Connected
from coach.storage.readings import standing_against

_TABLE = tables.challenges


class Challenges(Connected):
    """Answers to challenges.

    Of each case and version one, with a row for every note that it rests on.
    """

    def save_challenge(
        self, digest: str, version: str, answer: Challenge, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """See Store."""
        with self._writing() as connection:
            reason = standing_against(connection, rests_on)
            if reason is None:
                revisions.move_on(connection, rests_on.mentorship_id)
                known = (_TABLE.c.digest == digest) & (_TABLE.c.version == version)
                connection.execute(delete(_TABLE).where(known))
                row = rows.of_challenge(digest, version, answer, made_at=made_at)
                connection.execute(
                    insert(_TABLE), [{**row, "note_id": each} for each in rests_on.shown]
                )
            return reason

    def challenges(
        self, mentorship_id: str, audience: Audience, version: str
    ) -> dict[str, Challenge]:
        """See Store."""
        notes, sessions = tables.notes, tables.sessions
        query = (
            select(_TABLE.c.digest, _TABLE.c.answer, notes.c.visibility)
            .join(notes, notes.c.id == _TABLE.c.note_id)
            .join(sessions, sessions.c.id == notes.c.session_id)
            .where(sessions.c.mentorship_id == mentorship_id, _TABLE.c.version == version)
        )
        with self._reading() as connection:
            found = connection.execute(query).all()
        hidden = {row.digest for row in found if row.visibility not in readable(audience)}
        return {row.digest: rows.challenge(row.answer) for row in found if row.digest not in hidden}


def forget(connection: Connection, note_ids: Sequence[str]) -> None:
    """Take away every answer that rests on one of these notes."""
    theirs = select(_TABLE.c.digest).where(_TABLE.c.note_id.in_(note_ids))
    connection.execute(delete(_TABLE).where(_TABLE.c.digest.in_(theirs)))
