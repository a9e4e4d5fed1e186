"""Histories whose readings are made by hand.

Each session says in plain text what a passage says of which clause.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from coach.drift.detection import detect
from coach.model.drift import Drift
from coach.model.history import History
from coach.model.people import Audience
from coach.model.readings import ClauseSignal, FactSignal, Reading
from coach.model.sessions import Session
from tests.builders import make_contract, make_goal, make_mentorship, make_note, make_session

START = date(2026, 1, 5)
LINES = (
    "We went through the lead sheet and the spring fair. "
    "It was a good hour, and both of us learned a thing about the stall rota. "
)
"""Notes long enough to be real ones; they say nothing of any clause."""

TEXT = (
    "We help each other: the mentee shows new tools in return. "
    "Notes of each session are written within a week. "
    "If something is wrong between us we say so. Health and family matters go to a professional. "
    "Both come on time and say so early if not."
)
CONTRACT = make_contract(
    goals=[
        make_goal(
            "Lead a release",
            success_criteria="one release shipped",
            target_date=date(2026, 6, 30),
        ),
        make_goal("Negotiate pay", id="g2", success_criteria="a raise agreed"),
    ],
    roles={
        "mentor": ["gives guidance", "does not do the mentee's work"],
        "mentee": ["brings a question to each session"],
    },
    cadence={"every_days": 14, "duration_minutes": 60},
    channels=["Zoom"],
    feedback={"every_sessions": 2, "method": "both ways"},
    confidentiality="What is said here stays between the two.",
    phase={"diagnosis_until": date(2026, 1, 12)},
    ends_on=date(2026, 12, 31),
    change_signs=["two sessions with nothing to talk about"],
    text=TEXT,
)
CLAUSES = {
    "confidentiality": "confidentiality",
    "boundary": "text.3",
    "role": "roles.mentor.1",
    "trust": "text.2",
    "agency": "roles.mentee.0",
    "feedback": "feedback",
    "channel": "channels",
    "cadence": "cadence",
    "phase": "phase",
    "reciprocity": "text.0",
    "structure": "text.1",
    "exit": "change_signs.0",
    "goal_neglect": "goals.g2",
}
"""A clause of the contract for each kind whose warnings may rest on what passages say of it."""
SERIOUS = ("confidentiality", "boundary", "role")


class Passage(NamedTuple):
    """One sentence of a note and what a reader says of it."""

    text: str
    clause: str = ""
    says: str = "breaks"
    likelihood: float = 0.9
    whose: str | None = None
    by: str = "embedded"
    version: int = 1


def against(clause: str, text: str = "This hour tells of it.", **fields) -> Passage:
    """A sentence that breaks a clause."""
    return Passage(text, clause, **fields)


def make_told(
    *sessions: Sequence[Passage] | None,
    contracts=(CONTRACT,),
    as_of: date | None = None,
    audience: Audience = "mentee",
    author: str = "mentee",
    every_days: int = 14,
    mentorship=None,
    lines: str = LINES,
    **fields,
) -> History:
    """Return a history of fortnightly sessions, each with its passages after two idle sentences.

    None stands for a session without notes.
    """
    held = [START + timedelta(days=every_days * number) for number in range(len(sessions))]
    told = [
        _session(on, passages, author, lines, **fields)
        for on, passages in zip(held, sessions, strict=True)
    ]
    return History(
        mentorship=mentorship or make_mentorship(),
        audience=audience,
        as_of=as_of or held[-1] + timedelta(days=2),
        contracts=tuple(contracts),
        sessions=tuple(session for session, _ in told),
        readings={reading[0]: reading[1] for _, reading in told if reading},
        preparations=(),
    )


def raised(history: History, kind: str) -> list[Drift]:
    """The warnings of one kind."""
    return [each for each in detect(history, []) if each.kind == kind]


def _session(
    on: date, passages: Sequence[Passage] | None, author: str, lines: str, **fields
) -> tuple[Session, tuple[str, Reading] | None]:
    if passages is None:
        return make_session(on, **fields), None
    note = make_note(lines + " ".join(each.text for each in passages), author=author)
    return make_session(on, note, **fields), (note.id, _reading(passages, len(lines)))


def _reading(passages: Sequence[Passage], place: int) -> Reading:
    signals: list[FactSignal | ClauseSignal] = [
        FactSignal(start=0, end=20, kind="topic", said_by=None)
    ]
    for each in passages:
        if each.clause:
            signals.append(
                ClauseSignal(
                    start=place,
                    end=place + len(each.text),
                    by=each.by,
                    clause=each.clause,
                    version=each.version,
                    says=each.says,
                    whose=each.whose,
                    likelihood=each.likelihood,
                )
            )
        place += len(each.text) + 1
    return Reading(engine="embedded", version="by hand", signals=tuple(signals))
