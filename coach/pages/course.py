"""How a mentorship went over time, from what one audience knows."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from coach.agreement.contract import in_force
from coach.agreement.goals import GoalWords, goal_words
from coach.drift.kinds.cadence import tolerated_days
from coach.drift.signals import LIKELY, held_sessions
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.contract import Goal
from coach.model.course import Course, GoalCourse, Meeting, Stretch
from coach.model.history import History
from coach.model.readings import ClauseSignal, FactSignal
from coach.model.sessions import Session
from coach.notes.lines import ReadNote, cite, read_notes

MOST_SESSIONS = 1000
"""Nineteen years of a weekly rhythm: more are not looked through for one answer."""


def course(history: History, made: Sequence[Commitment], *, since: date | None = None) -> Course:
    """How it went, from a day on where one is given."""
    held = held_sessions(history)
    shown = [each for each in held if since is None or each.held_on >= since][-MOST_SESSIONS:]
    began = shown[0].held_on if shown else history.as_of
    return Course(
        as_of=history.as_of,
        earlier=len(held) - len(shown),
        meetings=tuple(Meeting(session_id=each.id, held_on=each.held_on) for each in shown),
        stretches=tuple(_stretches(history, shown)),
        goals=tuple(_goals(history, shown)),
        commitments=tuple(each for each in made if _until(each) >= began),
    )


def _until(promise: Commitment) -> date:
    """The day until which a promise belongs to the course: without end while it is open."""
    settled = promise.status in {"done", "dropped"}
    return promise.history[-1].held_on if settled and promise.history else date.max


def _stretches(history: History, held: Sequence[Session]) -> Iterator[Stretch]:
    days = sorted({each.held_on for each in held})
    for since, until in pairwise(days):
        yield _stretch(history, since, until)
    if days and days[-1] < history.as_of and history.mentorship.status == "active":
        yield _stretch(history, days[-1], history.as_of, running=True)


def _stretch(history: History, since: date, until: date, *, running: bool = False) -> Stretch:
    contract = in_force(history.contracts, since)
    rhythm = contract.cadence if contract else None
    allowed = rhythm.every_days + tolerated_days(rhythm) if rhythm else None
    return Stretch(
        since=since,
        until=until,
        agreed_days=rhythm.every_days if rhythm else None,
        longer=allowed is not None and (until - since).days > allowed,
        running=running,
    )


def _goals(history: History, held: Sequence[Session]) -> Iterator[GoalCourse]:
    goals = history.contract.goals if history.contract else ()
    telling = goal_words(goals, history.mentorship)
    found: dict[str, dict[str, Citation]] = {each.id: {} for each in goals}
    looked_at = {each.id for each in held}
    for read in read_notes(history):
        if read.session.id in looked_at:
            for goal, citation in _said(read, telling, goals):
                found[goal].setdefault(read.session.id, citation)
    for each in goals:
        yield GoalCourse(goal=each, evidence=tuple(found[each.id].values()))


def _said(
    read: ReadNote, telling: GoalWords, goals: Sequence[Goal]
) -> Iterator[tuple[str, Citation]]:
    """What a note says of each goal: its facts in the goal's words first, then what keeps to it."""
    known = {f"goals.{each.id}": each.id for each in goals}
    for fact in sorted(read.reading.of(FactSignal), key=lambda each: -each.likely):
        goal = telling.about(read.note.text[fact.start : fact.end])
        if goal is not None:
            yield goal, cite(read.session, read.note, fact.start, fact.end)
    for each in read.reading.of(ClauseSignal):
        if each.clause in known and each.says == "keeps" and each.likelihood >= LIKELY:
            yield known[each.clause], cite(read.session, read.note, each.start, each.end)
