"""Finds the days that a text names, counted from the day of the session.

A text is cut into words once, and each rule looks at a few of them, so the cost grows in
proportion to the text. Numbers such as 14/3 keep both readings: which comes first, day or month,
is decided for the whole mentorship.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from coach.language.days.lines import Line, Said
from coach.language.days.phrases import phrase
from coach.language.days.sums import made, on_or_after, plus
from coach.language.days.words import Figures, cut
from coach.model.readings import DueOptions


class DaySaid(NamedTuple):
    """A day that a text names, and where it stands, in code points.

    `options` holds both readings and `day` is None when only the order of day and month decides.
    """

    start: int
    end: int
    day: date | None
    options: DueOptions | None = None


_NUMERIC = re.compile(
    r"(?<![\w./-])(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?(\.?)"
    r"(?![\d/]|\.\d|[ \t]{0,3}(?:of|%|hours?|days?|km|kg))"
)
_DASHED = re.compile(r"(\d{1,2})(-)(\d{1,2})-(\d{4}|\d{2})()(?![\d-])")
_ISO = re.compile(r"(?<!\d)(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?!\d)")
_BASIC = re.compile(r"(20\d\d)()(\d\d)(\d\d)(?=T)")
_WEEKS = re.compile(r"(?<![\d/])(\d)/52(?![\d/])")
_LEADS_A_DAY = re.compile(
    r"(?:(?<!\w)(?:by|on|till|until|before|for|from|due|mon|tue|wed|thu|fri|sat|sun)"
    r"[a-z]*\.?[ \t]+|[(,][ \t]*)$",
    re.IGNORECASE,
)
# Room for the longest lead, `wednesday, `, and some blanks. Chosen by hand; not measured.
_LONGEST_LEAD = 16
_LEADS = frozenset("by on in from until till til before for after during about at".split())
_TO_ITS_FIRST = frozenset("by from until till til before".split())
_UP_TO = frozenset("to until till til through thru - – —".split())
_PARTS_OF_DAY = frozenset(
    "morning afternoon evening night noon midnight lunch lunchtime midday".split()
)
# A year and some days more. Chosen by hand; not measured.
_A_YEAR = timedelta(days=370)
# Several rules ask for the days of one sentence, so short texts are kept. A text longer than this
# is no sentence. Chosen by hand; not measured.
_KEPT = 1_000


def days_said(text: str, held_on: date) -> tuple[DaySaid, ...]:
    """Return every day the text names, in reading order; times of the day are left out."""
    return _kept(text, held_on) if len(text) <= _KEPT else tuple(_found(text, held_on))


# The sentences of a long history. Chosen by hand; not measured.
@lru_cache(maxsize=8192)
def _kept(text: str, held_on: date) -> tuple[DaySaid, ...]:
    return tuple(_found(text, held_on))


def order_shown(text: str) -> bool | None:
    """Return the order of day and month that the text's numeric dates show.

    True when they can only be day first, False when only month first, else None.
    """
    votes = set()
    for mark in _NUMERIC.finditer(text):
        one, two = int(mark[1]), int(mark[3])
        if mark[2] == "/" and one <= 31 and two <= 31 and (one > 12) != (two > 12):
            votes.add(one > 12)
    return votes.pop() if len(votes) == 1 else None


def _found(text: str, held_on: date) -> Iterator[DaySaid]:
    line = Line(cut(text, lambda mark: _figures(mark, held_on)), held_on)
    at = 0
    while at < len(line.words):
        said = phrase(line, at)
        if said is None:
            at += 1
            continue
        whole = _up_to(line, at, said)
        said = whole if whole.end > said.end else _as_led(line, at, said)
        if said.last or said.options:
            yield _placed_in(line, at, said)
        at = max(said.end, at + 1)


def _led_from(line: Line, at: int) -> int:
    """Return where the leading word of a phrase stands, or the phrase itself without one."""
    first = at - (line.at(at - 1).text in {"the", "a"})
    return first - 1 if line.at(first - 1).text in _LEADS else at - (line.at(at - 1).text == "the")


def _placed_in(line: Line, at: int, said: Said) -> DaySaid:
    """Return where a phrase stands, as the rules for promises expect it.

    A weekday or a stretch includes the word that leads it. A calendar day, or a number at the end,
    does not.
    """
    words = line.words[at : said.end]
    behind = line.at(said.end)
    comma = words[-1].kind == "weekday" and behind.text == ","
    start = _bare_start(line, at, said) or line.at(_led_from(line, at)).start
    return DaySaid(start, behind.end if comma else words[-1].end, said.last, said.options)


def _bare_start(line: Line, at: int, said: Said) -> int:
    """Return where a calendar day, or the number that ends a text, begins; 0 for others."""
    words = line.words[at : said.end]
    numbers = [each for each in words if each.kind in {"number", "ordinal", "dated"}]
    months = [each for each in words if each.kind in {"month", "dated"}]
    if numbers and months:
        return min(numbers[0].start, months[0].start)
    ends = not any(each.kind != "sign" for each in line.words[said.end : said.end + 3])
    return words[-1].start if ends and words[-1].kind == "ordinal" else 0


def _as_led(line: Line, at: int, said: Said) -> Said:
    """Return the day that is meant when a word leads a stretch.

    `until June` means its first day, `before June` the day before that.
    """
    lead = line.at(_led_from(line, at)).text
    words = line.words[at : said.end]
    numbered = any(each.value <= 31 and each.kind in {"number", "ordinal"} for each in words)
    if said.first is None or said.last is None or numbered or lead not in _TO_ITS_FIRST:
        return said
    if (said.last - said.first).days < (1 if lead == "before" else 2):
        return said
    day = plus(said.first, -1) if lead == "before" else said.first
    return said._replace(first=day, last=day)


def _up_to(line: Line, at: int, said: Said) -> Said:
    """Return the stretch to a later day that follows `until`, `to` or a dash, else the same day."""
    end = _past_time(line, said.end)
    between = line.at(at - 1).text == "between" or line.at(at - 2).text == "between"
    if said.first is None or not (
        line.at(end).text in _UP_TO or (between and line.at(end).text == "and")
    ):
        return said
    behind = _past_lead(line, end + 1)
    for held_on in (line.held_on, said.first):
        other = phrase(Line(line.words, held_on), behind)
        if other and other.last and other.last >= said.first and not other.options:
            return Said(other.end, said.first, other.last)
    return said


def _past_lead(line: Line, n: int) -> int:
    """Return the place behind `5pm on`, `and including`, `the`."""
    timed = _past_time(line, n)
    n = timed + (timed > n and line.at(timed).text in {"on", ","})
    n += line.at(n).text in {"on", "including"}
    return n + (line.at(n).text == "the")


def _past_time(line: Line, n: int) -> int:
    """Return the place behind a time of the day: `at 9`, `9am`, `, 14:00`, `in the morning`."""
    at = n + (line.at(n).text == ",")
    at += line.at(at).text in {"at", "@", "from", "by", "around"}
    led = at > n and line.at(at - 1).text != ","
    if line.at(at).text == "in" and line.at(at + 1).text == "the":
        at += 2
    if line.at(at).text in _PARTS_OF_DAY:
        return at + 1
    word = line.at(at)
    half = line.at(at + 1).text in {"am", "pm", "a", "p", "h", "hrs", "o"}
    if word.kind == "clock" or (word.kind == "number" and (half or led) and word.value <= 24):
        return at + 1 + half
    return n


def _figures(mark: re.Match[str], held_on: date) -> Figures | None:
    """Return a date in figures; None when they are a version, an amount or a time."""
    text, start = mark.string, mark.start()
    for pattern in (_ISO, _BASIC):
        if iso := pattern.match(text, start):
            return Figures(iso.end(), made(int(iso[1]), int(iso[3]), int(iso[4])))
    if weeks := _WEEKS.match(text, start):
        return Figures(weeks.end(), plus(held_on, 7 * int(weeks[1])))
    numeric = _NUMERIC.match(text, start) or _DASHED.match(text, start)
    return _numeric(numeric, held_on) if numeric else None


def _numeric(mark: re.Match[str], held_on: date) -> Figures | None:
    one, two = int(mark[1]), int(mark[3])
    if mark[2] == "." and not (mark[4] or _dotted_day(mark.string, mark)):
        return None  # 4.2 is a version or an amount
    day_first = _placed(one, two, mark[4], held_on)
    month_first = _placed(two, one, mark[4], held_on)
    if mark[2] == "." or month_first is None:
        return Figures(mark.end(), day_first)
    if day_first is None or day_first == month_first:
        return Figures(mark.end(), month_first)
    return Figures(mark.end(), None, DueOptions(day_first=day_first, month_first=month_first))


def _dotted_day(text: str, mark: re.Match[str]) -> bool:
    """Whether `23.01` or `8.5.` is a day: it ends in a dot, or is written or led as days are."""
    if int(mark[1]) > 31 or not 1 <= int(mark[3]) <= 12:
        return False
    if mark[5] and text[mark.end() : mark.end() + 1] in {"", " ", "-", ")", ",", "!", "\n", "."}:
        return True
    before = text[max(0, mark.start() - _LONGEST_LEAD) : mark.start()]
    return len(mark[3]) == 2 and (_LEADS_A_DAY.search(before) is not None or mark[3][0] == "0")


def _placed(day: int, month: int, year: str | None, held_on: date) -> date | None:
    if year is None:
        return on_or_after(held_on, day=day, month=month)
    return made(int(year) + (2000 if len(year) == 2 else 0), month, day)
