"""Counts the tokens of one brief as the history grows, beside sending all notes.

Counted is what is sent for a brief after one new session: the reading of its notes, the wording,
the questions. Four characters are taken for a token; nothing leaves the process.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from coach.agreement.access import Principal
from coach.bootstrap import Parts, opened
from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.gateway.gateway import Answered, Gateway, ModelSettings, Prompt
from coach.engines.llm.answers import AskAnswer, ReadAnswer, WordAnswer
from coach.engines.llm.engine import LlmEngine
from coach.model.sessions import Session
from coach.ports import Barred
from coach.reading.model_reader import ModelReader
from coach.settings import Settings
from coach.use_cases.coach import Coach
from evals.bench.histories import agreement, history, mentorship

# Each about three times the one before, so that growth would show.
SIZES = (10, 30, 100, 300, 1000)
# About what today's tokenizers need for English.
_CHARACTERS_A_TOKEN = 4
# After the last of 1,000 sessions.
_NOW = datetime(2040, 1, 1, tzinfo=UTC)
_NOTHING = {
    ReadAnswer: ReadAnswer(facts=[], commitments=[], outcomes=[]),
    WordAnswer: WordAnswer(sentences=[], headline=None),
    AskAnswer: AskAnswer(questions=[]),
}

Shape = TypeVar("Shape", bound=BaseModel)


class BriefCost(NamedTuple):
    """What one brief sends, in tokens, and what all notes would be."""

    sessions: int
    asked: int
    tokens: int
    all_notes: int


class _CountingGateway(Gateway):
    """Counts what it is asked, and answers with nothing."""

    def __init__(self) -> None:
        local = ModelSettings("openai", "counting", "http://127.0.0.1:9/v1", None, 20)
        super().__init__(local)
        self.calls = 0

    def answered(
        self, prompt: Prompt, *, shape: type[Shape], seconds: float, barred: Barred | None = None
    ) -> Answered[Shape]:
        """Return an empty answer and the tokens of the question."""
        del seconds, barred
        self.calls += 1
        nothing = shape.model_validate(_NOTHING[shape].model_dump())
        return Answered(nothing, (len(prompt.system) + len(prompt.text)) // _CHARACTERS_A_TOKEN, 0)


def costs(sizes: Sequence[int] = SIZES) -> Iterator[BriefCost]:
    """Yield the cost of a brief at each size of history."""
    numbers = count(1)
    with TemporaryDirectory() as folder, opened(Settings(data_dir=Path(folder))) as parts:
        admin = Principal("evals", "admin", None)
        pair = parts.coach.create_mentorship(admin, mentorship())
        mentor = Principal("evals", "mentor", pair.id)
        parts.coach.agree_on_contract(mentor, pair.id, agreement())
        coming, characters, held = history(), 0, 0
        for size in sizes:
            for session in islice(coming, size - held):
                _add(parts, pair.id, session, numbers)
                characters += sum(len(note.text) for note in session.notes)
            held = size
            parts.coach.reread()
            yield _brief_cost(parts, mentor, size, characters // _CHARACTERS_A_TOKEN)


def _add(parts: Parts, mentorship_id: str, session: Session, numbers: Iterator[int]) -> None:
    named = session.model_copy(
        update={
            "id": f"session_{next(numbers)}",
            "notes": tuple(
                note.model_copy(update={"id": f"note_{next(numbers)}"}) for note in session.notes
            ),
        }
    )
    parts.store.add_session(mentorship_id, named, posted_by="mentor")


def _brief_cost(parts: Parts, mentor: Principal, size: int, all_notes: int) -> BriefCost:
    """A brief of a coach whose model has read all but the last session."""
    gateway = _CountingGateway()
    model = LlmEngine(gateway, seconds=600)
    second = ModelReader(model, parts.store, clock=lambda: _NOW)
    coach = Coach(
        parts.store,
        EmbeddedEngine(),
        index=parts.index,
        pepper=parts.pepper,
        admin_key=None,
        clock=lambda: _NOW,
        second=second,
    )
    mentorship_id = mentor.mentorship_id or ""
    sessions = coach.sessions(mentor, mentorship_id)
    coach.brief(mentor, mentorship_id, sessions[-2].held_on)
    calls, tokens = gateway.calls, model.tokens
    coach.brief(mentor, mentorship_id, sessions[-1].held_on + timedelta(days=1))
    second.close()
    return BriefCost(size, gateway.calls - calls, model.tokens - tokens, all_notes)
