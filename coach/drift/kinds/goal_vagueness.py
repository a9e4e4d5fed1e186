"""D4 goal vagueness: nobody could tell whether a goal is met, or when it should be.

Definition: a goal has neither a sign that it is met nor a day.

Needs: the first stage is over and four sessions with notes were held under the contract. Otherwise
passages that say so in two sessions, or one plain passage. Always low.

Traps: the stage of diagnosis, help that is meant to explore.

Source: "Without this understanding, mentoring support is meaningless"; "a criteria for measuring
success".
"""

import re
from collections.abc import Iterator

from coach.agreement.clauses import goal_clause
from coach.agreement.contract import active_goals
from coach.agreement.goals import GoalWords, goal_words
from coach.drift.goal_talk import MEASURE, way_of
from coach.drift.signals import RECENT_SESSIONS, Evidence, matter, noted_sessions
from coach.drift.wording import Words, agreed, warning
from coach.ids import derived_id
from coach.model.contract import Contract, Goal
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History
from coach.model.sessions import Session
from coach.notes.sentences import units

_ENOUGH_SESSIONS = 4
"""Sessions with notes before a warning: two months at the usual fortnight.

It is the longest time that the articles give to finding out what is wanted.
"""

_NONE_YET = re.compile(
    r"(?<!\w)(?:no|not|none|never|nothing|still|yet|without|missing|how|what|\w+n['’]t|dunno"
    r"|wanted|supposed|will|next|until|by the|as is)(?!\w)",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"(?<!\w)(?:that['’]s|that is|has|have|got|agreed on|found|named|wrote(?: down)?) (?:the|a|an"
    r"|its|his|her|our) (?:measure|number|figure|criterion|yardstick)(?!\w)",
    re.IGNORECASE,
)
_QUESTION = "How would you both know that this goal is met?"


def goal_vagueness(evidence: Evidence) -> Iterator[Drift]:
    """Warn of a goal that has no measure, as the notes say or as the contract shows."""
    told = list(_told(evidence))
    yield from told or _unmeasured(evidence)


def _told(evidence: Evidence) -> Iterator[Drift]:
    found = matter(evidence, "goals", about=lambda said: way_of(said) == "goal_vagueness")
    if found is None:
        return
    words = Words(
        seen="say that its measure is still missing",
        innocent="You may know well enough between you, or want to explore before you measure.",
        question=_QUESTION,
        return_to="Write one sign and one day beside the goal in the next session.",
        amend_to="Say in the contract that this goal is for exploring, and until when.",
    )
    yield warning(evidence, "goal_vagueness", found, words, severity="low")


def _unmeasured(evidence: Evidence) -> Iterator[Drift]:
    """Warn of the first active goal that has no measure and no day in contract and notes."""
    history = evidence.history
    contract = history.contract
    if contract is None:
        return
    until = contract.phase.diagnosis_until if contract.phase else None
    begins = contract.effective_from
    since = [each for each in noted_sessions(history) if each.held_on >= begins]
    if len(since) < _ENOUGH_SESSIONS or since[-1].held_on <= (until or begins):
        return
    goals = active_goals(history)
    telling = goal_words(goals, history.mentorship)
    vague = [
        goal
        for goal in goals
        if not goal.success_criteria
        and goal.target_date is None
        and not _answered(evidence, goal)
        and not _measure_told(telling, goal, since)
    ]
    if vague:
        yield _warning(history, contract, vague[0], since)


def _measure_told(telling: GoalWords, goal: Goal, sessions: list[Session]) -> bool:
    """Whether a recent note mentions a measure that the goal has by now."""
    return any(
        _is_measure(telling, goal, unit.text)
        for session in sessions[-RECENT_SESSIONS:]
        for note in session.notes
        for unit in units(note)
    )


def _is_measure(telling: GoalWords, goal: Goal, text: str) -> bool:
    """Whether a sentence names a measure of this goal."""
    if not MEASURE.search(text) or _NONE_YET.search(text):
        return False
    return bool(_FOUND.search(text)) or goal.id in telling.may_be_about(text)


def _answered(evidence: Evidence, goal: Goal) -> bool:
    """Whether a passage changes, settles or excuses this goal."""
    answers = {"amends", "settles", "excuses"}
    return any(
        each.signal.says in answers and each.clause.key == f"goals.{goal.id}"
        for each in evidence.said.of(["goals"])
    )


def _warning(history: History, contract: Contract, goal: Goal, since: list[Session]) -> Drift:
    clause = goal_clause(contract, goal)
    begun = since[0].held_on.isoformat()
    return Drift(
        id=derived_id("drift", history.mentorship.id, "goal_vagueness", goal.id),
        kind="goal_vagueness",
        clause=clause,
        about=goal.id,
        severity="low",
        confidence=0.6,
        since=since[0].held_on,
        seen=(
            Computed(
                computed=f"no criterion and no date in version {contract.version}; "
                f"{len(since)} sessions since {begun}"
            ),
        ),
        message=(
            f"{agreed(clause.text, clause.version)} After {len(since)} sessions it has no sign "
            "that it is met, and no day."
        ),
        innocent_explanation=(
            "It may be meant for exploring, or you know its measure without writing it down."
        ),
        question=_QUESTION,
        options=DriftOptions(
            return_to="Write one sign and one day beside the goal in the next session.",
            amend_to="Say in the contract that this goal is for exploring, and until when.",
        ),
        by="data",
    )
