"""The answer of a search."""

from datetime import date

from coach.model.citations import Citation
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
