"""Days as people say them, counted from the day of the session; nothing is guessed.

Duckling (a wheel for Linux x86-64 and macOS arm64) resolves the words, parsedatetime where there is no wheel.
Numbers such as 14/3 are read here, because their order is the mentorship's, not the library's.
"""

import calendar
import importlib.util
import re
import threading
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from coach.model import DueOptions


class DaySaid(NamedTuple):
    """A day said in a text; `options` stands in for `day` when only the order of day and month decides."""

    start: int
    end: int
    day: date | None
    options: DueOptions | None = None


class _Resolver(Protocol):
    def __call__(self, text: str, held_on: date) -> list[DaySaid]: ...


_NUMERIC = re.compile(
    r"(?<![\d./-])(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?(\.?)(?![\d/]|\.\d|[ \t]*(?:of|%|hours?|days?|km|kg))"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WEEK_AFTER = re.compile(
    r"\b(?:(mon|tues|wednes|thurs|fri|satur|sun)day)[ \t]+week\b", re.IGNORECASE
)
_MID_MONTH = re.compile(
    r"\bmid(?:dle of)?[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE
)
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_DAY = re.compile(
    r"\d+[ \t]?[-–][ \t]?\d+|\d{1,2}[:.]\d{2}|now|at[ \t]\d{1,2}|tonight|this (?:morning|afternoon)"
)
_MAY_NAME_A_DAY = re.compile(
    r"\d|(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|to(?:day|morrow|night)|tmrw|week|fortnight|month|"
    r"quarter|term|year|eo[mwyq]|end of|easter|christmas|xmas|new year|thanksgiving|halloween|ramadan|eid|diwali|spring|summer|autumn|winter|day after|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|eleventh|twelfth|twentieth|thirtieth|twenty|thirty)",
    re.IGNORECASE,
)
_A_YEAR = timedelta(days=370)
_lock = threading.Lock()


@lru_cache(maxsize=8192)
def days_said(text: str, held_on: date) -> tuple[DaySaid, ...]:
    """Every day the text names, in order; days of past years and times of the day are left out."""
    if not _MAY_NAME_A_DAY.search(text):
        return ()
    found = [*_numeric(text, held_on), *_said_here(text, held_on)]
    taken = [(each.start, each.end) for each in found]
    found += [
        each
        for each in _resolver()(text, held_on)
        if not any(each.start < end and start < each.end for start, end in taken)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


def order_shown(text: str) -> bool | None:
    """True where the text's numeric dates can only be day first, False for month first, else None."""
    votes = set()
    for mark in _NUMERIC.finditer(text):
        one, two = int(mark[1]), int(mark[3])
        if mark[2] == "/" and one <= 31 and two <= 31 and (one > 12) != (two > 12):
            votes.add(one > 12)
    return votes.pop() if len(votes) == 1 else None


def on_or_after(held_on: date, *, day: int, month: int) -> date | None:
    """The nearest such day that is not long past: up to two months back is this year, else the next."""
    for year in (held_on.year, held_on.year + 1):
        found = _day(year, month, day)
        if found is not None and found >= held_on - timedelta(days=60):
            return found
    return None


def _numeric(text: str, held_on: date) -> list[DaySaid]:
    found = [
        DaySaid(mark.start(), mark.end(), _day(int(mark[1]), int(mark[2]), int(mark[3])))
        for mark in _ISO.finditer(text)
    ]
    for mark in _NUMERIC.finditer(text):
        one, two = int(mark[1]), int(mark[3])
        if mark[2] == "." and not (mark[4] or (mark[5] and one <= 31 and two <= 12)):
            continue  # 4.2 is a version or an amount
        day_first = _placed(one, two, mark[4], held_on)
        month_first = _placed(two, one, mark[4], held_on)
        if mark[2] == "." or month_first is None:
            found.append(DaySaid(mark.start(), mark.end(), day_first))
        elif day_first is None:
            found.append(DaySaid(mark.start(), mark.end(), month_first))
        else:
            options = DueOptions(day_first=day_first, month_first=month_first)
            found.append(DaySaid(mark.start(), mark.end(), None, options))
    return [each for each in found if each.day or each.options]


def _placed(day: int, month: int, year: str | None, held_on: date) -> date | None:
    if year is None:
        return on_or_after(held_on, day=day, month=month)
    return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _said_here(text: str, held_on: date) -> list[DaySaid]:
    """Words that the library reads otherwise: `Friday week`, `mid March`."""
    found = []
    for mark in _WEEK_AFTER.finditer(text):
        ahead = (_WEEKDAYS.index(mark[1].lower()) - held_on.weekday()) % 7 or 7
        found.append(DaySaid(mark.start(), mark.end(), held_on + timedelta(days=ahead + 7)))
    for mark in _MID_MONTH.finditer(text):
        month = _MONTHS.index(mark[1].lower()[:3]) + 1
        found.append(DaySaid(mark.start(), mark.end(), on_or_after(held_on, day=15, month=month)))
    return found


@cache
def _resolver() -> _Resolver:
    return _duckling() if importlib.util.find_spec("duckling") else _parsedatetime()


def _duckling() -> _Resolver:
    import duckling  # noqa: PLC0415 - a native library, loaded with the first note

    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    language = duckling.parse_lang("EN")
    locale = duckling.parse_locale("EN_GB", duckling.default_locale_lang(language))
    dimensions = duckling.parse_dimensions(["time"])

    def resolve(text: str, held_on: date) -> list[DaySaid]:
        noon = datetime(held_on.year, held_on.month, held_on.day, 12, tzinfo=UTC)
        with _lock:
            reference = duckling.parse_ref_time(zones, "UTC", int(noon.timestamp()))
            context = duckling.Context(reference, locale)
            parsed = duckling.parse(text.replace("\x00", " "), context, dimensions, False)  # noqa: FBT003 - the library's
        said = (
            DaySaid(each["start"], each["end"], _duckling_day(each["value"], each["body"], held_on))
            for each in parsed
        )
        return [each for each in said if each.day is not None]

    return resolve


def _duckling_day(value: dict[str, object], body: str, held_on: date) -> date | None:
    """The last day of what Duckling found: the day itself, or the end of the week, month or stretch."""
    if _NO_DAY.fullmatch(body.lower()):
        return None
    if value.get("type") == "interval":
        ends = value.get("to") or value.get("from")
        if not isinstance(ends, dict):
            return None
        day = _iso_day(ends)
        # An interval ends before its last grain: a bare stretch of days ends the day before.
        stretch = ends.get("grain") == "day" and "to" in value and value.get("from") is not None
        stretch = stretch or ("end of" in body.lower() and day is not None and day.day == 1)
        return _near(day - timedelta(days=1) if day and stretch else day, held_on)
    day = _iso_day(value)
    return _near(_end_of(day, str(value.get("grain"))), held_on)


def _iso_day(value: dict[str, object]) -> date | None:
    try:
        return date.fromisoformat(str(value.get("value"))[:10])
    except ValueError:
        return None


def _end_of(day: date | None, grain: str) -> date | None:
    if day is None or grain in {"second", "minute", "hour", "year", "quarter"}:
        return None
    if grain == "week":
        return day + timedelta(days=6)
    if grain == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def _near(day: date | None, held_on: date) -> date | None:
    """A day within a year, else None: the library puts a past `Fri 6 Feb` years ahead."""
    return day if day and abs(day - held_on) <= _A_YEAR else None


def _parsedatetime() -> _Resolver:
    import parsedatetime  # noqa: PLC0415 - only where Duckling has no wheel

    reader = parsedatetime.Calendar()

    def resolve(text: str, held_on: date) -> list[DaySaid]:
        noon = datetime(held_on.year, held_on.month, held_on.day, 12, tzinfo=UTC)
        with _lock:
            parsed = reader.nlp(text, noon) or ()
        return [
            DaySaid(start, end, _near(moment.date(), held_on))
            for moment, kind, start, end, words in parsed
            if kind in {1, 3} and not _NO_DAY.fullmatch(words.lower())
        ]

    return resolve
