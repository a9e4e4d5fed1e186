"""What is still to be done before the coach can help: the first steps of two people."""

from typing import NamedTuple

from api.web.ground import Visit
from api.web.pairs import Pair
from coach.errors import NotFound


class Step(NamedTuple):
    """One of the first steps."""

    words: str
    place: str
    done: bool


def first_steps(visit: Visit, pair: Pair) -> tuple[Step, ...]:
    """What the two do first, and what of it is done."""
    return (
        Step("Set up your mentorship", "", done=True),
        Step(
            "Write down what you agree", f"{pair.base}/agreement/write", done=_agreed(visit, pair)
        ),
        Step("Invite the other", f"{pair.base}/invite", done=_there(visit, pair)),
        Step(
            "Add your first session",
            f"{pair.base}/sessions/new",
            done=bool(visit.coach.sessions(pair.principal, pair.id)),
        ),
    )


def _agreed(visit: Visit, pair: Pair) -> bool:
    try:
        visit.coach.contract(pair.principal, pair.id)
    except NotFound:
        return False
    return True


def _there(visit: Visit, pair: Pair) -> bool:
    """Whether the other person has signed in, or needs no link because they have no account."""
    return pair.other.id is None or visit.coach.has_signed_in(pair.other.id)
