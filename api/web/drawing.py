"""Draws how a mentorship went: where each line and dot stands, in per cent of the days shown.

Across, places are shares of the width, so that the words keep their size on a phone; down, they
are pixels.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from api.web.rendering import promised
from coach.language.phrasing import day
from coach.model.commitments import Commitment
from coach.model.course import Course, GoalCourse

MOST_GOALS, MOST_PROMISES = 8, 12
"""So many have a lane of their own.

With them the picture is two screens of a phone high. The tables hold more.
"""
_LANE, _TITLE, _AXIS = 40, 42, 30
"""Pixels: a line of words with its lane below it; a heading; the days below all lanes."""
_STEP = 0.5
"""Dots that are closer than this are one dot: two pixels on a phone, five on a desk."""
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_MOST_TICKS = 4
"""So many days can stand side by side on a phone of 320 pixels."""
_LONGEST_LABEL = 40
"""Letters that fit above a lane on a phone."""


class Dot(NamedTuple):
    """Something on a day."""

    x: float
    kind: str


class Line(NamedTuple):
    """Something that lasted."""

    start: float
    end: float
    kind: str


class Lane(NamedTuple):
    """One row: its words, and where it lies, in pixels from the top."""

    words: str
    top: int
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]

    @property
    def middle(self) -> int:
        """Where its line runs."""
        return self.top + 28


class Heading(NamedTuple):
    """The words above some lanes."""

    words: str
    top: int


class Tick(NamedTuple):
    """A day on the axis, and on which side of it its words stand."""

    x: float
    words: str
    anchor: str


class Picture(NamedTuple):
    """All that is drawn."""

    height: int
    headings: tuple[Heading, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: float


class _Days(NamedTuple):
    """The days from the left edge to the right one."""

    first: date
    last: date

    def at(self, on: date) -> float:
        """How far across a day stands; what lies outside stands at the edge."""
        share = (on - self.first).days / max(1, (self.last - self.first).days)
        return round(100 * min(1.0, max(0.0, share)), 1)


def picture(course: Course) -> Picture:
    """The picture of a course."""
    goals, promises = course.goals[:MOST_GOALS], course.commitments[-MOST_PROMISES:]
    across = _across(course, promises)
    groups = [
        ("Sessions", [_sessions(course, across)]),
        ("Sessions that spoke of each goal", [_goal(each, across) for each in goals]),
        ("Promises, from made to kept", [_promise(each, across, course) for each in promises]),
    ]
    headings, lanes, height = _stacked(groups)
    return Picture(height + _AXIS, headings, lanes, tuple(_ticks(across)), across.at(course.as_of))


def _across(course: Course, promises: Sequence[Commitment]) -> _Days:
    """From the first session to today, and somewhat further where an open promise has its day."""
    first = course.meetings[0].held_on if course.meetings else course.as_of
    ahead = timedelta(days=max(14, (course.as_of - first).days // 6))
    due = [each.due for each in promises if each.due and each.status in {"open", "partly"}]
    last = min(max(due, default=course.as_of), course.as_of + ahead)
    return _Days(first, max(last, course.as_of))


def _stacked(
    groups: Iterable[tuple[str, Sequence[Lane]]],
) -> tuple[tuple[Heading, ...], tuple[Lane, ...], int]:
    headings: list[Heading] = []
    lanes: list[Lane] = []
    top = 0
    for words, rows in groups:
        if rows:
            top += _TITLE
            headings.append(Heading(words, top - 14))
        for lane in rows:
            top -= 0 if lane.words else 14
            lanes.append(lane._replace(top=top))
            top += _LANE
    return tuple(headings), tuple(lanes), top


def _sessions(course: Course, across: _Days) -> Lane:
    lines = (
        Line(across.at(each.since), across.at(each.until), "longer" if each.longer else "kept")
        for each in course.stretches
        if each.agreed_days is not None
    )
    return Lane("", 0, tuple(_joined(lines)), _dots(across, (e.held_on for e in course.meetings)))


def _goal(each: GoalCourse, across: _Days) -> Lane:
    whole = (Line(0.0, across.at(across.last), "thin"),)
    return Lane(
        _short(each.goal.statement), 0, whole, _dots(across, (e.held_on for e in each.evidence))
    )


def _promise(promise: Commitment, across: _Days, course: Course) -> Lane:
    made, closed = promise.made_in.held_on, promise.status in {"done", "dropped"}
    until = max(made, closed_on(promise) or course.as_of)
    kind = promise.status if closed else "late" if promise.status == "overdue" else "open"
    dots = [Dot(across.at(until), kind)] if closed else []
    if promise.due is not None:
        dots.append(Dot(across.at(promise.due), "due"))
    line = Line(across.at(made), across.at(until), kind)
    return Lane(_short(promised(promise)), 0, (line,), tuple(dots))


def closed_on(promise: Commitment) -> date | None:
    """The day on which the notes say that a promise was kept or dropped.

    None where it is open, or where a person said so and no note does: their word has no such day.
    """
    if promise.status not in {"done", "dropped"}:
        return None
    said = (e.held_on for e in promise.history if e.status == promise.status and e.by != "person")
    return max(said, default=None)


def _dots(across: _Days, on: Iterable[date]) -> tuple[Dot, ...]:
    """A dot for each day; where days stand too close to be told apart, one for them all."""
    places = {round(across.at(each) / _STEP): across.at(each) for each in on}
    return tuple(Dot(x, "met") for x in places.values())


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines, with one in place of several of a kind that follow one another."""
    last: Line | None = None
    for each in lines:
        if last is not None and (last.end, last.kind) == (each.start, each.kind):
            last = last._replace(end=each.end)
        else:
            if last is not None:
                yield last
            last = each
    if last is not None:
        yield last


def _ticks(across: _Days) -> Iterator[Tick]:
    """The first days of months or years, as many as can stand side by side; else both ends."""
    tried = (list(_firsts(across, months)) for months in _MONTHS)
    found = next((each for each in tried if len(each) <= _MOST_TICKS), [])
    named = len(found) > 1
    for each in found if named else dict.fromkeys(across):
        x = across.at(each)
        anchor = "start" if x < 15 else "end" if x > 85 else "middle"
        yield Tick(x, f"{each:%b} {each.year}" if named else day(each), anchor)


def _firsts(across: _Days, months: int) -> Iterator[date]:
    """Each first day of so many months, between both ends."""
    begin = across.first.year * 12 + across.first.month - 1
    end = across.last.year * 12 + across.last.month
    for month in range(begin - begin % months, end, months):
        first = date(max(1, month // 12), month % 12 + 1, 1)
        if across.first <= first:
            yield first


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1].rstrip()}…"
