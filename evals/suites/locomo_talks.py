"""The talks of LoCoMo as they are published: each is a mentorship with one note a session.

A turn is named `D<session>:<turn>`. The licence of the data is CC BY-NC 4.0: a result holds ids
and figures, none of the words.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from coach.errors import Invalid
from coach.model.people import Mentorship, Person
from coach.model.sessions import Note, Session
from coach.use_cases.casefile import CaseFile
from evals.cases import NoteSpan


class Question(BaseModel):
    """A question with the turns that answer it, as published; other keys are not read."""

    question: str
    category: int
    evidence: tuple[str, ...] = ()


class Talk(NamedTuple):
    """A conversation as a mentorship, with the place of each turn in its notes."""

    file: CaseFile
    turns: Mapping[str, NoteSpan]
    questions: tuple[Question, ...]


class _Turn(BaseModel):
    speaker: str
    dia_id: str
    text: str


class _Published(BaseModel):
    sample_id: str
    conversation: dict[str, object]
    qa: tuple[Question, ...]


class _SessionTurns(NamedTuple):
    """A session, with the place of each of its turns."""

    session: Session
    turns: dict[str, NoteSpan]


_FILE = TypeAdapter(tuple[_Published, ...])
_TURNS = TypeAdapter(tuple[_Turn, ...])
_TEXT = TypeAdapter(str)


def load(file: Path) -> list[Talk]:
    """Every talk of a file. Raises Invalid naming what is not as LoCoMo publishes it."""
    try:
        return [_talk(each) for each in _FILE.validate_json(file.read_bytes())]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Invalid(f"{file.name}: {place}: {first['msg']}") from None


def _talk(published: _Published) -> Talk:
    talk = published.conversation
    sessions_with_turns = [_session_turns(number, talk) for number in _numbers(talk)]
    mentorship = Mentorship(
        id=published.sample_id,
        mentor=Person(name=_TEXT.validate_python(talk.get("speaker_a"))),
        mentee=Person(name=_TEXT.validate_python(talk.get("speaker_b"))),
    )
    sessions = tuple(each.session for each in sessions_with_turns)
    turns = {turn: span for each in sessions_with_turns for turn, span in each.turns.items()}
    return Talk(CaseFile(mentorship, (), sessions, {}), turns, published.qa)


def _numbers(talk: Mapping[str, object]) -> list[int]:
    """The sessions that have turns; the published files also date some that have none."""
    ends = (key.removeprefix("session_") for key, held in talk.items() if held)
    return sorted(int(end) for end in ends if end.isdecimal())


def _session_turns(number: int, talk: Mapping[str, object]) -> _SessionTurns:
    name = f"session_{number}"
    text, turns = "", {}
    for turn in _TURNS.validate_python(talk[name]):
        line = f"{turn.speaker}: {' '.join(turn.text.split())}"
        turns[turn.dia_id] = (name, len(text), len(text) + len(line))
        text += line + "\n"
    # One note a session: both bear the session's name, so that a span tells its session.
    note = Note(id=name, author="tool", visibility="shared", format="text", text=text)
    return _SessionTurns(Session(id=name, held_on=_held_on(name, talk), notes=(note,)), turns)


def _held_on(name: str, talk: Mapping[str, object]) -> date:
    """The day of a time such as `1:56 pm on 8 May, 2023`."""
    told = _TEXT.validate_python(talk.get(f"{name}_date_time"))
    _, _, day = " ".join(told.split()).partition(" on ")
    try:
        return datetime.strptime(day, "%d %B, %Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise Invalid(f"{name}_date_time does not end in a day such as 8 May, 2023") from None
