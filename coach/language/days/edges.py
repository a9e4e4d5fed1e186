"""Reads parts of a week or a month: its end, its middle, one of its weeks."""

from coach.language.days.counted import BASES, numbered_from
from coach.language.days.lines import Line, Said, first_of, one_day
from coach.language.days.stretches import stretch, working_end
from coach.language.days.sums import nth_weekday, plus, week_of

# Fewer days than the shortest month are a week; more than the longest are a quarter or a year.
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31


def edge(line: Line, n: int) -> Said | None:
    """Read `the end of next week`, `mid March`, `early April`, `the last week of July`.

    Also `end of Friday`.
    """
    n += line.at(n).text == "the"
    edge = line.at(n).text
    of = line.at(n + 1).text == "of"
    if edge in {"end", "close"} or line.texts(n, 2) == ("last", "day"):
        at = n + (2 if edge == "last" else 1)
        at += line.at(at).text == "of"
        return _end(line, at, bare=edge == "end" and line.at(at - 1).text == "of")
    # The first, middle and last days of a month that these words mean. Chosen by hand; not
    # measured.
    if edge in {"beginning", "start"} and of:
        return _share(line, n + 2, (1, 10))
    if edge in {"mid", "middle", "early", "late"}:
        at = n + 1 + of + (line.at(n + 1).text == "-")
        return _share(line, at, {"early": (1, 10), "late": (21, 31)}.get(edge, (15, 15)))
    return _nth_week(line, n)


def _end(line: Line, n: int, *, bare: bool) -> Said | None:
    if line.at(n).text == "day" or line.texts(n, 2) == ("the", "day"):
        n += line.at(n).text == "the"
        return first_of(BASES, line, n + 1) or one_day(n + 1, line.held_on)
    week = n + (line.at(n).text in {"the", "this", "next"})
    if line.at(week).text == "week":
        return one_day(week + 1, working_end(line.held_on, line.at(n).text == "next"))
    said = stretch(line, n) or (first_of(BASES, line, n) if bare else None)
    return one_day(said.end, said.last) if said and said.last else None


def _share(line: Line, n: int, days: tuple[int, int]) -> Said | None:
    """Read part of a month, as its first and last day; for a week it is one weekday.

    That weekday is the Tuesday for its beginning, the Wednesday for its middle, else the Friday.
    """
    said = stretch(line, n)
    if said is None or said.first is None or said.last is None:
        return None
    many = (said.last - said.first).days + 1
    if many > _LONGEST_MONTH:
        return Said(said.end)
    if many < _SHORTEST_MONTH:
        return one_day(said.end, plus(said.first, {10: 1, 15: 2}.get(days[1], 4)))
    last = min(days[1], many)
    return Said(said.end, plus(said.first, days[0] - 1), plus(said.first, last - 1))


def _nth_week(line: Line, n: int) -> Said | None:
    """Read `the last week of July`, `first week in March`, `week of the 10th`, `w/c 9 March`."""
    word = line.at(n)
    if line.at(n + 1).text == "week" and line.at(n + 2).text in {"of", "in"}:
        nth = -1 if word.text == "last" else word.value if word.kind == "ordinal" else 0
        of = stretch(line, n + 3)
        if 0 != nth < 6 and of and of.first and of.last:
            thursday = nth_weekday(of.first, of.last, 3, nth)
            return Said(of.end, *week_of(thursday)) if thursday else Said(of.end)
    at = (
        n + 2
        if line.at(n).text == "week" and line.at(n + 1).text in {"of", "commencing", "beginning"}
        else 0
    )
    at = at or (n + 3 if line.texts(n, 3) == ("w", "/", "c") else 0)
    day = (first_of(BASES, line, at) or numbered_from(line, at)) if at else None
    return Said(day.end, *week_of(day.last)) if day and day.last else None
