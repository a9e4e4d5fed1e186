"""What an engine reads in one note."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from coach.model.commitments import OutcomeStatus, Owner
from coach.model.facts import Certainty, FactKind
from coach.model.people import Side
from coach.model.values import Value

EngineName = Literal["embedded", "llm"]


class Span(Value):
    """A range of one note's text, in code points."""

    start: int
    end: int


class Signal(Span):
    """A range of one note that says something, and which engine found it."""

    by: EngineName = "embedded"

    @model_serializer(mode="wrap")
    def _with_its_sort(self, fields: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Write the sort even where defaults are left out, because it tells which class to read."""
        return {"sort": getattr(self, "sort", None), **fields(self)}


class FactSignal(Signal):
    """A fact that a reader found in one note.

    `weight` is how likely it is one of its kind, `likely` how likely it is a fact at all. Where a
    person has put it
    right, `corrected_by` is their side and `read_as` the kind that a reader called it.
    """

    sort: Literal["fact"] = "fact"
    kind: FactKind
    said_by: Side | None
    certainty: Certainty = "stated"
    weight: float = 0.5
    likely: float = 1.0
    read_as: FactKind | None = None
    corrected_by: Side | None = None

    @property
    def known_as(self) -> FactKind:
        """The kind that it is named by: ids stay what they are when a person calls it another."""
        return self.read_as or self.kind


Unsure = Literal["owner", "due", "state"]
"""In what a model's reading contradicted the note's explicit words.

These count, and a person is asked.
"""


class DueOptions(Value):
    """A day such as 4/3 in both orders; null for an order that gives no day."""

    day_first: date | None
    month_first: date | None


class CommitmentSignal(Signal):
    """A commitment that a reader found in one note.

    `words` is the note's own text for it, when `action` words it differently to stand alone. `due`
    is null when no day was said. `due_options` is set when the day depends on the order of day and
    month, `due_at_next` when it is the next meeting; the history decides both. `to_confirm` tells
    in what a model contradicted the words that stand here.
    """

    sort: Literal["commitment"] = "commitment"
    owner: Owner
    action: str
    due: date | None
    said_by: Side | None
    due_options: DueOptions | None = None
    due_at_next: bool = False
    words: str = ""
    to_confirm: Unsure | None = None


class OutcomeSignal(Signal):
    """A passage that says what became of an earlier commitment.

    `about` is the id of that commitment, when the reader knew the open ones. `weight` is how likely
    the passage reports on a commitment at all, 0 to 1. `to_confirm` tells that a model contradicted
    the words that stand here.
    """

    sort: Literal["outcome"] = "outcome"
    status: OutcomeStatus
    new_due: date | None
    said_by: Side | None
    about: str | None = None
    weight: float = 0.5
    to_confirm: Unsure | None = None


class MeetingSignal(Signal):
    """A passage that says when the two meet again."""

    sort: Literal["meeting"] = "meeting"
    on: date


class AbsenceSignal(Signal):
    """A passage that says until when one of the two is away, or that a meeting is cancelled."""

    sort: Literal["absence"] = "absence"
    until: date | None


ClauseRelation = Literal["keeps", "strains", "breaks", "excuses", "amends", "settles", "talks"]
"""What a passage may say of a clause.

`strains` bends it once or a little. `excuses` tells of a permission, an agreed exception, a stated
absence or a single case. `amends` says that the two agree to change it. `settles` names an earlier
breach and repairs it. `talks` only mentions it.
"""

GoalWay = Literal["goal_neglect", "goal_displacement", "relevance_loss", "goal_vagueness"]
"""In which way a passage is against a goal.

Left aside, crowded out, no longer wanted, or not to be measured.
"""


class ClauseSignal(Signal):
    """What a passage says of one clause of the contract that was in force on the session's day.

    `clause` is its key in that contract version (see `coach.agreement.clauses`). `said_by` is who
    tells it and `whose` who did it, null for nobody or unknown. `likelihood` is how likely `says`
    is right, 0 to 1. `way` is the way in which it is against a goal, null where its words show it.
    """

    sort: Literal["clause"] = "clause"
    clause: str
    version: int
    says: ClauseRelation
    said_by: Side | None = None
    whose: Owner | None = None
    likelihood: float
    way: GoalWay | None = None


AnySignal = Annotated[
    FactSignal | CommitmentSignal | OutcomeSignal | MeetingSignal | AbsenceSignal | ClauseSignal,
    Field(discriminator="sort"),
]
"""Every sort of signal; a new sort is one class here, and storing and merging need no change."""
Sort = TypeVar("Sort", bound=Signal)


class Checked(Value):
    """How a model's reading compared with its note.

    Quotes given and found there, explicit words kept and contradicted.
    """

    quotes: int = 0
    found: int = 0
    kept: int = 0
    against: int = 0


class Reading(Value):
    """All that one engine found in one note.

    `signals` holds what it found, sort by sort, each sort in the order of the note. `day_first`
    tells the order of day and month where the note's own dates show it. `unread_language` names the
    language of a note that the engine could not read. `unread_from` is where a note that is longer
    than it reads was left; the embedded engine then goes on near the end. `failed` tells that it
    failed at the note and read nothing. `hidden` holds the facts that a person has hidden: no
    signals any more.

    Of a model `checked` tells how its reading compared with the note, and `left_open` where tasks
    stand that are open by their own mark and of which it said nothing.
    """

    engine: EngineName
    version: str
    signals: tuple[AnySignal, ...] = ()
    day_first: bool | None = None
    unread_language: str | None = None
    unread_from: int | None = None
    failed: bool = False
    hidden: tuple[FactSignal, ...] = ()
    checked: Checked = Checked()
    left_open: tuple[int, ...] = ()

    def of(self, sort: type[Sort]) -> tuple[Sort, ...]:
        """Return the signals of one sort, in their order."""
        return tuple(each for each in self.signals if isinstance(each, sort))

    def having(self, sort: type[Sort], signals: Iterable[Sort]) -> "Reading":
        """Return the same reading with these signals in place of all of their sort."""
        others = (each for each in self.signals if not isinstance(each, sort))
        return self.model_copy(update={"signals": (*others, *signals)})


class ClauseReading(Value):
    """All that one engine found in one note about the clauses of one contract version."""

    contract_version: int
    engine: EngineName
    version: str
    signals: tuple[ClauseSignal, ...] = ()
