"""Days as people say them, counted from the day of the session; nothing is guessed.

Duckling (a wheel for Linux x86-64 and macOS arm64) resolves the words, parsedatetime where there is no wheel.
Numbers such as 14/3 are read here, because their order is the mentorship's, not the library's.
"""

import calendar
import importlib.util
import re
import threading
from collections.abc import Callable, Iterable
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
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_DAY = re.compile(
    r"\d+[ \t]?[-–][ \t]?\d+|\d{1,2}[:.]\d{2}|now|at[ \t]\d{1,2}|this morning|(?:\w+ )?the (?:first|second|third|fourth|fifth)|(?:in the )?(?:morning|afternoon|evening)s?|(?:at )?(?:noon|midnight|lunch(?:time)?)"
)
_DAY_WORD = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|to(?:day|morrow|night)|tmrw)|\d(?:st|nd|rd|th)",
    re.IGNORECASE,
)
_MAY_NAME_A_DAY = re.compile(
    r"\d|(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|to(?:day|morrow|night)|tmrw|this (?:afternoon|evening)|week|wk|fortnight|month|"
    r"quarter|term|year|eo[mwyq]|end of|easter|christmas|xmas|new year|thanksgiving|halloween|ramadan|eid|diwali|spring|summer|autumn|winter|day after|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|eleventh|twelfth|twentieth|thirtieth|twenty|thirty)",
    re.IGNORECASE,
)
_TIMES = frozenset({"second", "minute", "hour"})
_LEADS_A_DAY = re.compile(
    r"(?:(?<!\w)(?:by|on|till|until|before|for|from|due|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[ \t]+|[(,][ \t]*)$",
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
        if mark[2] == "." and not (mark[4] or _dotted_day(text, mark)):
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


def _dotted_day(text: str, mark: re.Match[str]) -> bool:
    """Whether `23.01` or `8.5.` is a day: it ends in a dot, or is written or led as days are."""
    if int(mark[1]) > 31 or not 1 <= int(mark[3]) <= 12:
        return False
    if mark[5] and text[mark.end() : mark.end() + 1] in {"", " ", "-", ")", ",", "!", "\n", "."}:
        return True
    led = _LEADS_A_DAY.search(text[: mark.start()]) is not None
    return len(mark[3]) == 2 and (led or mark[3][0] == "0")


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
    """Words that the library reads otherwise or not at all: `Friday week`, `mid March`, `on 15th`."""
    found: list[DaySaid] = []
    for pattern, resolve in _IN_WORDS:
        for mark in pattern.finditer(text):
            day = resolve(mark, held_on)
            if day and not any(
                mark.start() < each.end and each.start < mark.end() for each in found
            ):
                found.append(DaySaid(mark.start(), mark.end(), day))
    return found


def _weekday_after(name: str, held_on: date) -> date:
    """The next day of that name; never the same day."""
    return held_on + timedelta(days=(_WEEKDAYS.index(name) - held_on.weekday()) % 7 or 7)


def _week_after(mark: re.Match[str], held_on: date) -> date | None:
    return _weekday_after(mark[1][:3].lower(), held_on) + timedelta(days=7)


def _next_of_its_name(mark: re.Match[str], held_on: date) -> date | None:
    name = mark[1][:3].lower()
    return _weekday_after(name, held_on) if _WEEKDAYS[held_on.weekday()] == name else None


def _next_named(mark: re.Match[str], held_on: date) -> date | None:
    return _weekday_after(mark[1][:3].lower(), held_on)


def _month(mark: re.Match[str]) -> int:
    return _MONTHS.index(mark["month"][:3].lower()) + 1


def _dated(mark: re.Match[str], held_on: date) -> date | None:
    if mark["year"]:
        return _day(int(mark["year"]), _month(mark), int(mark["day"]))
    return on_or_after(held_on, day=int(mark["day"]), month=_month(mark))


def _mid_month(mark: re.Match[str], held_on: date) -> date | None:
    return on_or_after(held_on, day=15, month=_month(mark))


def _end_of_month(mark: re.Match[str], held_on: date) -> date | None:
    first = on_or_after(held_on, day=28, month=_month(mark))
    return _end_of(first, "month")


def _end_of_this_month(mark: re.Match[str], held_on: date) -> date | None:
    return _end_of(held_on, "month")


def _working_week(mark: re.Match[str], held_on: date) -> date | None:
    """The Friday of this week, or of the next; the Sunday where Friday has come."""
    friday = held_on + timedelta(days=4 - held_on.weekday())
    if mark["next"]:
        return friday + timedelta(days=7)
    return friday if friday > held_on else friday + timedelta(days=2)


def _weekend(mark: re.Match[str], held_on: date) -> date | None:
    return held_on + timedelta(days=6 - held_on.weekday() + (7 if mark["next"] else 0))


def _weeks_ahead(mark: re.Match[str], held_on: date) -> date | None:
    many = mark[1].lower()
    return held_on + timedelta(weeks=int(many) if many.isdigit() else _COUNTS.get(many, 1))


def _tonight(mark: re.Match[str], held_on: date) -> date | None:
    return held_on


def _next_such_day(mark: re.Match[str], held_on: date) -> date | None:
    """The next day of that number: this month's while it is ahead, else the next month's."""
    number = mark["day"].lower()
    wanted = int(number) if number.isdigit() else _ORDINALS.get(number.replace("-", " "))
    if wanted is None:
        return None
    for ahead in range(3):
        month = held_on.month - 1 + ahead
        found = _day(held_on.year + month // 12, month % 12 + 1, wanted)
        if found is not None and found >= held_on:
            return found
    return None


_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "the": 1}
_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
_ORDINALS = {
    **{word: number for number, word in enumerate([*_ONES, *_TEENS], start=1)},
    **{f"twenty {word}": number for number, word in enumerate(_ONES, start=21)},
    "twentieth": 20,
    "thirtieth": 30,
    "thirty first": 31,
}
_DAY_NAME = r"(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?"
_MONTH_NAME = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_NOT_A_DAY = r"(?![ \t]*(?:of\b|time|one\b|floor|year|grade|draft|person|page|round|-|/|january|february|march|april|may\b|june|july|august|sept|oct|nov|dec))"
_LEAD = r"\b(?:on|by|for|till|until|before)[ \t]+"


def _spelled(ordinals: Iterable[str]) -> str:
    """The ordinals as one alternative, with a blank or a hyphen."""
    return "|".join(sorted(ordinals, key=len, reverse=True)).replace(" ", "[ -]")


_Read = Callable[[re.Match[str], date], date | None]
_IN_WORDS: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (
            rf"(?<![\d.:/])\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:[ \t]+of)?[ \t]+{_MONTH_NAME}\b(?:[ \t]+(?P<year>20\d\d))?",
            _dated,
        ),
        (
            rf"\b{_MONTH_NAME}\.?[ \t]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|[ \t]*[-–%])(?:,?[ \t]+(?P<year>20\d\d))?",
            _dated,
        ),
        (rf"\b{_DAY_NAME}[ \t]+week\b", _week_after),
        (rf"\ba week on {_DAY_NAME}\b", _week_after),
        (rf"\bmid(?:dle of)?[ -]{_MONTH_NAME}", _mid_month),
        (rf"\b(?:end|close|last day) of {_MONTH_NAME}", _end_of_month),
        (
            r"\b(?:end of (?:the|this) month|(?:this|the) month(?:['’]s end| is (?:out|over))|month end|eom)\b",
            _end_of_this_month,
        ),
        (
            r"\b(?:(?:the )?end of (?:the|this|(?P<next>next)) (?:week|wk)(?!end)|eow|(?:the|this) week is (?:out|over)|this (?:week|wk)(?!end))\b",
            _working_week,
        ),
        (r"\b(?:the|this|(?P<next>next|the week after)) weekend\b", _weekend),
        (
            r"\b(?:within|in|inside) (the|a|one|two|three|four|five|six|\d) (?:weeks?|wks?)\b(?! of| with)",
            _weeks_ahead,
        ),
        (r",[ \t]+(a|one|two|three|four) weeks?(?=[ \t]*(?:[.,;)]|$))", _weeks_ahead),
        (rf"\b(?:before|until|till) {_MONTH_NAME} is (?:out|over)\b", _end_of_month),
        (r"(?<!\w)(?:next[ \t]+)?(weds|tues|thurs)(?!\w)(?![ \t]*(?:the[ \t]+)?\d)", _next_named),
        (r"(?<![\w/])(?P<day>\d{1,2})(?:st|nd|rd|th)(?=[\s.,;)]*$)", _next_such_day),
        (r"(?<![\d/])(\d)/52(?![\d/])", _weeks_ahead),
        (r"(?<!\w)(a) (?:week|wk) (?:today|from now|from today)(?!\w)", _weeks_ahead),
        (r"(?<!\w)(?:tonight|this (?:afternoon|evening))(?!\w)", _tonight),
        (
            rf"\b(?:(?:on|by|for|till|until|before|{_DAY_NAME},?)[ \t]+)(?:the[ \t]+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_NOT_A_DAY}",
            _next_such_day,
        ),
        (
            rf"{_LEAD}the[ \t]+(?P<day>{_spelled(_ORDINALS.keys() - _ONES)})\b{_NOT_A_DAY}",
            _next_such_day,
        ),
        (
            rf"{_LEAD}the[ \t]+(?P<day>{_spelled(_ONES)})(?=[ \t]*(?:[.,;)]|$))",
            _next_such_day,
        ),
        (
            rf"\b(?:by|until|till|before)[ \t]+{_DAY_NAME}\b(?![ \t]*(?:the[ \t]+)?\d)",
            _next_of_its_name,
        ),
    )
)


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
        if ends.get("grain") in _TIMES and not _DAY_WORD.search(body):
            return None
        # An interval ends before its last grain: a bare stretch of days ends the day before.
        stretch = ends.get("grain") == "day" and "to" in value and value.get("from") is not None
        stretch = stretch or ("end of" in body.lower() and day is not None and day.day == 1)
        return _near(day - timedelta(days=1) if day and stretch else day, held_on)
    day = _iso_day(value)
    if value.get("grain") in _TIMES and _DAY_WORD.search(body):
        return _near(day, held_on)
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
