"""What breaks a rule, and where."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """Which rule a question breaks, where, and why, in words for its author."""

    rule: str
    start: int
    end: int
    why: str


def first_fault(rule: str, marks: Iterable[re.Match[str] | None], why: str) -> Fault | None:
    """The fault at the first place that was found."""
    return fault_at_first(rule, (mark.span() for mark in marks if mark and mark[0].strip()), why)


def fault_at_first(rule: str, places: Iterable[tuple[int, int]], why: str) -> Fault | None:
    """Return the fault at the first of the places, or None where there is no place."""
    place = min(places, default=None)
    return Fault(rule, *place, why) if place else None
