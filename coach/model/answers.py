"""The answers of the coach: brief, reflection, report and export."""

from datetime import date
from typing import Literal

from coach.model.commitments import AddedCommitment, Commitment
from coach.model.contract import Contract
from coach.model.drift import Drift
from coach.model.facts import Fact, Statement
from coach.model.people import Audience, Mentorship
from coach.model.questions import Question
from coach.model.readings import EngineName
from coach.model.search import Passage
from coach.model.sessions import Preparation, Session
from coach.model.values import Value

SectionKind = Literal[
    "last_time",
    "happy_about",
    "concerns",
    "changed",
    "tried",
    "achieved",
    "doubts",
    "commitments",
    "goals",
    "stoppers",
    "asks",
    "decisions",
]


class Section(Value):
    """One heading of a brief with its statements."""

    kind: SectionKind
    title: str
    statements: tuple[Statement, ...]


class Dropped(Value):
    """How many statements and questions of an engine did not pass the checks."""

    statements: int = 0
    questions: int = 0


class Provenance(Value):
    """Which engine made an answer, and how.

    `led_by` tells whose reading counts of each note that the answer cites.
    """

    engine: EngineName
    fell_back: bool = False
    reason: str | None = None
    model: str | None = None
    prompts: dict[str, str] = {}
    dropped: Dropped = Dropped()
    led_by: dict[str, EngineName] = {}


class Recap(Value):
    """What one session was about."""

    session_id: str
    held_on: date
    headline: Statement | None
    sections: tuple[Section, ...]


class Report(Value):
    """What one session brought, for one audience."""

    session: Session
    recap: Recap
    questions: tuple[Question, ...]
    drift: tuple[Drift, ...]
    prior: tuple[Passage, ...]
    provenance: Provenance


class LastSession(Value):
    """The last session before the day that was asked for."""

    id: str
    held_on: date


class BriefCommitments(Value):
    """Commitments as a brief shows them; open ones leave out the overdue.

    `not_told` counts the older ones that the last notes say nothing of. The list of all
    commitments has them.
    """

    open: tuple[Commitment, ...]
    overdue: tuple[Commitment, ...]
    closed_since_last: tuple[Commitment, ...]
    not_told: int = 0


class Brief(Value):
    """One page to read before a session; at most 250 words in headline and section statements."""

    mentorship_id: str
    audience: Audience
    as_of: date
    last_session: LastSession | None
    headline: Statement | None
    sections: tuple[Section, ...]
    commitments: BriefCommitments
    questions: tuple[Question, ...]
    drift: tuple[Drift, ...]
    not_found: tuple[str, ...]
    provenance: Provenance


class OwnCommitments(Value):
    """A mentee's own commitments; `not_told` counts as in a brief."""

    open: tuple[Commitment, ...]
    overdue: tuple[Commitment, ...]
    not_told: int = 0


class Reflection(Value):
    """Prompts that help a mentee arrive with one specific ask."""

    mentorship_id: str
    as_of: date
    prompts: tuple[Question, ...]
    commitments: OwnCommitments
    provenance: Provenance


class Export(Value):
    """Everything the asker may see of one mentorship."""

    mentorship: Mentorship
    contracts: tuple[Contract, ...]
    sessions: tuple[Session, ...]
    preparations: tuple[Preparation, ...]
    added_commitments: tuple[AddedCommitment, ...]
    facts: tuple[Fact, ...]
    commitments: tuple[Commitment, ...]
    drift: tuple[Drift, ...]
