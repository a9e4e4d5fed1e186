"""The state of a commitment on a day, and the lists by state."""

from collections.abc import Iterable, Sequence
from datetime import date

from coach.commitments.promised import Promised
from coach.model.commitments import Commitment, CommitmentEvent, CommitmentStatus, OverdueBecause
from coach.model.sessions import Session

_LATE = frozenset({"not_done", "partly"})


def status_on(live: Promised, as_of: date) -> CommitmentStatus:
    """Return the state of a promise at the end of a day."""
    last = live.events[-1].status
    if last == "done":
        return "done"
    if last == "dropped":
        return "dropped"
    if live.due is not None and live.due < as_of:
        return "overdue"
    return "partly" if last == "partly" else "open"


def overdue_because(
    status: CommitmentStatus, due: date | None, history: Sequence[CommitmentEvent]
) -> OverdueBecause | None:
    """Return why a commitment is overdue, by what was said of it since its day.

    None where it is not.
    """
    if status != "overdue" or due is None:
        return None
    late = [each for each in history if each.held_on >= due and each.status in _LATE]
    if not late:
        return "silent"
    return "carried" if all(each.carried for each in late) else "said"


def open_ones(made: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Those that are neither settled nor overdue, the nearest due day first."""
    return tuple(sorted((each for each in made if each.status in {"open", "partly"}), key=_by_due))


def overdue_ones(made: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Those whose day has passed, the longest overdue first."""
    return tuple(sorted((each for each in made if each.status == "overdue"), key=_by_due))


def closed_in(made: Iterable[Commitment], session: Session | None) -> tuple[Commitment, ...]:
    """Those that a session's notes settled."""
    return tuple(
        each
        for each in made
        if session is not None
        and each.status in {"done", "dropped"}
        and each.history[-1].session_id == session.id
    )


def owned_by(made: Sequence[Commitment], *owners: str) -> tuple[Commitment, ...]:
    """Those that one of these owners has."""
    return tuple(each for each in made if each.owner in owners)


def _by_due(commitment: Commitment) -> tuple[date, date]:
    return (commitment.due or date.max, commitment.made_in.held_on)
