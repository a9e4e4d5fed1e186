"""What an engine reads from one note."""

from datetime import date
from typing import Literal

from coach.model.commitments import OutcomeStatus, Owner
from coach.model.facts import Certainty, FactKind
from coach.model.people import Side
from coach.model.values import Value

EngineName = Literal["embedded", "llm"]


class Span(Value):
    """A stretch of one note's text, in code points."""

    start: int
    end: int


class Found(Span):
    """Something a reader found in one note, and which engine that was."""

    by: EngineName = "embedded"


class Finding(Found):
    """A fact as a reader found it in one note.

    `weight` is how likely it is one of its kind, `likely` how likely it is a fact at all.
    """

    kind: FactKind
    said_by: Side | None
    certainty: Certainty = "stated"
    weight: float = 0.5
    likely: float = 1.0


class DueOptions(Value):
    """A day such as 4/3, read either way round; null where that reading is no day."""

    day_first: date | None
    month_first: date | None


class Promise(Found):
    """A commitment as a reader found it in one note.

    `due` is null when no day was said; `due_options` is set when it depends on the order of day and
    month, `due_at_next` when it was said as the next meeting: both are settled from the history.
    """

    owner: Owner
    action: str
    due: date | None
    said_by: Side | None
    due_options: DueOptions | None = None
    due_at_next: bool = False


class Outcome(Found):
    """A passage that says what became of something promised earlier.

    `about` is the id of that commitment, where the reader knew which ones were open; `weight` how surely
    the passage reports on anything.
    """

    status: OutcomeStatus
    new_due: date | None
    said_by: Side | None
    about: str | None = None
    weight: float = 0.5


class NextMeeting(Found):
    """A passage that says when the two meet again."""

    on: date


class Absence(Found):
    """A passage that says until when one of the two is away, or that a meeting falls out."""

    until: date | None


class Reading(Value):
    """All that one engine found in one note.

    `day_first` tells the order of day and month where the note's own dates show it;
    `unread_language` names the language of a note that the engine could not read, `unread_from` where a
    note that is longer than it reads was left; the embedded engine then goes on near the end. `failed`
    tells that it failed at the note and read nothing.
    """

    engine: EngineName
    version: str
    findings: tuple[Finding, ...] = ()
    promises: tuple[Promise, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    next_meetings: tuple[NextMeeting, ...] = ()
    absences: tuple[Absence, ...] = ()
    day_first: bool | None = None
    unread_language: str | None = None
    unread_from: int | None = None
    failed: bool = False
