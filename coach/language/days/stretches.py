"""Reads weeks, months, quarters, seasons and feasts: anything with a first and a last day."""

from datetime import date

from coach.language.days.lines import (
    MONTH_LEADS,
    MONTHS_OF,
    NEXT,
    NOTHING,
    PAST,
    THIS,
    Line,
    Said,
    Step,
    first_of,
    how_many,
    one_day,
    stops,
    year_said,
)
from coach.language.days.sums import FEASTS, made, month_of, months_on, on_or_after, plus, week_of

_UNSURE_MONTHS = frozenset("may march mar jan dec sept sep".split())


# First and last month and day, as in the north. Chosen by hand.
_SEASONS = {"spring": (3, 20, 6, 20), "summer": (6, 21, 9, 22), "autumn": (9, 23, 12, 20)}
_SEASONS |= {"fall": _SEASONS["autumn"], "winter": (12, 21, 3, 19)}


def leaning_stretch(line: Line, n: int) -> Said | None:
    """Read `next week`, `this month`, `the week after next`, `the next two weeks`."""
    n += line.at(n).text == "the"
    if line.at(n).kind == "unit" and line.texts(n + 1, 2) == ("after", "next"):
        return _unit(line, n + 3, line.at(n).text, 2)
    lean = line.at(n).text
    by = 1 if lean in NEXT else -1 if lean in PAST else 0 if lean in THIS else None
    if by is None:
        return None
    if line.at(n + 1).kind == "unit":
        ahead = lean in {"coming", "upcoming"}
        return _unit(line, n + 2, line.at(n + 1).text, 1 if ahead else by)
    return next_few(line, n + 1) if lean in NEXT | {"coming", "upcoming"} else None


def next_few(line: Line, n: int) -> Said | None:
    """Read `the next two weeks`, `the next 10 days` as the stretch from today."""
    count, at = how_many(line, n, the=False)
    at += line.at(at).text in {"upcoming", "coming"}
    word = line.at(at)
    if not count or word.kind != "unit" or word.text in {"weekend", "quarter"}:
        return None
    return Said(at + 1, line.held_on, Step(count, word.text).on(line.held_on))


def _unit(line: Line, end: int, unit: str, by: int) -> Said | None:
    held_on = line.held_on
    if unit == "day":
        return one_day(end, plus(held_on, by)) if by else None
    if unit in {"week", "weekend"}:
        monday, sunday = week_of(plus(held_on, 7 * by) or held_on)
        return Said(end, plus(sunday, -1) if unit == "weekend" else monday, sunday)
    if unit == "fortnight":
        return Said(end, held_on, plus(held_on, 14 * by))
    months = MONTHS_OF[unit]
    start = held_on.replace(day=1, month=(held_on.month - 1) // months * months + 1)
    first = months_on(start, by * months)
    last = months_on(start, (by + 1) * months)
    return Said(end, first, plus(last, -1) if last else None)


def this_week(line: Line, n: int) -> Said | None:
    """Read `this week` and its end: the Friday, or the Sunday once Friday has come."""
    n += line.at(n).text == "the"
    if line.at(n).text != "this" or line.at(n + 1).text != "week":
        return None
    return Said(n + 2, week_of(line.held_on)[0], working_end(line.held_on, 0))


def working_end(held_on: date, by: int) -> date | None:
    """Return the Friday of a week, or the Sunday once Friday has come."""
    friday = plus(week_of(held_on)[0], 4 + 7 * by)
    return plus(friday, 2) if friday and friday <= held_on else friday


def lean_or_vague(line: Line, n: int) -> Said | None:
    """Read `this year`, `next quarter` as a phrase without a day: they are too long to name one."""
    said = leaning_stretch(line, n)
    long = said and said.first and said.last and (said.last - said.first).days > 31
    return Said(said.end) if said and long and line.at(said.end - 1).kind == "unit" else said


def month_named(line: Line, n: int) -> Said | None:
    """Read `March`, `next March`, `March 2026`, `since October`."""
    at = n + (line.at(n).text in NEXT | THIS | PAST)
    word = line.at(at)
    if word.kind != "month" or word.text.endswith("'s") or not _is_month(line, at):
        return None
    year, end = year_said(line, at + 1)
    first = made(year, word.value, 1) if year else _nearest(line, n, word.value)
    if first is None:
        return Said(end)
    return Said(end, *month_of(first))


def _nearest(line: Line, n: int, month: int) -> date | None:
    """Return the month that is meant: this or the next of its name; behind `since`, the last."""
    held_on = line.held_on
    year = held_on.year + (month < held_on.month)
    if line.at(n).text in PAST or line.at(n - 1).text == "since":
        year = held_on.year - (month > held_on.month)
    if line.at(n).text in NEXT:
        year = held_on.year + (month <= held_on.month)
    return made(year, month, 1)


def _is_month(line: Line, n: int) -> bool:
    """Whether `may`, `march`, `Jan` and other ambiguous words stand for the month."""
    word, before, behind = line.at(n), line.at(n - 1), line.at(n + 1)
    if word.text not in _UNSURE_MONTHS:
        return True
    numbered = behind.kind == "number" and len(behind.text) == 4
    if before.text == "this" and word.text in {"may", "march"}:
        return stops(line, n + 1)
    other = line.at(n - 2)
    listed = before.text in {"and", "or", "to", "-", "–", "/"} and other.kind == "month"
    listed = listed and other.text not in {"may", "march"}
    return (
        numbered or listed or before.text in MONTH_LEADS or (before is NOTHING and not behind.text)
    )


def _quarter(line: Line, n: int) -> Said | None:
    """Read `Q2`, `Q2 2026`; only the last day counts as a day."""
    if line.at(n).text != "q" or line.at(n + 1).value not in range(1, 5):
        return None
    year, end = year_said(line, n + 2)
    first = made(year or line.held_on.year, 3 * line.at(n + 1).value - 2, 1)
    last = months_on(first, 3) if first else None
    if not year and last and last <= line.held_on:
        first, last = months_on(first, 12) if first else None, months_on(last, 12)
    return Said(end, first, plus(last, -1) if last else None)


def season_named(line: Line, n: int) -> Said | None:
    """Read `in spring`, `the summer`, up to the last day."""
    at = n + (line.at(n).text in NEXT | THIS | PAST)
    season = _SEASONS.get(line.at(at).text)
    led = at > n or line.at(at - 1).text in MONTH_LEADS | {"the"}
    if season is None or not (led or line.at(at).text in {"summer", "autumn"}):
        return None
    year = line.held_on.year - (line.at(n).text in PAST)
    for each in (year, year + 1):
        last = made(each, season[2], season[3])
        if last and (last >= line.held_on or line.at(n).text in PAST):
            return Said(at + 1, made(each - (season[0] > season[2]), season[0], season[1]), last)
    return None


def feast_named(line: Line, n: int) -> Said | None:
    """Read `Christmas`, `New Year's Eve`, `Good Friday`."""
    bare = tuple(each.removesuffix("'s") for each in line.texts(n, 3))
    for many in (3, 2, 1):
        feast = FEASTS.get(bare[:many])
        if feast is not None:
            days = [day for ahead in (0, 1) if (day := feast(line.held_on.year + ahead))]
            return one_day(n + many, next((day for day in days if day >= line.held_on), None))
    return None


def stretch(line: Line, n: int) -> Said | None:
    """Read anything with a first and a last day: `the month`, `March`, `2026`, `Q3`."""
    at = n + (line.at(n).text in {"the", "this"})
    if line.at(at).kind == "unit" and line.at(at).text not in {"day", "fortnight"}:
        return _unit(line, at + 1, line.at(at).text, 0)
    word = line.at(n)
    if word.kind == "number" and len(word.text) == 4 and 1900 <= word.value < 3000:
        return Said(n + 1, made(word.value, 1, 1), made(word.value, 12, 31))
    if word.kind == "month":
        year, end = year_said(line, n + 1)
        near = on_or_after(line.held_on, day=28, month=word.value)
        first = made(year, word.value, 1) if year else near
        return Said(end, *month_of(first)) if first else None
    return first_of((leaning_stretch, month_named, _quarter), line, n)


def bare_unit(line: Line, n: int) -> Said | None:
    """Read `the weekend`; another rule counts `within the week`."""
    if line.texts(n, 2) == ("the", "weekend"):
        return _unit(line, n + 2, "weekend", 0)
    if line.texts(n, 4) == ("the", "week", "after", "weekend"):
        return _unit(line, n + 4, "weekend", 1)
    return None
