"""D5 commitment slippage: a task goes from session to session without a result.

Definition: what one of the two promised stays open past its day, session after session.

Needs: the history of the commitment. Its day has passed and two sessions carried it over, or three
did if it has no day.

Traps: done but reported elsewhere; a day that was moved openly; the mentor's task taken for the
mentee's.

Source: "determine the deadlines for each task"; "Each meeting you discuss the intermediate
results".
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, held_sessions, noted_sessions
from coach.ids import derived_id
from coach.language.phrasing import day
from coach.model.commitments import Commitment, CommitmentEvent
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History

_SLIPS = frozenset({"not_done", "rescheduled", "partly"})
_CARRIED_PAST_ITS_DAY = 2
"""Sessions that carried a task over past its day, before a warning: once is no drift.

Chosen by hand; not measured.
"""
_CARRIED_WITHOUT_A_DAY = 3
"""Sessions that carried over a task without a day: one more than with a day.

Chosen by hand; not measured.
"""


def commitment_slippage(evidence: Evidence) -> Iterator[Drift]:
    """Warn of a commitment whose day passed before a session and that two sessions carried over.

    A commitment that was moved openly to a day ahead is fine. One without a day counts from the
    third session that carried it over. Once is no drift. A commitment that the last notes do not
    mention may be done or dropped: 3 of 3 such warnings were wrong when judged blind beside the
    notes.
    """
    history = evidence.history
    last = max((each.held_on for each in noted_sessions(history)), default=None)
    for commitment in evidence.commitments:
        slips = [
            event
            for event in commitment.history[1:]
            if event.status in _SLIPS and event.by != "person"
        ]
        settled = commitment.status in {"done", "dropped"}
        if settled or not slips or last is None or slips[-1].held_on < last:
            continue
        sessions = {event.session_id for event in slips}
        past = commitment.status == "overdue" and _seen_since_due(history, commitment)
        if (past and len(sessions) >= _CARRIED_PAST_ITS_DAY) or (
            commitment.due is None and len(sessions) >= _CARRIED_WITHOUT_A_DAY
        ):
            yield _warning(history, commitment, slips, carried=len(sessions))


def _seen_since_due(history: History, commitment: Commitment) -> bool:
    """Whether the last session that was held is after the commitment's day."""
    due = commitment.due
    last = held_sessions(history)[-1:]
    return due is not None and any(session.held_on > due for session in last)


def _warning(
    history: History, commitment: Commitment, slips: list[CommitmentEvent], *, carried: int
) -> Drift:
    last = slips[-1]
    was_due = f", last due on {day(commitment.due)}," if commitment.due else ""
    computed = (
        f"due {commitment.due.isoformat()}, open on {history.as_of.isoformat()}"
        if commitment.due
        else f"open in {carried} sessions since {commitment.made_in.held_on.isoformat()}"
    )
    return Drift(
        id=derived_id("drift", history.mentorship.id, "commitment_slippage", commitment.id),
        kind="commitment_slippage",
        clause=None,
        about=commitment.id,
        severity="high" if carried > 2 else "medium" if carried > 1 else "low",
        confidence=0.75 if carried > 1 else 0.55,
        since=commitment.due or last.held_on,
        seen=(
            commitment.made_in,
            *(event.citation for event in slips[-3:]),
            Computed(computed=computed),
        ),
        message=(
            f"“{commitment.action}”{was_due} was promised on {day(commitment.made_in.held_on)} "
            "and is still open."
        ),
        innocent_explanation="It may be done and simply not noted, or it may not matter any more.",
        question="What would make this easy to finish, or fine to drop?",
        options=DriftOptions(
            return_to="Name one next step and a day for it.",
            amend_to="Drop it, or hand it to the other side, and say so.",
        ),
        by="llm" if all(event.by == "llm" for event in slips) else "embedded",
        about_person=commitment.owner if commitment.owner in {"mentor", "mentee"} else None,
    )
