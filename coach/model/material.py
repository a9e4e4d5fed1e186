"""What an engine is given to word and to ask about: lines of one audience's notes, each with its place."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from coach.model.answers import SectionKind
from coach.model.contract import Goal
from coach.model.facts import Statement
from coach.model.people import Audience, Mentorship, Side
from coach.model.questions import Intent


class PageLine(NamedTuple):
    """One thing the notes say. A `chosen` one stands on the page however it is worded; others may be added.

    Only a `shared` one may be put to the other side in a question.
    """

    section: SectionKind
    statement: Statement
    said_by: Side | None
    chosen: bool
    shared: bool = True


class Material(NamedTuple):
    """The lines of a page, weightiest first, and who will read it; `opening` is the line to open with."""

    mentorship: Mentorship
    audience: Audience
    as_of: date
    lines: tuple[PageLine, ...]
    opening: int | None
    goals: tuple[Goal, ...] = ()
    most_words: int = 250


class Worded(NamedTuple):
    """A sentence on the page and the lines it rests on, by their numbers."""

    text: str
    of: tuple[int, ...]


class Wording(NamedTuple):
    """The page as an engine words it, and the number of the sentence to open with."""

    sentences: Sequence[Worded]
    headline: int | None = None


class Suggested(NamedTuple):
    """A question as an engine asks it, and the lines it rests on, by their numbers."""

    text: str
    of: tuple[int, ...]
    intent: Intent
    about: str | None = None
