"""D16 exit: the end has come, or a sign that the two agreed on, and nobody looks back.

Definition: the end date has passed, every goal is reached, or an agreed sign for change shows,
without a review.

Needs: the end date and a session held after it, or two weeks of silence. Or goals that the contract
calls achieved and two sessions since. Otherwise passages about the end or the sign in two sessions,
or one plain passage (low).

Traps: a plateau after success, a review or a renewal in the notes, an agreed informal phase, one
side's wish shown to the other. A paused or ended mentorship is left alone.

Source: "What will indicate that it is time for a change, from both perspectives?"; "when you reach
your goals, or when new needs arise that change your direction".
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from coach.drift.signals import Evidence, held_sessions, matter, noted_sessions
from coach.drift.wording import Words, agreed, severity_of, warning
from coach.ids import derived_id
from coach.language.phrasing import day, days
from coach.model.contract import Clause, Contract
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History

_GRACE = timedelta(days=14)
"""Time to close without a session: a fortnight, the usual rhythm. Chosen by hand; not measured."""
_AHEAD = timedelta(days=45)
"""A review counts from so long before the end: one or two sessions at the usual rhythms.

Chosen by hand; not measured.
"""
_SESSIONS_SINCE = 2
"""Sessions after every goal is reached, before a warning: the first may be the review.

Chosen by hand; not measured.
"""
_CLOSING = re.compile(
    r"(?<!\w)(?:renew\w*|prolong\w*|look(?:ed|ing)? back|farewell|good-?bye|wrap(?:ped)? up"
    r"|informal\w*"
    r"|clos(?:e|ed|ing) (?:session|meeting|talk|round|well|the mentoring)"
    r"|(?:last|final) (?:session|meeting|call|time|talk)"
    r"|(?:extend\w*|extension|review\w*) (?:of )?(?:the |our |this )?(?:mentor\w+|contract"
    r"|agreement|year|months|time|end)"
    r"|(?:carry|carrying|carried) on|(?:go|going|went|keep|keeping) on (?:informally|together"
    r"|without|as (?:we|before|friends)|until|till|for)"
    r"|another (?:year|term|season|round|(?:six|three) months)"
    r"|new (?:contract|agreement|version|end))(?!\w)",
    re.IGNORECASE,
)
_ANSWERS = frozenset({"keeps", "excuses", "amends", "settles"})


def exit_(evidence: Evidence) -> Iterator[Drift]:
    """Warn of an end or a sign of change that nobody has taken up."""
    if evidence.history.mentorship.status != "active":
        return
    found = (*_ended(evidence), *_told(evidence), *_all_reached(evidence))
    yield from found[:1]


def _ended(evidence: Evidence) -> Iterator[Drift]:
    """Warn if the end date has passed without a review."""
    history = evidence.history
    contract = history.contract
    if contract is None or contract.ends_on is None or history.as_of <= contract.ends_on:
        return
    ends = contract.ends_on
    after = [each for each in held_sessions(history) if ends < each.held_on]
    if (after or history.as_of > ends + _GRACE) and not _reviewed(evidence, ends):
        yield _past_end(history, contract, ends, last=after[-1].held_on if after else None)


def _reviewed(evidence: Evidence, ends: date) -> bool:
    """Whether a note, from shortly before the day on, speaks of closing, renewing or going on."""
    since = ends - _AHEAD
    said = [e for e in evidence.said.of(["ends_on"]) if e.session.held_on >= since]
    if any(each.signal.says in _ANSWERS for each in said):
        return True
    if any(each.signal.says in {"breaks", "strains"} for each in said):
        return False
    near = [each for each in noted_sessions(evidence.history) if each.held_on >= since]
    return any(_CLOSING.search(note.text) for session in near for note in session.notes)


def _past_end(history: History, contract: Contract, ends: date, *, last: date | None) -> Drift:
    clause = Clause(
        name="ends_on",
        version=contract.version,
        text=f"The mentorship ends on {ends.isoformat()}",
    )
    gone = days((history.as_of - ends).days)
    met = f" You met again on {day(last)}." if last else ""
    return Drift(
        id=derived_id("drift", history.mentorship.id, "exit", ends),
        kind="exit",
        clause=clause,
        severity="medium" if last else "low",
        confidence=0.75 if last else 0.55,
        since=ends,
        seen=(
            Computed(
                computed=f"{gone} past {ends.isoformat()}"
                + (f"; last session on {last.isoformat()}" if last else "")
            ),
        ),
        message=(
            f"{agreed(clause.text, clause.version)} That was {gone} ago, and the notes tell of no "
            f"review.{met}"
        ),
        innocent_explanation=(
            "You may have agreed to go on, or looked back together, without writing it down."
        ),
        question="How do you both want to go on from here?",
        options=DriftOptions(
            return_to="Use the next session to look back, give thanks and close well.",
            amend_to="Agree on a new end, or on going on informally, in the next version.",
        ),
        by="data",
    )


def _all_reached(evidence: Evidence) -> Iterator[Drift]:
    """Warn if the contract calls every goal achieved and the two go on without a review."""
    history = evidence.history
    contract = history.contract
    if contract is None or not contract.goals:
        return
    states = {goal.status for goal in contract.goals}
    begins = contract.effective_from
    since = [each for each in noted_sessions(history) if each.held_on > begins]
    done = states <= {"achieved", "dropped"} and "achieved" in states
    if not done or len(since) < _SESSIONS_SINCE or _reviewed(evidence, since[0].held_on):
        return
    text = "; ".join(goal.statement for goal in contract.goals if goal.status == "achieved")
    clause = Clause(name="goals", version=contract.version, text=text)
    yield Drift(
        id=derived_id("drift", history.mentorship.id, "exit", "goals", contract.version),
        kind="exit",
        clause=clause,
        severity="low",
        confidence=0.6,
        since=since[0].held_on,
        seen=(
            Computed(
                computed=f"every goal achieved by {begins.isoformat()}; {len(since)} sessions since"
            ),
        ),
        message=(
            f"{agreed(clause.text, clause.version)} All of it is reached, and you have met "
            f"{len(since)} times since."
        ),
        innocent_explanation=(
            "You may like to go on without a goal for a while, and have said so to each other."
        ),
        question="What do you both want from the time after these goals?",
        options=DriftOptions(
            return_to="Look back together at what was reached, and close well.",
            amend_to="Agree on a next goal, or on meeting informally, in the next version.",
        ),
        by="data",
    )


def _told(evidence: Evidence) -> Iterator[Drift]:
    found = matter(evidence, "change_signs", "ends_on", strains_tell=True)
    if found is None:
        return
    sign = found.clause.kind == "change_signs"
    words = Words(
        seen="tell that your own sign may have come" if sign else "tell of going on past it",
        innocent="Quiet weeks come after a success too, and a review may have been held unnoted.",
        question="How do you both want to go on from here?",
        return_to="Take a quarter of an hour for the review that you agreed on.",
        amend_to="Renew with a new goal, go on informally, or close well: write down which.",
    )
    yield warning(evidence, "exit", found, words, severity=severity_of(found))
