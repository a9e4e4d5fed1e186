"""Calculates days: the next weekday, months on, feasts; None where there is no such day."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

# A date without a year may lie this far back. Chosen by hand; not measured.
_LONG_PAST = timedelta(days=60)
# More months than any note means; keeps far years out of the sum. Chosen by hand; not measured.
_LONGEST = 1000


def made(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def plus(day: date, days: int) -> date | None:
    """Return the day so many days on, None where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def on_or_after(held_on: date, *, day: int, month: int) -> date | None:
    """Return the first day of that date from two months back on, None for no such date."""
    for year in (held_on.year - 1, held_on.year, held_on.year + 1):
        found = made(year, month, day)
        if found is not None and found >= held_on - _LONG_PAST:
            return found
    return None


def weekday_after(held_on: date, weekday: int) -> date:
    """Return the next day of that name; never the same day."""
    return held_on + timedelta(days=(weekday - held_on.weekday()) % 7 or 7)


def weekday_before(held_on: date, weekday: int) -> date:
    """Return the last day of that name; never the same day."""
    return held_on - timedelta(days=(held_on.weekday() - weekday) % 7 or 7)


def day_of_month_after(held_on: date, number: int, *, weekday: int | None = None) -> date | None:
    """Return the next day of that number, today included; None where there is none in a year.

    With a weekday, one of the next three such days is preferred that falls on it.
    """
    ahead = [_month_on(held_on, months) for months in range(13)]
    days = [made(month.year, month.month, number) for month in ahead]
    there = [day for day in days if day is not None and day >= held_on]
    named = [day for day in there[:3] if day.weekday() == weekday]
    return next(iter(named), None) or next(iter(there), None)


def months_on(day: date, months: int) -> date | None:
    """Return the same day so many months on, or that month's last day; None where it is too far."""
    if abs(months) > _LONGEST:
        return None
    month = _month_on(day, months)
    return month.replace(day=min(day.day, days_in(month)))


def working_days_on(day: date, count: int) -> date | None:
    """Return the day so many days from Monday to Friday on."""
    if not 0 < count <= _LONGEST:
        return None
    weeks, rest = divmod(count, 5)
    start = day - timedelta(days=max(0, day.weekday() - 4))
    over = start.weekday() + rest
    return plus(start, weeks * 7 + rest + (2 if over > 4 else 0))


def days_in(day: date) -> int:
    """Return how many days the day's month has."""
    return calendar.monthrange(day.year, day.month)[1]


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the day's month."""
    return day.replace(day=1), day.replace(day=days_in(day))


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def nth_weekday(first: date, last: date, weekday: int, nth: int) -> date | None:
    """Return the nth day of that name in a stretch, the last for -1, None where there is none."""
    if nth < 0:
        found = last - timedelta(days=(last.weekday() - weekday) % 7)
    else:
        found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if first <= found <= last else None


def easter(year: int) -> date:
    """Return Easter Sunday by the algorithm of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], date | None]:
    return lambda year: plus(easter(year), days)


def _each_year(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: made(year, month, day)


def _listed(*days: str) -> Callable[[int], date | None]:
    known = {each.year: each for each in map(date.fromisoformat, days)}
    return known.get


def _nth_of(month: int, weekday: int, nth: int) -> Callable[[int], date | None]:
    return lambda year: nth_weekday(*month_of(date(year, month, 1)), weekday, nth)


def _easter_next(year: int) -> date | None:
    return easter(year)


_NEW_YEAR, _NEW_YEARS_EVE = _each_year(1, 1), _each_year(12, 31)
_CHRISTMAS = _each_year(12, 25)
_DIWALI = _listed(
    "2024-10-31", "2025-10-20", "2026-11-08", "2027-10-29", "2028-10-17", "2029-11-06", "2030-10-26"
)
_EID = _listed(
    "2024-04-10", "2025-03-30", "2026-03-20", "2027-03-09", "2028-02-26", "2029-02-14", "2030-02-05"
)
FEASTS: dict[tuple[str, ...], Callable[[int], date | None]] = {
    ("christmas",): _CHRISTMAS,
    ("christmas", "day"): _CHRISTMAS,
    ("christmas", "eve"): _each_year(12, 24),
    ("xmas",): _CHRISTMAS,
    ("boxing", "day"): _each_year(12, 26),
    ("new", "year"): _NEW_YEAR,
    ("new", "year", "day"): _NEW_YEAR,
    ("new", "year", "eve"): _NEW_YEARS_EVE,
    ("halloween",): _each_year(10, 31),
    ("valentine", "day"): _each_year(2, 14),
    ("burns", "night"): _each_year(1, 25),
    ("mlk", "day"): _nth_of(1, 0, 3),
    ("presidents", "day"): _nth_of(2, 0, 3),
    ("presidents'", "day"): _nth_of(2, 0, 3),
    ("anzac", "day"): _each_year(4, 25),
    ("memorial", "day"): _nth_of(5, 0, -1),
    ("juneteenth",): _each_year(6, 19),
    ("father", "day"): _nth_of(6, 6, 3),
    ("canada", "day"): _each_year(7, 1),
    ("bastille", "day"): _each_year(7, 14),
    ("labor", "day"): _nth_of(9, 0, 1),
    ("columbus", "day"): _nth_of(10, 0, 2),
    ("bonfire", "night"): _each_year(11, 5),
    ("veterans", "day"): _each_year(11, 11),
    ("remembrance", "day"): _each_year(11, 11),
    ("thanksgiving",): _nth_of(11, 3, 4),
    ("shrove", "tuesday"): _from_easter(-47),
    ("palm", "sunday"): _from_easter(-7),
    ("maundy", "thursday"): _from_easter(-3),
    ("ascension", "day"): _from_easter(39),
    ("good", "friday"): _from_easter(-2),
    ("easter",): _easter_next,
    ("easter", "sunday"): _easter_next,
    ("easter", "monday"): _from_easter(1),
    ("ash", "wednesday"): _from_easter(-46),
    ("pentecost",): _from_easter(49),
    ("whit", "monday"): _from_easter(50),
    ("diwali",): _DIWALI,
    ("eid",): _EID,
    ("ramadan",): lambda year: plus(eid, -1) if (eid := _EID(year)) else None,
}
"""The day of each feast in a year, by the words that name it, without `'s`.

Feasts that follow the moon have the years that are listed here, and no day in others. Days that
differ between countries, such as Labour Day and Mother's Day, have none.
"""


def _month_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(min(max(year, date.min.year), date.max.year), month + 1, 1)
