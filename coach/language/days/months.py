"""Reads days of a month: in figures, with the month beside them, or by their number alone."""

from coach.language.days.lines import (
    LEADS,
    NOTHING,
    Line,
    Said,
    one_day,
    past_sign,
    stops,
    year_said,
)
from coach.language.days.stretches import leaning_stretch
from coach.language.days.sums import day_of_month_after, made, on_or_after

_BEHIND = frozenset(
    "and or at for with to if when because but so then is was we i you he she they "
    "in from till until by as that "
    "night morning afternoon evening noon this next please works work".split()
)


_COUNTED = frozenset(
    "of time one floor year grade draft person page round step try attempt "
    "part class place day week".split()
)


def in_figures(line: Line, n: int) -> Said | None:
    """Read 2026-03-14, 14/3, 14.3. and `Fri 6.3.`, from figures that are cut already."""
    at = n + 1 if line.at(n).kind == "weekday" else n
    at += at > n and line.at(at).text in {",", "."}
    word = line.at(at)
    if word.kind != "dated":
        return None
    return Said(at + 1, word.day, word.day, word.options)


def calendar_day(line: Line, n: int) -> Said | None:
    """Read `Monday, 19th of January 2026`, `January 19`, `3-10 March`, `the ninth`."""
    weekday = line.at(n).value if line.at(n).kind == "weekday" else None
    at = n
    if weekday is not None:
        at += 1 + (line.at(n + 1).text in {",", "."})
        at += line.at(at).text == "the"
    return (
        _day_month(line, at)
        or _year_first(line, at)
        or _month_day(line, at)
        or numbered(line, n, at, weekday)
    )


def _number(line: Line, n: int) -> int:
    """Return a day of the month, 0 where there is none."""
    word = line.at(n)
    spelled = word.kind == "number" and not word.text[0].isdigit() and word.value < 10
    day = word.value if word.kind in {"ordinal", "number"} and not spelled else 0
    return day if 1 <= day <= 31 else 0


def _day_month(line: Line, n: int) -> Said | None:
    """Read `19th of January 2026`, `14april`, `31-Oct-74`, `18 and 19 June`, `9 to 12 March`."""
    n += line.at(n).text == "the"
    first = _number(line, n)
    if not first:
        return None
    if (found := _month_behind(line, n + 1)) is not None:
        month, end = found
        return _in_year(line, end, month, (first, first))
    return _of_this_month(line, n, first) or _several_days(line, n, first)


def _of_this_month(line: Line, n: int, number: int) -> Said | None:
    """Read `20 of this month`, `the 15th of next month`."""
    at = n + 1
    at += line.at(at).text == "day" and line.at(at + 1).text == "of"
    at += line.at(at).text == "of"
    month = leaning_stretch(line, at) if line.at(at - 1).text == "of" or at == n + 1 else None
    if month is None or month.first is None or line.at(month.end - 1).text != "month":
        return None
    return one_day(month.end, made(month.first.year, month.first.month, number))


def _month_behind(line: Line, n: int) -> tuple[int, int] | None:
    """Return the month behind a day, and the place behind it."""
    n = past_sign(line, n, "-/")
    n += line.at(n).text == "day" and line.at(n + 1).text == "of"
    n += line.at(n).text == "of"
    word = line.at(n)
    return (word.value, n + 1) if word.kind == "month" and not word.text.endswith("s") else None


def _several_days(line: Line, n: int, first: int) -> Said | None:
    """Read several numbers before a month: the first of them, or the stretch from first to last."""
    at = n + 1
    stretch = line.at(at).text in {"-", "–", "—", "to", "till", "until", "through", "and"}
    between = line.at(n - 1).text == "between" or line.at(n - 2).text == "between"
    # At most four numbers before a month. Chosen by hand; not measured.
    for _ in range(4):
        if line.at(at).text not in {
            ",",
            "and",
            "&",
            "or",
            "-",
            "–",
            "—",
            "to",
            "till",
            "until",
            "through",
        }:
            return None
        at += 1 + (line.at(at + 1).text == "the")
        number = _number(line, at)
        if not number:
            return None
        if (found := _month_behind(line, at + 1)) is not None:
            said = _in_year(line, found[1], found[0], (first, number))
            if stretch and (between or line.at(n + 1).text != "and"):
                return said
            return one_day(n + 1, said.first)
        at += 1
    return None


def _month_day(line: Line, n: int) -> Said | None:
    """Read `January 19th, 2026`, `March the third`, `Mar 3-5`, `Oct/2`."""
    word = line.at(n)
    if word.kind != "month" or word.text.endswith("'s"):
        return None
    at = past_sign(line, n + 1, "./-")
    at += line.at(at).text == "the" or (line.at(at).text == "," and len(line.at(at + 3).text) == 4)
    first = _number(line, at)
    if not first or line.at(at).text == "one" or line.at(at + 1).text in {"%", ":"}:
        return None
    last, end = first, at + 1
    if line.at(end).text in {"-", "–", "to", "through", "till", "until"}:
        number = _number(line, end + 1)
        if number > first and line.at(end + 2).kind not in {"month", "unit"}:
            last, end = number, end + 2
    return _in_year(line, end, word.value, (first, last))


def _year_first(line: Line, n: int) -> Said | None:
    """Read `2026-Aug-01`, `2026/aug/1`."""
    year, month, number = line.at(n), line.at(n + 2), _number(line, n + 4)
    if year.kind != "number" or len(year.text) != 4 or month.kind != "month" or not number:
        return None
    signs = line.at(n + 1).text, line.at(n + 3).text
    return (
        one_day(n + 5, made(year.value, month.value, number))
        if signs in {("-", "-"), ("/", "/")}
        else None
    )


def _in_year(line: Line, end: int, month: int, days: tuple[int, int]) -> Said:
    """Return days of a month in the year said behind it, else in the nearest year."""
    year, end = year_said(line, end)
    if year:
        first, last = (made(year, month, day) for day in days)
    else:
        last = on_or_after(line.held_on, day=days[1], month=month)
        first = made(last.year, month, days[0]) if last else None
    return Said(end, first if last else None, last if first else None)


def numbered(line: Line, n: int, at: int, weekday: int | None) -> Said | None:
    """Read `Monday the 9th`, `Fri 29`, `by the twenty-fifth`, but not `the 2nd draft`."""
    the = line.at(at).text == "the"
    at += weekday is None and the
    word = line.at(at)
    if weekday is not None and word.kind == "number" and word.text.isdigit():
        return _weekday_numbered(line, at, weekday)
    if word.kind != "ordinal" or not 1 <= word.value <= 31:
        return None
    spelled = word.text[0].isalpha()
    led = weekday is not None or line.at(n - 1).text in LEADS or _listed(line, n, spelled=spelled)
    if led:
        closed = stops(line, at + 1) if spelled and word.value < 10 else not _counts(line, at + 1)
    else:
        closed = the and (not spelled or word.value > 9) and _closes(line, at + 1)
    closed = closed or (not spelled and _ends(line, at + 1))
    if not closed:
        return None
    return one_day(at + 1, day_of_month_after(line.held_on, word.value, weekday=weekday))


def _listed(line: Line, n: int, *, spelled: bool) -> bool:
    """Whether a number stands behind another: `the 21st and 23rd`."""
    before = line.at(n - 1).text in {"and", "or", "&", ","}
    return before and not spelled and line.at(n - 2).kind == "ordinal"


def _weekday_numbered(line: Line, at: int, weekday: int) -> Said | None:
    """Read `Fri 29`, where the 29th of one of the next months is a Friday."""
    number = _number(line, at)
    day = day_of_month_after(line.held_on, number, weekday=weekday) if number else None
    plain = day is not None and day.weekday() == weekday and _closes(line, at + 1)
    return one_day(at + 1, day) if plain else None


def _counts(line: Line, n: int) -> bool:
    """Whether a word shows that the number before it counts something else: `the 2nd draft`."""
    word = line.at(n)
    hyphen = word.text in {"-", "–", "/"} and word.start == line.at(n - 1).end
    return (
        hyphen
        or word.text in _COUNTED
        or word.kind == "month"
        or (line.at(n + 1).kind == "month" and word.text == "of")
    )


def _closes(line: Line, n: int) -> bool:
    """Whether a day may end before this word."""
    word = line.at(n)
    hyphen = word.text in {"-", "–", "—", "/", ":", "%", "°"} and word.start == line.at(n - 1).end
    return (
        not word.text
        or word.text in _BEHIND
        or word.kind == "clock"
        or (word.kind == "sign" and not hyphen)
    )


def _ends(line: Line, n: int) -> bool:
    """Whether nothing but signs follows up to the end of the text."""
    return line.at(n) is NOTHING or (
        line.at(n).text in {".", ",", ";", ")"} and line.at(n + 1) is NOTHING
    )
