"""LoCoMo (Maharana et al., ACL 2024) as it is published: long talks, and questions with the turns that answer them.

Each talk is a mentorship with one note a session; every question is asked by search. A turn is named
`D<session>:<turn>`; evidence that names no turn of its talk is skipped and counted. Its licence is
CC BY-NC 4.0: a result holds ids and figures, none of the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from coach.casefile import CaseFile
from coach.errors import Invalid
from coach.model import Mentorship, Note, Person, Session, SessionHit
from evals.metrics import Span, overlaps, reciprocal_rank
from evals.outcomes import CaseOutcome, Miss, Ratio
from evals.run import Progress, Result, added_up
from evals.subject import Subject, Timings, running

_CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop", 5: "adversarial"}
_FIRST = 5


class Question(BaseModel):
    """A question with the turns that answer it, as published; most keys of the file are not read."""

    question: str
    category: int
    evidence: tuple[str, ...] = ()


class Talk(NamedTuple):
    """A conversation as a mentorship, with the place of each turn in its notes."""

    file: CaseFile
    turns: Mapping[str, Span]
    questions: tuple[Question, ...]


class _Turn(BaseModel):
    speaker: str
    dia_id: str
    text: str


class _Published(BaseModel):
    sample_id: str
    conversation: dict[str, object]
    qa: tuple[Question, ...]


class _Sitting(NamedTuple):
    """A session, with the place of each of its turns."""

    session: Session
    turns: dict[str, Span]


_FILE = TypeAdapter(tuple[_Published, ...])
_TURNS = TypeAdapter(tuple[_Turn, ...])
_TEXT = TypeAdapter(str)


def run_locomo(file: Path, progress: Progress) -> Result:
    """Ask every question of every talk in the file."""
    timings = Timings()
    outcomes = []
    with running() as parts:
        for talk in load(file):
            subject = Subject(parts, talk.file, timings)
            outcomes.append(measured(talk, subject))
            progress(talk.file.mentorship.id)
    return added_up("locomo", outcomes, timings=timings, data=file.parent)


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
    sittings = [_sitting(number, talk) for number in _numbers(talk)]
    mentorship = Mentorship(
        id=published.sample_id,
        mentor=Person(name=_TEXT.validate_python(talk.get("speaker_a"))),
        mentee=Person(name=_TEXT.validate_python(talk.get("speaker_b"))),
    )
    sessions = tuple(each.session for each in sittings)
    turns = {turn: span for each in sittings for turn, span in each.turns.items()}
    return Talk(CaseFile(mentorship, (), sessions, {}), turns, published.qa)


def _numbers(talk: Mapping[str, object]) -> list[int]:
    """The sessions that have turns; the published files also date some that have none."""
    ends = (key.removeprefix("session_") for key, held in talk.items() if held)
    return sorted(int(end) for end in ends if end.isdecimal())


def _sitting(number: int, talk: Mapping[str, object]) -> _Sitting:
    name = f"session_{number}"
    text, turns = "", {}
    for turn in _TURNS.validate_python(talk[name]):
        line = f"{turn.speaker}: {' '.join(turn.text.split())}"
        turns[turn.dia_id] = (name, len(text), len(text) + len(line))
        text += line + "\n"
    # One note a session: both bear the session's name, so that a span tells its session.
    note = Note(id=name, author="tool", visibility="shared", format="text", text=text)
    return _Sitting(Session(id=name, held_on=_held_on(name, talk), notes=(note,)), turns)


def _held_on(name: str, talk: Mapping[str, object]) -> date:
    """The day of a time such as `1:56 pm on 8 May, 2023`."""
    told = _TEXT.validate_python(talk.get(f"{name}_date_time"))
    _, _, day = " ".join(told.split()).partition(" on ")
    try:
        return datetime.strptime(day, "%d %B, %Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise Invalid(f"{name}_date_time does not end in a day such as 8 May, 2023") from None


def measured(talk: Talk, subject: Subject) -> CaseOutcome:
    """Every question of one talk."""
    ratios = []
    misses = []
    for number, question in enumerate(talk.questions):
        known = [each for each in question.evidence if each in talk.turns]
        wrong = [each for each in question.evidence if each not in talk.turns]
        misses += [_miss("evidence names no turn", number, wanted=each) for each in wrong]
        ratios.append(_read(question, known))
        if known:
            hits = subject.search("tool", question.question).sessions
            asked = _asked([talk.turns[each] for each in known], hits, subject)
            ratios.append(_by_category(asked, question.category))
            misses += _missed(asked, number, known)
    name = talk.file.mentorship.id
    return CaseOutcome(name=name, scores={}, ratios=_summed(ratios), misses=tuple(misses))


def _read(question: Question, known: Sequence[str]) -> dict[str, Ratio]:
    return {
        "questions scored": Ratio(bool(known), 1),
        "evidence usable": Ratio(len(known), len(question.evidence)),
    }


def _asked(turns: Sequence[Span], hits: Sequence[SessionHit], subject: Subject) -> dict[str, Ratio]:
    """One question; recall is of its own sessions and turns, so that each question counts alike."""
    wanted = {note for note, _, _ in turns}
    ranked = [subject.session(hit.session_id) for hit in hits]
    best = sorted((each for hit in hits for each in hit.passages), key=lambda each: -each.score)
    cited = [subject.span(passage.citation) for passage in best[:_FIRST]]
    found = sum(any(overlaps(one, turn) for one in cited) for turn in turns)
    return {
        "session recall@5": Ratio(len(wanted & set(ranked[:_FIRST])) / len(wanted), 1),
        "passage recall@5": Ratio(found / len(turns), 1),
        "MRR": Ratio(reciprocal_rank(ranked, wanted), 1),
        "answered": Ratio(bool(hits), 1),
    }


def _by_category(asked: Mapping[str, Ratio], category: int) -> dict[str, Ratio]:
    of = _CATEGORIES.get(category, f"category {category}")
    return {**asked, **{f"{name}: {of}": ratio for name, ratio in asked.items()}}


def _missed(asked: Mapping[str, Ratio], number: int, known: Sequence[str]) -> list[Miss]:
    wanted = ", ".join(known)
    if not asked["answered"].hits:
        return [_miss("abstained", number, wanted=wanted)]
    return [
        _miss(f"nothing in {name}", number, wanted=wanted)
        for name in ("session recall@5", "passage recall@5")
        if not asked[name].hits
    ]


def _miss(what: str, number: int, *, wanted: str) -> Miss:
    return Miss(what=what, said=f"qa[{number}]", wanted=wanted)


def _summed(ratios: Iterable[Mapping[str, Ratio]]) -> dict[str, Ratio]:
    total: dict[str, Ratio] = {}
    for each in ratios:
        for name, ratio in each.items():
            total[name] = total.get(name, Ratio(0, 0)) + ratio
    return total
