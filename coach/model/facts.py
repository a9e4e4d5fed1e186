"""Statements with the places they rest on, and facts with their kinds."""

from typing import Literal

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
    """What one passage of a note says, and which kind of fact it is."""

    id: str
    session_id: str
    kind: FactKind
    text: str
    said_by: Side | None
    citation: Citation
