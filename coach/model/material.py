"""What an engine gets to word a page or ask questions: lines of one audience's notes."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from coach.model.answers import SectionKind
from coach.model.contract import Goal
from coach.model.facts import Statement
from coach.model.people import Audience, Mentorship, Side
from coach.model.questions import Intent


class PageLine(NamedTuple):
    """One thing the notes say.

    A `chosen` line is always on the page, others may be added to it. Only a `shared` line may be
    put to the other side in a question.
    """

    section: SectionKind
    statement: Statement
    said_by: Side | None
    chosen: bool
    shared: bool = True


class Material(NamedTuple):
    """The lines of a page for one reader, highest weight first; `opening` is the first to show."""

    mentorship: Mentorship
    audience: Audience
    as_of: date
    lines: tuple[PageLine, ...]
    opening: int | None
    goals: tuple[Goal, ...] = ()
    most_words: int = 250  # as the API promises for a brief


class Worded(NamedTuple):
    """A sentence for the page and the numbers of the lines it rests on."""

    text: str
    of: tuple[int, ...]


class Wording(NamedTuple):
    """The page as an engine words it, and the number of the sentence to open with."""

    sentences: Sequence[Worded]
    headline: int | None = None


class Suggested(NamedTuple):
    """A question as an engine asks it, and the numbers of the lines it rests on."""

    text: str
    of: tuple[int, ...]
    intent: Intent
    about: str | None = None
