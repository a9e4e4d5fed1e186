"""Made-up histories of any length: two people, composed by rule from fixed seeds.

What is promised in one session is spoken of in a later one, so that a reader has promises to
follow.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from coach.model.contract import Cadence, Contract, FeedbackClause, Goal
from coach.model.people import Mentorship, Person
from coach.model.sessions import Note, Session
from evals.bench.history_words import (
    ASIDES,
    OTHERS,
    PLACES,
    PRIVATE,
    PROMISES,
    RESULT_ODDS,
    RESULTS,
    THINGS,
    TOLD,
    VERBS,
)

FIRST_DAY = date(2018, 1, 3)
# 1,000 sessions then take eight years and end in March 2026.
DAYS_BETWEEN = 3
# A mentor adds a private note to about one session in three.
_PRIVATE_SHARE = 0.3
# With so many sentences and asides a session has about 300 words; a test counts them.
_SENTENCES = 8
_ASIDES = 3
# Any seed would do; a fixed one makes the same history every time.
_SEED = 20180103


class _Task(NamedTuple):
    """What somebody promised."""

    verb: str
    thing: str
    place: str
    other: str


def mentorship() -> Mentorship:
    """Return the two people, still without an id."""
    return Mentorship(
        id="",
        mentor=Person(name="Marit Solheim", pronouns="she/her"),
        mentee=Person(name="Jonas Abara", pronouns="he/him"),
        started_on=FIRST_DAY,
        language="en-GB",
    )


def agreement() -> Contract:
    """Return what the two agreed at the start."""
    return Contract(
        version=1,
        effective_from=FIRST_DAY,
        point_a="Senior clerk who writes good plans for others to present.",
        point_b="Leads the depot and is heard in the room.",
        goals=(
            Goal(id="g1", statement="Lead the warehouse migration from plan to switch-over"),
            Goal(id="g2", statement="Chair the weekly release calendar meeting alone"),
            Goal(id="g3", statement="Write a quarterly summary that needs no second question"),
        ),
        cadence=Cadence(every_days=DAYS_BETWEEN, duration_minutes=60),
        feedback=FeedbackClause(every_sessions=5),
    )


def history() -> Iterator[Session]:
    """Yield sessions without ids, without end, of about 300 words each."""
    chance = random.Random(_SEED)  # noqa: S311 - the same history every time
    unsettled: list[_Task] = []
    held_on = FIRST_DAY
    while True:
        spoken_of, unsettled = unsettled[:4], unsettled[4:]
        made = [_task(chance) for _ in range(chance.randint(2, 4))]
        notes = [_note("mentee", "shared", _shared(chance, held_on, spoken_of, made))]
        if chance.random() < _PRIVATE_SHARE:
            notes.append(_note("mentor", "mentor", _filled(chance, chance.choice(PRIVATE))))
        yield Session(id="", held_on=held_on, duration_minutes=60, notes=tuple(notes))
        unsettled += made
        held_on += timedelta(days=DAYS_BETWEEN)


def queries(count: int) -> list[str]:
    """Yield what somebody may look for in such a history."""
    chance = random.Random(_SEED + 1)  # noqa: S311 - the same questions every time
    shapes = (
        "{place} {thing}",
        "what did {other} say about {place}",
        "worried about the {thing}",
        "when was the {place} {thing} approved",
    )
    return [_filled(chance, chance.choice(shapes)) for _ in range(count)]


def _note(author: str, visibility: str, text: str) -> Note:
    return Note.model_validate(
        {"id": "", "author": author, "visibility": visibility, "format": "markdown", "text": text}
    )


def _task(chance: random.Random) -> _Task:
    return _Task(
        chance.choice(list(VERBS)),
        chance.choice(THINGS),
        chance.choice(PLACES),
        chance.choice(OTHERS),
    )


def _filled(chance: random.Random, sentence: str) -> str:
    return sentence.format(
        place=chance.choice(PLACES), thing=chance.choice(THINGS), other=chance.choice(OTHERS)
    )


def _shared(chance: random.Random, held_on: date, spoken_of: list[_Task], made: list[_Task]) -> str:
    """Return the note of one session: what was said, the outcome of tasks, and the next ones."""
    told = [_filled(chance, each) for each in chance.sample(TOLD, _SENTENCES)]
    asides = [_filled(chance, each) for each in chance.sample(ASIDES, _ASIDES)]
    paragraphs = [
        " ".join([asides[0], *told[:3]]),
        " ".join([asides[1], *told[3:6]]),
        " ".join([*told[6:], asides[2]]),
    ]
    results = [f"- {_result(chance, task)}" for task in spoken_of]
    promises = [f"- [ ] {_promise(chance, task, held_on)}" for task in made]
    return "\n".join(
        [
            f"# {held_on.day} {held_on:%B %Y}",
            "",
            *(line for paragraph in paragraphs for line in (paragraph, "")),
            "## Since last time",
            *(results or ["- first meeting, nothing was due"]),
            "",
            "## Actions",
            *promises,
        ]
    )


def _result(chance: random.Random, task: _Task) -> str:
    (shape,) = chance.choices(RESULTS, RESULT_ODDS)
    said = shape.format(past=VERBS[task.verb], **task._asdict())
    return said[0].upper() + said[1:]


def _promise(chance: random.Random, task: _Task, held_on: date) -> str:
    due = held_on + timedelta(days=chance.randint(2, 12))
    return chance.choice(PROMISES).format(due=f"{due.day} {due:%B}", **task._asdict())
