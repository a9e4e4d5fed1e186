"""What is still to be done before the coach can help: the first steps of two people."""

from collections.abc import Sequence
from typing import NamedTuple

from api.web.ground import Visit
from api.web.pairs import Pair
from coach.errors import NotFound
from coach.language.phrasing import first_name


class Step(NamedTuple):
    """One of the first steps."""

    words: str
    place: str
    done: bool
    waits: bool = False
    """It waits for the other person."""


def first_steps(visit: Visit, pair: Pair) -> tuple[Step, ...]:
    """What the two do first, and what of it is done."""
    there = _there(visit, pair)
    return (
        Step("Set up your mentorship", "", done=True),
        Step(
            "Write down what you agree", f"{pair.base}/agreement/write", done=_agreed(visit, pair)
        ),
        Step(
            f"Invite {first_name(pair.other.name)}",
            f"{pair.base}/invite",
            done=there,
            waits=not there and _invited(visit, pair),
        ),
        Step(
            "Add your first session",
            f"{pair.base}/sessions/new",
            done=bool(visit.coach.sessions(pair.principal, pair.id)),
        ),
    )


def next_step(steps: Sequence[Step]) -> Step | None:
    """What to do next; what waits for the other person comes last, and None is left to do."""
    todo = sorted((each for each in steps if not each.done), key=lambda each: each.waits)
    return todo[0] if todo else None


def onward(visit: Visit, pair: Pair) -> Step | None:
    """What to do next of the first steps, but for what waits for the other person."""
    step = next_step(first_steps(visit, pair))
    return None if step is None or step.waits else step


def after_invite(visit: Visit, pair: Pair) -> Step | None:
    """What to do next once the other person has a link."""
    rest = (each for each in first_steps(visit, pair) if each.place != f"{pair.base}/invite")
    return next_step([*rest])


def _agreed(visit: Visit, pair: Pair) -> bool:
    try:
        visit.coach.contract(pair.principal, pair.id)
    except NotFound:
        return False
    return True


def _there(visit: Visit, pair: Pair) -> bool:
    """Whether the other person has signed in, or needs no link because they have no account."""
    return pair.other.id is None or visit.coach.has_signed_in(pair.other.id)


def _invited(visit: Visit, pair: Pair) -> bool:
    """Whether one of the two made a link for the other lately."""
    found = visit.coach.accesses(pair.principal, pair.id)
    return any(each.what == "invited" for each in found)
