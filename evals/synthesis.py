"""Histories of any length, composed by rule from the parts below: two people made up, seeds fixed.

What is promised in one session is spoken of in a later one, so that a reader has promises to follow.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from coach.model import Cadence, Contract, FeedbackClause, Goal, Mentorship, Note, Person, Session

FIRST_DAY = date(2018, 1, 3)
DAYS_BETWEEN = 3
_SEED = 20180103

_VERBS = {
    "draft": "drafted",
    "send": "sent",
    "rehearse": "rehearsed",
    "review": "reviewed",
    "rewrite": "rewrote",
    "measure": "measured",
    "sketch": "sketched",
    "finish": "finished",
    "book": "booked",
    "present": "presented",
    "collect": "collected",
    "compare": "compared",
}
_THINGS = (
    "rollout plan",
    "risk list",
    "cost estimate",
    "interview guide",
    "hiring rubric",
    "incident report",
    "test strategy",
    "capacity forecast",
    "supplier contract",
    "training outline",
    "quarterly summary",
    "onboarding checklist",
    "decision log",
    "budget table",
    "customer survey",
    "migration script",
    "release calendar",
    "escalation path",
    "slide deck",
    "workshop agenda",
)
_PLACES = (
    "warehouse",
    "payments",
    "billing",
    "returns",
    "harbour depot",
    "northern branch",
    "call centre",
    "loyalty card",
    "invoice",
    "night shift",
    "pricing",
    "mobile app",
    "data platform",
    "fraud desk",
    "delivery fleet",
    "packing hall",
    "refund",
    "wholesale",
    "export",
    "catalogue",
)
_OTHERS = ("Odile", "Farid", "Wanda", "Piet", "Sunniva", "Yusuf", "Carmen", "Leopold")
_TOLD = (
    "I'm proud that the {place} {thing} was approved without a single change.",
    "The {place} demo went really well, {other} rang me to say so and I walked home the long way.",
    "I finally managed to explain the {place} numbers to {other} without slides.",
    "My worry is the {place} {thing}: we are behind schedule and nobody has said it aloud.",
    "I'm scared that the {place} team falls apart when {other} leaves.",
    "I'm not sure whether the {place} work is still mine, or why I keep holding on to it.",
    "I wonder if I should ask {other} for help with the {thing} or just work another weekend.",
    "{other} has announced a new reporting line for {place} from the first of the month.",
    "There is a new manager in {place} and she wants to see the {thing} before anything is signed.",
    "I tried to run the {place} stand-up with questions alone, and it took me three goes to stay quiet.",
    "We tested the {thing} with two people from {place}; both got lost on the same page.",
    "I talked to {other} about the {place} figures and learned that half of them are guesses.",
    "We agreed that the {place} {thing} comes before everything else until the end of the quarter.",
    "We decided to park the {place} idea, because it only keeps me from the {thing}.",
    "{other} said I explain {place} well but hide behind the {thing} when somebody disagrees.",
    "Every time {place} comes up I put it off and polish the {thing} instead.",
    "What I learned: a {thing} of one page gets read, and a {place} folder of forty does not.",
    "Next time I want to talk about {place} and how to say no to {other}.",
)
_ASIDES = (
    "It rained the whole way and the tram was full, so we began ten minutes late and with wet shoes.",
    "{other} looked in halfway through, took the last biscuit and left again without a word.",
    "The room upstairs was taken, so we sat in the canteen between two loud tables and shared one chair.",
    "Marit drew the usual two boxes and an arrow on a napkin and asked me which box I am standing in.",
    "Tea, then the {thing}, then more tea, because the {place} part was harder to say than I thought.",
    "I read the {thing} out loud and heard for myself where the {place} part stops making sense.",
    "Marit asked what {other} would say about {place} if he were sitting here, and I had no good answer.",
    "We spent a good quarter of an hour on {place} and on what the {thing} is really supposed to change.",
)
_RESULTS = (
    "{past} the {place} {thing} for {other}, done.",
    "The {place} {thing} for {other}: {past} it on time.",
    "I {past} the {place} {thing} for {other} on the evening before it was due.",
    "Only half of the {place} {thing} for {other} is there so far.",
    "Did not get to the {place} {thing} for {other}, nothing sent yet.",
    "The {place} {thing} for {other} was dropped, it is no longer needed.",
)
_RESULT_ODDS = (5, 5, 5, 2, 2, 1)
_PROMISES = (
    "I'll {verb} the {place} {thing} for {other} by {due}",
    "I will {verb} the {place} {thing} for {other} before our next session",
    "Marit will {verb} the {place} {thing} for {other} by {due}",
)
_PRIVATE = (
    "He talks about {place} to avoid the {thing}. I did not push, I will ask once more and then wait.",
    "Tired today. {other} is on his mind more than the {thing}, and I am not sure that he sees it.",
    "I said too much about {place}. Next time I ask, count to ten, and let him find the {thing} himself.",
    "Good hour. He said the hard sentence about {other} without being asked, I was proud of him.",
)


class _Task(NamedTuple):
    """What somebody promised."""

    verb: str
    thing: str
    place: str
    other: str


def pair() -> Mentorship:
    """The two people, still without an id."""
    return Mentorship(
        id="",
        mentor=Person(name="Marit Solheim", pronouns="she/her"),
        mentee=Person(name="Jonas Abara", pronouns="he/him"),
        started_on=FIRST_DAY,
        language="en-GB",
    )


def agreement() -> Contract:
    """What the two agreed at the start."""
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
    """Sessions without ids, one after another and without end: about 300 words each."""
    chance = random.Random(_SEED)  # noqa: S311 - the same history every time
    unsettled: list[_Task] = []
    held_on = FIRST_DAY
    while True:
        spoken_of, unsettled = unsettled[:4], unsettled[4:]
        made = [_task(chance) for _ in range(chance.randint(2, 4))]
        notes = [_note("mentee", "shared", _shared(chance, held_on, spoken_of, made))]
        if chance.random() < 0.3:
            notes.append(_note("mentor", "mentor", _filled(chance, chance.choice(_PRIVATE))))
        yield Session(id="", held_on=held_on, duration_minutes=60, notes=tuple(notes))
        unsettled += made
        held_on += timedelta(days=DAYS_BETWEEN)


def queries(count: int) -> list[str]:
    """What somebody may look for in such a history."""
    chance = random.Random(_SEED + 1)  # noqa: S311 - the same questions every time
    shapes = (
        "{place} {thing}",
        "what did {other} say about {place}",
        "worried about the {thing}",
        "when was the {place} {thing} approved",
    )
    return [_filled(chance, chance.choice(shapes)) for _ in range(count)]


def words_of(session: Session) -> int:
    """How many words its notes have."""
    return sum(len(note.text.split()) for note in session.notes)


def _note(author: str, visibility: str, text: str) -> Note:
    return Note.model_validate(
        {"id": "", "author": author, "visibility": visibility, "format": "markdown", "text": text}
    )


def _task(chance: random.Random) -> _Task:
    return _Task(
        chance.choice(list(_VERBS)),
        chance.choice(_THINGS),
        chance.choice(_PLACES),
        chance.choice(_OTHERS),
    )


def _filled(chance: random.Random, sentence: str) -> str:
    return sentence.format(
        place=chance.choice(_PLACES), thing=chance.choice(_THINGS), other=chance.choice(_OTHERS)
    )


def _shared(chance: random.Random, held_on: date, spoken_of: list[_Task], made: list[_Task]) -> str:
    """The note of one session: what was said, what became of the tasks, and the next ones."""
    told = [_filled(chance, each) for each in chance.sample(_TOLD, 8)]
    asides = [_filled(chance, each) for each in chance.sample(_ASIDES, 3)]
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
    (shape,) = chance.choices(_RESULTS, _RESULT_ODDS)
    said = shape.format(past=_VERBS[task.verb], **task._asdict())
    return said[0].upper() + said[1:]


def _promise(chance: random.Random, task: _Task, held_on: date) -> str:
    due = held_on + timedelta(days=chance.randint(2, 12))
    return chance.choice(_PROMISES).format(due=f"{due.day} {due:%B}", **task._asdict())
