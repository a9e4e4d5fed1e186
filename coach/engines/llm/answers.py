"""The shapes of a model's answers. Their docstrings are shown to the model."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.model.commitments import OutcomeStatus, Owner
from coach.model.facts import Certainty, FactKind

ModelIntent = Literal["progress", "learning", "exploration", "goal", "commitment", "teach_back"]
Matters = Literal[1, 2, 3]
"""How much something matters for the next session: 3 must be known there, 1 may be left out."""


class _Answer(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(extra="forbid")


class ToldFact(_Answer):
    """Something that a passage tells."""

    n: int
    quote: str = Field(max_length=330)
    kind: FactKind
    certainty: Certainty
    matters: Matters = 2


class ToldPromise(_Answer):
    """What one of the two will do."""

    model_config = ConfigDict(
        json_schema_extra={
            "description": "What one of the two will do; `more` are other passages that say it "
            "too: a day, a half, whom for."
        }
    )
    n: int
    more: list[int] = Field(default_factory=list, max_length=6)
    quote: str = Field(max_length=330)
    owner: Owner
    action: str = Field(max_length=160)
    due: str | None = Field(max_length=10)
    due_at_next: bool


class ToldOutcome(_Answer):
    """What became of a listed promise."""

    n: int
    quote: str = Field(max_length=330)
    commitment: int
    status: OutcomeStatus
    new_due: str | None = Field(max_length=10)


class ReadAnswer(_Answer):
    """What a note says."""

    facts: list[ToldFact] = Field(max_length=60)
    commitments: list[ToldPromise] = Field(max_length=30)
    outcomes: list[ToldOutcome] = Field(max_length=30)


class ToldSentence(_Answer):
    """A sentence of a page, and the lines it rests on."""

    of: list[int] = Field(max_length=6)
    text: str = Field(max_length=330)


class WordAnswer(_Answer):
    """A page."""

    sentences: list[ToldSentence] = Field(max_length=40)
    headline: int | None


class ToldQuestion(_Answer):
    """A question, and the lines it rests on."""

    of: list[int] = Field(max_length=4)
    text: str = Field(max_length=300)
    intent: ModelIntent
    goal: str | None = Field(max_length=60)


class AskAnswer(_Answer):
    """A set of questions."""

    questions: list[ToldQuestion] = Field(max_length=6)
