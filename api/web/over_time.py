"""Over time: sessions against the rhythm, each goal's evidence, promises from made to kept."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple, TypeVar

from fastapi import APIRouter, Response

from api.web import drawing
from api.web.ground import Page, Visitor
from coach.model.course import Course

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

Row = TypeVar("Row")

_A_YEAR = timedelta(days=366)
_ROWS = 40
"""So many rows of a kind stand in a table, the newest: all tables together stay below 100 kB."""


class Counted(NamedTuple):
    """What the picture shows, in numbers."""

    sessions: int
    stretches: int
    longer: int
    made: int
    kept: int
    dropped: int
    late: int


@router.get("/over-time")
def over_time(visit: Visitor, mentorship_id: str) -> Response:
    """The last twelve months, or all of it."""
    pair = visit.within(mentorship_id)
    whole = visit.asked("span") == "all"
    since = None if whole else visit.today(pair) - _A_YEAR
    course = visit.coach.course(pair.principal, pair.id, since=since)
    return visit.page(
        "web/over_time.html",
        pair,
        course=course,
        whole=whole,
        picture=drawing.picture(course),
        closed_on=drawing.closed_on,
        counted=counted(course),
        stretches=_newest(course.stretches),
        promises=_newest(course.commitments),
    )


def counted(course: Course) -> Counted:
    """The sums of a course."""
    of = [each.status for each in course.commitments]
    judged = [each for each in course.stretches if each.agreed_days is not None]
    return Counted(
        sessions=len(course.meetings),
        stretches=len(judged),
        longer=sum(each.longer for each in judged),
        made=len(of),
        kept=of.count("done"),
        dropped=of.count("dropped"),
        late=of.count("overdue"),
    )


def _newest(rows: Sequence[Row]) -> list[Row]:
    return list(reversed(rows[-_ROWS:]))
