"""The words of the domain as frozen values; api.md's shapes are these classes, field for field."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Side = Literal["mentor", "mentee"]
Audience = Literal["mentor", "mentee", "tool"]
Role = Literal["admin", "mentor", "mentee", "tool"]
Author = Literal["mentor", "mentee", "tool"]
Visibility = Literal["shared", "mentor", "mentee"]
NoteFormat = Literal["markdown", "text", "vtt", "srt"]
FactKind = Literal[
    "topic",
    "win",
    "concern",
    "change",
    "attempt",
    "doubt",
    "commitment",
    "decision",
    "feedback",
    "ask",
    "stopper",
    "insight",
]
Certainty = Literal["stated", "tentative"]
Owner = Literal["mentor", "mentee", "both", "unassigned"]
OutcomeStatus = Literal["done", "partly", "not_done", "dropped", "rescheduled"]
CommitmentStatus = Literal["open", "overdue", "partly", "done", "dropped"]
CorrectedStatus = Literal["open", "partly", "done", "dropped"]
CorrectedField = Literal["owner", "due", "action", "status"]
HistoryStatus = Literal["open", "done", "partly", "not_done", "dropped", "rescheduled"]
Intent = Literal[
    "progress", "learning", "exploration", "goal", "commitment", "confirm", "teach_back"
]
DriftKind = Literal[
    "goal_neglect",
    "goal_displacement",
    "relevance_loss",
    "goal_vagueness",
    "commitment_slippage",
    "cadence",
    "role",
    "boundary",
    "agency",
    "feedback",
    "channel",
    "phase",
    "confidentiality",
    "reciprocity",
    "structure",
    "exit",
    "trust",
]
DriftStatus = Literal["open", "to_confirm", "returned", "amended", "muted", "disputed", "resolved"]
ClauseName = Literal[
    "goals",
    "roles",
    "cadence",
    "channels",
    "feedback",
    "confidentiality",
    "phase",
    "ends_on",
    "change_signs",
    "text",
]
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
EngineName = Literal["embedded", "llm"]
MentorshipStatus = Literal["active", "paused", "ended"]

LONGEST_QUOTE = 330
"""A citation quotes one sentence, bullet or turn of at most this many code points."""


class Value(BaseModel):
    """A frozen value without surplus fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Value):
    """One of the two people of a mentorship."""

    name: str
    pronouns: str | None = None
    email: str | None = None


class Mentorship(Value):
    """Two people who work together under a contract."""

    id: str
    mentor: Person
    mentee: Person
    started_on: date | None = None
    timezone: str = "UTC"
    language: str = "en"
    status: MentorshipStatus = "active"
    paused_until: date | None = None
    ended_on: date | None = None
    external_llm: bool = False

    def person(self, side: Side) -> Person:
        """The person on one side."""
        return self.mentor if side == "mentor" else self.mentee


class Note(Value):
    """What one hand wrote about a session, exactly as sent."""

    id: str
    author: Author
    visibility: Visibility
    format: NoteFormat
    text: str


class Session(Value):
    """One meeting; its notes are those the asker may see."""

    id: str
    held_on: date
    duration_minutes: int | None = None
    channel: str | None = None
    notes: tuple[Note, ...] = ()


class Preparation(Value):
    """What one side wants from the next session, in its own words."""

    id: str
    author: Side
    visibility: Visibility
    text: str
    made_on: date


class Citation(Value):
    """A place in a note; `Note.text[start:end] == quote`, in Unicode code points.

    `session_id` is null only where the cited words stand in a preparation, whose id is then `note_id`.
    """

    session_id: str | None
    held_on: date
    note_id: str
    start: int
    end: int
    quote: str


def _never_empty(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    if not citations:
        raise ValueError("a statement cites at least one place")
    return citations


Citations = Annotated[tuple[Citation, ...], AfterValidator(_never_empty), Field(min_length=1)]


class Statement(Value):
    """One sentence of an answer, with the places it rests on."""

    id: str
    text: str
    kind: FactKind
    about: str | None = None
    certainty: Certainty = "stated"
    citations: Citations


class Fact(Value):
    """What one passage of a note says, and of which kind it is."""

    id: str
    session_id: str
    kind: FactKind
    text: str
    said_by: Side | None
    citation: Citation


class CommitmentEvent(Value):
    """One word in the life of a commitment."""

    session_id: str | None
    held_on: date
    status: HistoryStatus
    due: date | None
    citation: Citation
    by: Literal["embedded", "llm", "person"]


class Commitment(Value):
    """What a side said it will do, and what later notes say became of it."""

    id: str
    owner: Owner
    action: str
    due: date | None
    status: CommitmentStatus
    made_in: Citation
    history: tuple[CommitmentEvent, ...]


class Correction(Value):
    """A person's word on a commitment; `said` names what it is about, a due day that was taken back among it.

    It belongs to the note in which the commitment was made: who may see that note sees it.
    """

    id: str
    commitment_id: str
    note_id: str
    said: tuple[CorrectedField, ...]
    owner: Owner | None = None
    due: date | None = None
    action: str | None = None
    status: CorrectedStatus | None = None


class Question(Value):
    """One open question to one person."""

    id: str
    ask_of: Side
    text: str
    intent: Intent
    about: str | None = None
    carried: bool = False
    citations: tuple[Citation, ...]


class Clause(Value):
    """A clause of the contract in force, as a warning quotes it."""

    name: ClauseName
    version: int
    text: str


class Computed(Value):
    """Evidence that dates give, in words."""

    computed: str


class DriftOptions(Value):
    """The two ways out of a drift."""

    return_to: str
    amend_to: str


class Drift(Value):
    """Where the sessions have left what the two agreed."""

    id: str
    kind: DriftKind
    clause: Clause | None
    about: str | None = None
    severity: Literal["low", "medium", "high"]
    confidence: float = Field(ge=0, le=1)
    since: date
    seen: tuple[Citation | Computed, ...]
    message: str
    innocent_explanation: str
    question: str
    options: DriftOptions
    status: DriftStatus = "open"


class Section(Value):
    """One heading of a brief with its statements."""

    kind: SectionKind
    title: str
    statements: tuple[Statement, ...]


class Context(Value):
    """The words around a passage."""

    start: int
    end: int
    text: str


class Passage(Value):
    """A place that search found, with a score between 0 and 1 that compares within one answer."""

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


class Dropped(Value):
    """How much an engine said that did not pass the checks."""

    statements: int = 0
    questions: int = 0


class Provenance(Value):
    """Who made an answer, and how."""

    engine: EngineName
    fell_back: bool = False
    reason: str | None = None
    model: str | None = None
    prompts: dict[str, str] = {}
    dropped: Dropped = Dropped()


class Recap(Value):
    """What one session was about."""

    session_id: str
    held_on: date
    headline: Statement | None
    sections: tuple[Section, ...]


class Report(Value):
    """What the coach makes of one session, for one audience."""

    session: Session
    recap: Recap
    questions: tuple[Question, ...]
    drift: tuple[Drift, ...]
    prior: tuple[Passage, ...]
    provenance: Provenance


class LastSession(Value):
    """The session before the day that was asked for."""

    id: str
    held_on: date


class BriefCommitments(Value):
    """Commitments as a brief shows them; open ones leave out the overdue."""

    open: tuple[Commitment, ...]
    overdue: tuple[Commitment, ...]
    closed_since_last: tuple[Commitment, ...]


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
    """A mentee's own commitments."""

    open: tuple[Commitment, ...]
    overdue: tuple[Commitment, ...]


class Reflection(Value):
    """Prompts that help a mentee arrive with one specific ask."""

    mentorship_id: str
    as_of: date
    prompts: tuple[Question, ...]
    commitments: OwnCommitments
    provenance: Provenance


class Goal(Value):
    """What the mentee wants to reach."""

    id: str
    statement: str
    success_criteria: str | None = None
    target_date: date | None = None
    status: Literal["active", "parked", "achieved", "dropped"] | None = None


class Roles(Value):
    """What each side agreed to do."""

    mentor: tuple[str, ...] = ()
    mentee: tuple[str, ...] = ()


class Cadence(Value):
    """How often the two meet."""

    every_days: int
    duration_minutes: int | None = None
    tolerance_days: int | None = None


class FeedbackClause(Value):
    """How often and how feedback is exchanged."""

    every_sessions: int
    method: str | None = None


class Phase(Value):
    """Until when the two get to know each other's situation."""

    diagnosis_until: date | None = None


class ClauseQuote(Value):
    """Where the contract's prose says a clause."""

    start: int
    end: int
    quote: str


class Contract(Value):
    """One version of what the two agreed."""

    version: int
    effective_from: date
    agreed_by: tuple[Side, ...] = ()
    point_a: str | None = None
    point_b: str | None = None
    goals: tuple[Goal, ...] = ()
    roles: Roles = Roles()
    cadence: Cadence | None = None
    channels: tuple[str, ...] = ()
    feedback: FeedbackClause | None = None
    confidentiality: str | None = None
    phase: Phase | None = None
    ends_on: date | None = None
    change_signs: tuple[str, ...] = ()
    text: str | None = None
    quotes: dict[ClauseName, ClauseQuote] = {}
    missing: tuple[ClauseName, ...] = ()


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


class History(Value):
    """All that one audience may know of a mentorship at the end of one day, oldest first.

    `contracts` holds the versions in force by then, `readings` what was read in each note that was read,
    `preparations` those for the session that comes next, `corrections` what people said of commitments. Where a
    model has read too, `alone` holds what the embedded engine found by itself in those notes.
    """

    mentorship: Mentorship
    audience: Audience
    as_of: date
    contracts: tuple[Contract, ...]
    sessions: tuple[Session, ...]
    readings: dict[str, Reading]
    preparations: tuple[Preparation, ...]
    corrections: tuple[Correction, ...] = ()
    alone: dict[str, Reading] = {}

    @property
    def without_model(self) -> "History":
        """The same as the embedded engine alone knows it."""
        if not self.alone:
            return self
        return self.model_copy(update={"readings": {**self.readings, **self.alone}, "alone": {}})

    @property
    def contract(self) -> Contract | None:
        """The contract in force."""
        return max(self.contracts, key=lambda each: each.version, default=None)


class Export(Value):
    """Everything the asker may see of one mentorship."""

    mentorship: Mentorship
    contracts: tuple[Contract, ...]
    sessions: tuple[Session, ...]
    preparations: tuple[Preparation, ...]
    facts: tuple[Fact, ...]
    commitments: tuple[Commitment, ...]
    drift: tuple[Drift, ...]
