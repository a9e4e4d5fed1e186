"""The mentorship that a bench measures: its server, and the sessions it holds so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from coach.bootstrap import opened
from coach.ids import random_id
from coach.model.sessions import Session
from coach.settings import Settings
from evals.bench.client import Client, expected
from evals.bench.measurement import SizeMeasurement
from evals.bench.mentorship import session_body
from evals.metrics.notes_read import words_of


@dataclass
class HeldMentorship:
    """One mentorship on one data directory, and the sessions that are still to come."""

    data_dir: Path
    path: str
    key: str
    to_come: Iterator[Session]
    held: list[Session] = field(default_factory=list)

    def next_sessions(self, count: int) -> list[Session]:
        """Return the next so many sessions; they are not held before they are posted or put."""
        return list(islice(self.to_come, max(count, 0)))

    def post(self, client: Client, session: Session, made: SizeMeasurement) -> float:
        """Post a session and return the milliseconds it took."""
        answer = expected(client.post(f"{self.path}/sessions", session_body(session)), 201)
        self.held.append(session)
        made.posted += 1
        made.words_posted += words_of(session)
        made.posting_seconds += answer.milliseconds / 1000
        return answer.milliseconds

    def put(self, sessions: Sequence[Session]) -> None:
        """Put sessions into the store and read them, with no server beside it."""
        mentorship_id = self.path.rpartition("/")[2]
        with opened(Settings(data_dir=self.data_dir)) as parts:
            for session in sessions:
                parts.store.add_session(mentorship_id, _with_ids(session), posted_by="mentor")
            parts.coach.reread()
        self.held += sessions


def _with_ids(session: Session) -> Session:
    notes = [note.model_copy(update={"id": random_id("note")}) for note in session.notes]
    return session.model_copy(update={"id": random_id("session"), "notes": tuple(notes)})
