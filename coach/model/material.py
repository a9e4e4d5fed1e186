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

    A `chosen` line stands on a page without a model, a `must` one on every page. Only a `shared`
    one may be put to the other side in a question. `before` and `after` are its neighbours in the
    note. `state` is what is known of a promise that it tells of, from notes that both may read
    where that is `state_shared`. `around` is what a sentence about it may rest on too: its
    neighbours by the same speaker, and the words in which its promise was made. `task` is what its
    promise is to do, with who will; `silent` tells that its day has passed without a word.
    """

    section: SectionKind
    statement: Statement
    said_by: Side | None
    chosen: bool
    shared: bool = True
    must: bool = False
    before: str = ""
    after: str = ""
    state: str = ""
    state_shared: bool = False
    around: "tuple[PageLine, ...]" = ()
    task: str = ""
    silent: bool = False


class Material(NamedTuple):
    """The lines of a page for one reader, highest weight first; `opening` is the first to show.

    `clauses` is what the two agreed beside their goals, `next_session` when they meet next, where
    a note says so.
    """

    mentorship: Mentorship
    audience: Audience
    as_of: date
    lines: tuple[PageLine, ...]
    opening: int | None
    goals: tuple[Goal, ...] = ()
    most_words: int = 250  # as the API promises for a brief
    clauses: tuple[str, ...] = ()
    next_session: date | None = None


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
