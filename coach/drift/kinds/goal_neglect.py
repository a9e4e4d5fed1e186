"""D1 goal neglect: an agreed goal gets no work, and nobody said why.

Definition: session after session neither mentions an agreed goal nor works on it.

Needs: three sessions with real notes (two if sessions are rare) without a sentence that could be
about the goal. Otherwise passages that say that it was left aside, in two sessions, or one plain
passage (low).

Traps: a goal that is done, parked or in line for later, other words for it, "both goals moved",
thin notes, a quarterly rhythm, the stage of diagnosis.

Source: "when you reach your goals, or when new needs arise that change your direction"; "the
mentoring process can go off the rails".
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach.agreement.clauses import goal_clause
from coach.agreement.contract import active_goals
from coach.agreement.goals import GoalWords, goal_words
from coach.drift.goal_talk import way_of
from coach.drift.signals import RECENT_SESSIONS, Evidence, matter, noted_sessions
from coach.drift.wording import Words, agreed, severity_of, warning
from coach.ids import derived_id
from coach.language import words
from coach.language.phrasing import day
from coach.model.citations import Citation
from coach.model.contract import Contract, Goal
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History
from coach.model.readings import ClauseSignal, FactSignal
from coach.model.sessions import Note, Session
from coach.notes.lines import cite
from coach.notes.sentences import units

_PARKED = re.compile(
    r"(?<!\w)(?:park(?:ed|s|ing)?|on hold|on ice|resting|rests|later|not before|until|till|after"
    r"|before the|waits?|waiting|next (?:year|term|season|quarter)|"
    r"third|last|comes (?:second|third|last)|paus(?:ed|e)|done|achieved|finished|passed|met"
    r"|reached)(?!\w)",
    re.IGNORECASE,
)
_LAID_DOWN = re.compile(
    r"(?<!\w)(?:park(?:ed|s|ing)?|on hold|on ice|resting|rests|paus(?:ed|e)|achieved)(?!\w)",
    re.IGNORECASE,
)
_SILENT_SESSIONS = 3
"""Sessions without a mention before a warning, at usual rhythms.

Chosen by hand; not measured.
"""
_SILENT_RARE_SESSIONS = 2
"""Sessions without a mention before a warning, if sessions are rare.

Chosen by hand; not measured.
"""
_RARE_DAYS = 60
"""Sessions are rare from this agreed interval in days. Chosen by hand; not measured."""
_REAL_NOTES = 15
"""Words from which a session's notes should name its topic: two sentences.

Chosen by hand; not measured.
"""

_SPOKEN_OF = frozenset({"goal_vagueness", "relevance_loss"})
"""Whoever says that a goal has no measure, or no point any more, speaks about it."""
_LOOKED_AT = 8
"""How many of the last sessions are searched sentence by sentence.

Older ones are searched by their facts alone. So the cost stays the same however long the two have
met, and three silent sessions are still found.
"""


class _Mention(NamedTuple):
    """Where a goal was last mentioned, and the sessions with real notes since then."""

    citation: Citation | None
    silent: tuple[Session, ...]
    set_aside: bool = False


def goal_neglect(evidence: Evidence) -> Iterator[Drift]:
    """Warn of each active goal that the last sessions do not mention, or that was left aside."""
    told = list(_told(evidence))
    yield from told
    yield from (each for each in _silent(evidence) if each.about not in {e.about for e in told})


def _told(evidence: Evidence) -> Iterator[Drift]:
    """Warn of the goal that passages say was left aside: words weigh more than silence."""
    found = matter(evidence, "goals", about=lambda said: way_of(said) == "goal_neglect")
    if found is None:
        return
    how = Words(
        seen="say that it was left aside",
        innocent="It may be waiting for its time, or other things came first for good reason.",
        question="What place does this goal have now?",
        return_to="Give this goal time in the next session.",
        amend_to="Park, reword or drop the goal in the next version of the contract.",
    )
    yield warning(evidence, "goal_neglect", found, how, severity=severity_of(found))


def _silent(evidence: Evidence) -> Iterator[Drift]:
    """Warn of the goals that no sentence of the last sessions could be about.

    It takes three sessions, two if sessions are rare. They count from the day the contract took
    effect, and only with real notes that name another goal: where no goal is named, the talk may
    be about any of them in other words. Nothing is said before the first stage is over. A goal
    that was parked, put in line or reached when it was last mentioned is fine.
    """
    history = evidence.history
    contract = history.contract
    if contract is None:
        return
    goals = active_goals(history)
    spoken = _Spoken(history, goal_words(goals, history.mentorship))
    rare = contract.cadence is not None and contract.cadence.every_days >= _RARE_DAYS
    enough = _SILENT_RARE_SESSIONS if rare else _SILENT_SESSIONS
    for goal in goals:
        if not spoken.telling.can_be_told(goal.id):
            continue
        mention = _last_mention(spoken, contract, goal)
        over = bool(mention.silent) and mention.silent[-1].held_on > _looking_until(contract)
        others = [each for each in goals if each.id != goal.id]
        if not over or mention.set_aside or len(mention.silent) < enough:
            continue
        if len(_beside_others(spoken, mention.silent, others)) >= enough:
            yield _warning(history, contract, goal, mention)


class _Spoken:
    """Where each session may mention each goal; each session is searched once for all goals."""

    def __init__(self, history: History, telling: GoalWords) -> None:
        self.history = history
        self.telling = telling
        self.sessions = noted_sessions(history)
        self.recent = {each.id for each in self.sessions[-_LOOKED_AT:]}
        self._known: dict[str, dict[str, list[Citation]]] = {}

    def of(self, session: Session, goal: Goal) -> list[Citation]:
        """Return the quotes of a session that may be about a goal."""
        if session.id not in self._known:
            self._known[session.id] = self._by_goal(session)
        return self._known[session.id].get(goal.id, [])

    def _by_goal(self, session: Session) -> dict[str, list[Citation]]:
        """Return the quotes of a session by the id of the goal that they may be about."""
        found: dict[str, list[Citation]] = {}
        for note in session.notes:
            worded = self._worded(note) if session.id in self.recent else self._facts(note)
            for start, end, goals in (*worded, *self._read(note)):
                for goal in goals:
                    found.setdefault(goal, []).append(cite(session, note, start, end))
        return found

    def _worded(self, note: Note) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield the sentences that hold words of a goal."""
        for unit in units(note):
            if goals := self.telling.may_be_about(f"{unit.heading} {unit.text}"):
                yield unit.start, unit.end, goals

    def _facts(self, note: Note) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield the facts that hold words of a goal."""
        reading = self.history.readings.get(note.id)
        for each in reading.of(FactSignal) if reading else ():
            if goals := self.telling.may_be_about(note.text[each.start : each.end]):
                yield each.start, each.end, goals

    def _read(self, note: Note) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield the passages that were read as being about a goal, in whatever words."""
        reading = self.history.readings.get(note.id)
        for each in reading.of(ClauseSignal) if reading else ():
            name, _, goal = each.clause.partition(".")
            if name == "goals" and (each.says != "breaks" or each.way in _SPOKEN_OF):
                yield each.start, each.end, frozenset({goal})


def _last_mention(spoken: _Spoken, contract: Contract, goal: Goal) -> _Mention:
    """Return where a goal was last mentioned, and the recent sessions with real notes since."""
    silent: list[Session] = []
    for session in reversed(spoken.sessions):
        if mentions := spoken.of(session, goal):
            set_aside = any(_PARKED.search(each.quote) for each in mentions)
            set_aside = set_aside or _was_laid_down(spoken, goal, before=session)
            return _Mention(mentions[-1], tuple(reversed(silent)), set_aside)
        counts = session.id in spoken.recent and session.held_on >= contract.effective_from
        if counts and _is_telling(spoken.history, session):
            silent.append(session)
    return _Mention(None, tuple(reversed(silent)))


def _beside_others(
    spoken: _Spoken, silent: Sequence[Session], others: Sequence[Goal]
) -> list[Session]:
    """The silent sessions that speak of another goal.

    Where a session names no goal at all, it may be about this one in other words.
    """
    return [each for each in silent if any(spoken.of(each, goal) for goal in others)]


def _was_laid_down(spoken: _Spoken, goal: Goal, *, before: Session) -> bool:
    """Whether somebody plainly said, not long before, that the goal rests or is done.

    A stray word later does not reopen the goal.
    """
    known = [each for each in spoken.sessions if each.held_on < before.held_on]
    return any(
        _LAID_DOWN.search(each.quote)
        for session in known[-RECENT_SESSIONS:]
        for each in spoken.of(session, goal)
    )


def _looking_until(contract: Contract) -> date:
    """Return the last day of the first stage, in which no goal needs work yet."""
    until = contract.phase.diagnosis_until if contract.phase else None
    return until or date.min


def _is_telling(history: History, session: Session) -> bool:
    """Whether the notes were read and are long enough to name the topic of the session."""
    read = [each for each in session.notes if each.id in history.readings]
    return sum(words.count(each.text) for each in read) >= _REAL_NOTES and any(
        history.readings[each.id].of(FactSignal) for each in read
    )


def _warning(history: History, contract: Contract, goal: Goal, mention: _Mention) -> Drift:
    dates = ", ".join(session.held_on.isoformat() for session in mention.silent[-6:])
    last = mention.citation
    if last is None:
        told = f"has not come up in the last {len(mention.silent)} sessions with notes"
        computed = f"not in the notes of {dates}"
    else:
        gone = f"{len(mention.silent)} sessions with notes have gone by since"
        told = f"last came up on {day(last.held_on)}; {gone}"
        computed = f"last mentioned on {last.held_on.isoformat()}; not in the notes of {dates}"
    overdue = goal.target_date is not None and goal.target_date <= history.as_of
    clause = goal_clause(contract, goal)
    return Drift(
        id=derived_id(
            "drift", history.mentorship.id, "goal_neglect", goal.id, last.held_on if last else ""
        ),
        kind="goal_neglect",
        clause=clause,
        about=goal.id,
        severity="high" if overdue else "medium",
        confidence=0.7 if last else 0.5,
        since=mention.silent[0].held_on,
        seen=(*((last,) if last else ()), Computed(computed=computed)),
        message=f"{agreed(clause.text, clause.version)} It {told}.",
        innocent_explanation="It may be done, waiting for its time, or spoken of in other words.",
        question="What place does this goal have now?",
        options=DriftOptions(
            return_to="Give this goal time in the next session.",
            amend_to="Park, reword or drop the goal in the next version of the contract.",
        ),
        by="embedded",
    )
