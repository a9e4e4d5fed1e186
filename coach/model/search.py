"""The answer of a search."""

from datetime import date
from typing import NamedTuple

from coach.model.citations import Citation
from coach.model.people import Author
from coach.model.sessions import Session
from coach.model.values import Value


class Context(Value):
    """The words around a passage."""

    start: int
    end: int
    text: str


class Passage(Value):
    """A place that search found, with a score of 0 to 1 that compares only within one answer."""

    citation: Citation
    score: float
    context: Context | None = None


class SessionHit(Value):
    """A session that search found, with its best passages."""

    session_id: str
    held_on: date
    score: float
    passages: tuple[Passage, ...]


class SearchAnswer(Value):
    """What search found, best session first."""

    sessions: tuple[SessionHit, ...]


class Within(NamedTuple):
    """Where to look: in sessions from one day to another, both included; in notes of one author."""

    since: date | None = None
    until: date | None = None
    author: Author | None = None

    def of(self, sessions: tuple[Session, ...]) -> tuple[Session, ...]:
        """These sessions, as far as they are to be looked in."""
        if self == EVERYWHERE:
            return sessions
        first, last = self.since or date.min, self.until or date.max
        return tuple(self._written(each) for each in sessions if first <= each.held_on <= last)

    def _written(self, session: Session) -> Session:
        notes = tuple(each for each in session.notes if self.author in {None, each.author})
        return session.model_copy(update={"notes": notes})


EVERYWHERE = Within()
