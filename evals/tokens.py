"""`python -m evals.tokens`: how many tokens one brief costs as the history grows, beside telling a model all notes.

Counted is what is sent for a brief after one new session: the reading of its notes, the wording, the questions.
Four characters are taken for a token; nothing leaves the process.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from coach.access import Principal
from coach.bootstrap import Parts, opened
from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.gateway import Answered, Gateway, ModelSettings, Prompt
from coach.engines.llm import AskAnswer, LlmEngine, ReadAnswer, WordAnswer
from coach.model import Session
from coach.ports import Barred
from coach.second_reader import SecondReader
from coach.service import Coach
from coach.settings import Settings
from evals import synthesis

SIZES = (10, 30, 100, 300, 1000)
_A_TOKEN = 4
_BAR = 60
_NOW = datetime(2040, 1, 1, tzinfo=UTC)
_NOTHING = {
    ReadAnswer: ReadAnswer(facts=[], commitments=[], outcomes=[]),
    WordAnswer: WordAnswer(sentences=[], headline=None),
    AskAnswer: AskAnswer(questions=[]),
}

Shape = TypeVar("Shape", bound=BaseModel)


class Cost(NamedTuple):
    """What one brief sends, in tokens, and what all notes would be."""

    sessions: int
    asked: int
    tokens: int
    all_notes: int


class _Counting(Gateway):
    """Counts what it is asked, and answers with nothing."""

    def __init__(self) -> None:
        local = ModelSettings("openai", "counting", "http://127.0.0.1:9/v1", None, 20)
        super().__init__(local)
        self.calls = 0

    def answered(
        self, prompt: Prompt, *, shape: type[Shape], seconds: float, barred: Barred | None = None
    ) -> Answered[Shape]:
        """Nothing, and how many tokens the question had."""
        del seconds, barred
        self.calls += 1
        nothing = shape.model_validate(_NOTHING[shape].model_dump())
        return Answered(nothing, (len(prompt.system) + len(prompt.text)) // _A_TOKEN, 0)


def costs(sizes: Sequence[int] = SIZES) -> Iterator[Cost]:
    """The cost of a brief at each size of history."""
    numbers = count(1)
    with TemporaryDirectory() as folder, opened(Settings(data_dir=Path(folder))) as parts:
        admin = Principal("evals", "admin", None)
        pair = parts.coach.create_mentorship(admin, synthesis.pair())
        mentor = Principal("evals", "mentor", pair.id)
        parts.coach.agree_on_contract(mentor, pair.id, synthesis.agreement())
        coming, characters, held = synthesis.history(), 0, 0
        for size in sizes:
            for session in islice(coming, size - held):
                _put(parts, pair.id, session, numbers)
                characters += sum(len(note.text) for note in session.notes)
            held = size
            parts.coach.reread()
            yield _cost(parts, mentor, size, characters // _A_TOKEN)


def _put(parts: Parts, mentorship_id: str, session: Session, numbers: Iterator[int]) -> None:
    named = session.model_copy(
        update={
            "id": f"session_{next(numbers)}",
            "notes": tuple(
                note.model_copy(update={"id": f"note_{next(numbers)}"}) for note in session.notes
            ),
        }
    )
    parts.store.add_session(mentorship_id, named, posted_by="mentor")


def _cost(parts: Parts, mentor: Principal, size: int, all_notes: int) -> Cost:
    """A brief of a coach whose model has read all but the last session."""
    gateway = _Counting()
    model = LlmEngine(gateway, seconds=600)
    second = SecondReader(model, parts.store, clock=lambda: _NOW)
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
    return Cost(size, gateway.calls - calls, model.tokens - tokens, all_notes)


def main() -> None:
    """Print the curve."""
    table = Table("sessions", "calls", "tokens a brief", "tokens of all notes", "", box=None)
    made = list(costs())
    most = max(cost.all_notes for cost in made)
    for cost in made:
        ours, theirs = (round(_BAR * each / most) for each in (cost.tokens, cost.all_notes))
        bar = "█" * max(1, ours) + "░" * max(0, theirs - ours)
        table.add_row(
            str(cost.sessions), str(cost.asked), f"{cost.tokens:,}", f"{cost.all_notes:,}", bar
        )
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
