"""Makes small domain values; name only what a test is about."""

from collections.abc import Iterable
from datetime import date
from itertools import count

from coach.engines.embedded.engine import EmbeddedEngine
from coach.model.contract import Contract, Goal
from coach.model.drift import DecisionKind, DriftDecision
from coach.model.history import History
from coach.model.people import Audience, Mentorship, Person
from coach.model.sessions import Note, Preparation, Session
from coach.ports import ReadingContext

_numbers = count(1)
_ENGINE = EmbeddedEngine()
"""One for all tests: the same note gives the same reading, and loading takes a second."""


def make_mentorship(**fields) -> Mentorship:
    """Ana mentors Ben."""
    given = {
        "id": "pair",
        "mentor": Person(name="Ana Lima", pronouns="she/her"),
        "mentee": Person(name="Ben Okoro", pronouns="he/him"),
        "started_on": date(2026, 1, 5),
    }
    return Mentorship(**{**given, **fields})


def make_note(text: str = "We talked about the plan.", **fields) -> Note:
    """A shared Markdown note by the mentee."""
    given = {
        "id": f"note{next(_numbers)}",
        "author": "mentee",
        "visibility": "shared",
        "format": "markdown",
    }
    return Note(**{**given, **fields, "text": text})


def make_session(held_on: date, *notes: Note | str, **fields) -> Session:
    """A session; a string stands for a shared note of the mentee."""
    made = tuple(make_note(each) if isinstance(each, str) else each for each in notes)
    return Session(**{"id": f"session{held_on:%m%d}", **fields, "held_on": held_on, "notes": made})


def make_contract(**fields) -> Contract:
    """Version 1, fortnightly, with only the given goals."""
    given = {
        "version": 1,
        "effective_from": date(2026, 1, 5),
        "cadence": {"every_days": 14},
    }
    return Contract(**{**given, **fields})


def make_decision(decision: DecisionKind = "return", **fields) -> DriftDecision:
    """The mentor's decision of 1 June on the warning w about a rhythm; both may see it."""
    given = {
        "id": f"decision{next(_numbers)}",
        "drift_id": "w",
        "kind": "cadence",
        "clause": "cadence",
        "by": "mentor",
        "visibility": "shared",
        "taken_on": date(2026, 6, 1),
    }
    return DriftDecision(**{**given, **fields, "decision": decision})


def make_goal(statement: str = "Lead a release", **fields) -> Goal:
    """An active goal g1."""
    return Goal(**{"id": "g1", **fields, "statement": statement})


def make_history(
    *sessions: Session,
    as_of: date | None = None,
    audience: Audience = "mentor",
    contracts: Iterable[Contract] = (),
    mentorship: Mentorship | None = None,
    preparations: Iterable[Preparation] = (),
) -> History:
    """What an audience knows, read by the embedded engine."""
    pair = mentorship or make_mentorship()
    return History(
        mentorship=pair,
        audience=audience,
        as_of=as_of or max((each.held_on for each in sessions), default=date(2026, 1, 5)),
        contracts=tuple(contracts),
        sessions=sessions,
        readings={
            note.id: _ENGINE.read(note, ReadingContext(pair, session.held_on))
            for session in sessions
            for note in session.notes
        },
        preparations=tuple(preparations),
    )
