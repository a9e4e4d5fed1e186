"""D1 goal neglect: an agreed goal is not spoken of any more."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach.agreement.clauses import goal_clause
from coach.agreement.contract import active_goals
from coach.agreement.goals import GoalWords, goal_words
from coach.ids import derived_id
from coach.language.phrasing import day
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.contract import Contract, Goal
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History
from coach.model.readings import FactSignal
from coach.model.sessions import Session
from coach.notes.lines import cite

_PARKED = re.compile(
    r"(?<!\w)(?:park(?:ed|s|ing)?|on hold|on ice|resting|rests|later|not before|until|till|after|before the|waits?|waiting|next (?:year|term|season|quarter)|"
    r"third|last|comes (?:second|third|last)|paus(?:ed|e)|done|achieved|finished|passed|met|reached)(?!\w)",
    re.IGNORECASE,
)
_SILENT_SESSIONS = 3
_SILENT_RARE_SESSIONS = 2
_RARE_DAYS = 60


class _Mention(NamedTuple):
    """Where a goal was last spoken of, and how many sessions with notes came since."""

    citation: Citation | None
    silent: tuple[Session, ...]
    set_aside: bool = False


def goal_neglect(history: History, _: Sequence[Commitment]) -> Iterator[Drift]:
    """Warn of an active goal that no note of the last three sessions speaks of (two where they are rare).

    Sessions count from the day the contract took effect, and only those with notes. A goal that was parked,
    put in line or reached when it was last spoken of is fine.
    """
    contract = history.contract
    if contract is None:
        return
    goals = active_goals(history)
    spoken = _Spoken(history, goal_words(goals, history.mentorship))
    rare = contract.cadence is not None and contract.cadence.every_days >= _RARE_DAYS
    enough = _SILENT_RARE_SESSIONS if rare else _SILENT_SESSIONS
    for goal in goals:
        mention = _last_mention(spoken, contract, goal)
        if len(mention.silent) < enough or mention.set_aside:
            continue
        yield _warning(history, contract, goal, mention)


class _Spoken:
    """Where each session speaks of each goal; a session is looked through once, for all goals."""

    def __init__(self, history: History, telling: GoalWords) -> None:
        self.history = history
        self._telling = telling
        self._known: dict[str, dict[str, list[Citation]]] = {}

    def of(self, session: Session, goal: Goal) -> list[Citation]:
        """Where a session speaks of a goal, in reading order."""
        if session.id not in self._known:
            self._known[session.id] = self._by_goal(session)
        return self._known[session.id].get(goal.id, [])

    def _by_goal(self, session: Session) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = {}
        for note in session.notes:
            reading = self.history.readings.get(note.id)
            for each in reading.of(FactSignal) if reading else ():
                if about := self._telling.about(note.text[each.start : each.end]):
                    found.setdefault(about, []).append(cite(session, note, each.start, each.end))
        return found


def _last_mention(spoken: _Spoken, contract: Contract, goal: Goal) -> _Mention:
    history = spoken.history
    silent: list[Session] = []
    for session in reversed(history.sessions):
        if mentions := spoken.of(session, goal):
            set_aside = any(_PARKED.search(each.quote) for each in mentions)
            return _Mention(mentions[-1], tuple(reversed(silent)), set_aside)
        if session.held_on >= contract.effective_from and _was_read(history, session):
            silent.append(session)
    return _Mention(None, tuple(reversed(silent)))


def _was_read(history: History, session: Session) -> bool:
    return any(
        history.readings[note.id].of(FactSignal)
        for note in session.notes
        if note.id in history.readings
    )


def _warning(history: History, contract: Contract, goal: Goal, mention: _Mention) -> Drift:
    dates = ", ".join(session.held_on.isoformat() for session in mention.silent[-6:])
    last = mention.citation
    if last is None:
        told = "has not come up yet"
        computed = f"not in the notes of {dates}"
    else:
        told = f"last came up on {day(last.held_on)}"
        computed = f"last mentioned on {last.held_on.isoformat()}; not in the notes of {dates}"
    overdue = goal.target_date is not None and goal.target_date <= history.as_of
    return Drift(
        id=derived_id(
            "drift", history.mentorship.id, "goal_neglect", goal.id, last.held_on if last else ""
        ),
        kind="goal_neglect",
        clause=goal_clause(contract, goal),
        about=goal.id,
        severity="high" if overdue else "medium",
        confidence=0.7 if last else 0.5,
        since=mention.silent[0].held_on,
        seen=(*((last,) if last else ()), Computed(computed=computed)),
        message=f"The goal “{goal.statement}” {told}; {len(mention.silent)} sessions have gone by since.",
        innocent_explanation="It may be done, waiting for its time, or spoken of in other words.",
        question="What place does this goal have now?",
        options=DriftOptions(
            return_to="Give this goal time in the next session.",
            amend_to="Park, reword or drop the goal in the next version of the contract.",
        ),
    )
