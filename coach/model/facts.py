"""Statements with the places they rest on, and facts with their kinds."""

from typing import Literal

from pydantic import Field

from coach.model.citations import Citation, Citations
from coach.model.people import Side
from coach.model.values import Value

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

CorrectedFactField = Literal["kind", "hidden"]

Certainty = Literal["stated", "tentative"]


class Statement(Value):
    """One sentence of an answer, with the places it rests on."""

    id: str
    text: str
    kind: FactKind
    about: str | None = None
    certainty: Certainty = "stated"
    citations: Citations


class Fact(Value):
    """What one passage of a note says, and of which kind it is.

    `corrected_by` is the side whose word on it stands, if any; a hidden one is on no page.
    """

    id: str
    session_id: str
    kind: FactKind
    text: str
    said_by: Side | None
    citation: Citation
    hidden: bool = False
    corrected_by: Side | None = None
    read_as: FactKind | None = Field(default=None, exclude=True)
    """What a reader called it, whatever a person calls it."""


class FactWord(Value):
    """What a person says of a fact.

    `said` names what it is about. A null kind takes one's word on the kind back.
    """

    said: tuple[CorrectedFactField, ...]
    kind: FactKind | None = None
    hidden: bool = False


class FactCorrection(FactWord):
    """A person's word on a fact, with its place, what a reader called it, and whose words they are.

    So it stands whatever a later reader finds there. It belongs to the note: who may see that sees
    it.
    """

    id: str
    fact_id: str
    note_id: str
    start: int
    end: int
    read_as: FactKind
    speaker: Side | None
    by: Side
