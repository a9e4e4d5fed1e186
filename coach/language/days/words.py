"""Cuts a text into the words that name days, looking at each word once."""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from coach.model.readings import DueOptions

Kind = Literal[
    "weekday", "month", "number", "ordinal", "unit", "dated", "clock", "word", "sign", "other"
]


class Word(NamedTuple):
    """A word, number or sign; `value` holds the number of a number, ordinal, weekday or month.

    A date in figures is one word of kind `dated`, with its day or its two `options`.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: int = 0
    day: date | None = None
    options: DueOptions | None = None


class Figures(NamedTuple):
    """A date in figures and where it ends; neither `day` nor `options` where no such day exists."""

    end: int
    day: date | None
    options: DueOptions | None = None


Figured = Callable[[re.Match[str]], Figures | None]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)"
    r"(?:(?<=mon|fri|sun)days?|(?<=tue)s(?:days?)?|(?<=wed)(?:s|nesdays?)"
    r"|(?<=thu)(?:rs?|rsdays?)|(?<=sat)urdays?)?"
)
_MONTH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust"
    r"|(?<=sep)t(?:ember)?|(?<=oct)ober|(?<=nov|dec)ember)?"
)
_UNITS = {
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "weeks'", "week's"), "week"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnight"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("quarter", "quarters"), "quarter"),
    **dict.fromkeys(("year", "years", "yr", "yrs"), "year"),
    **dict.fromkeys(("weekend", "weekends"), "weekend"),
}
_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()
_ORDINALS = {word: number for number, word in enumerate([*_ONES, *_TEENS], start=1)}
_ORDINALS |= {"twentieth": 20, "thirtieth": 30}
_COUNTS = "one two three four five six seven eight nine ten eleven twelve".split()
_COUNTS += "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
_NUMBERS = {word: number for number, word in enumerate(_COUNTS, start=1)}
_NUMBERS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_TENS = {"twenty": 20, "thirty": 30}
# A date or a time in figures, else a number with its ordinal ending, else a word, else a sign.
# Figures longer than a year, or with more than two points, are a count or a version.
_CUT = re.compile(
    r"(?P<dated>(?<![\w./-])\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?!\d))"
    r"|(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?P<basic>(?<!\d)20\d{6}(?=T\d{4}))"
    r"|(?P<clock>(?<![\d.])\d{1,2}[:.h]\d{2}(?![\d.]))"
    r"|(?P<figure>\d{5,}|\d+(?:\.\d+|,\d{3}(?!\d)|:\d{2}(?!\d))+)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)(?!\w))"
    r"|(?P<number>\d{1,4})"
    r"|(?P<word>[^\W\d_]+(?:['’](?:s|day)?)?)"
    r"|(?P<sign>[^\s\w])",
    re.IGNORECASE,
)


def cut(text: str, figured: Figured) -> list[Word]:
    """Return the words of a text, in order.

    `figured` returns what a date in figures means, None for other figures.
    """
    found: list[Word] = []
    at = 0
    while mark := _CUT.search(text, at):
        word = _word(mark, figured)
        at = max(word.end, mark.start() + 1)
        found.append(word)
        if len(found) > 1:
            _join(found)
    return found


def _word(mark: re.Match[str], figured: Figured) -> Word:
    start, end, text = mark.start(), mark.end(), mark[0].lower()
    match mark.lastgroup:
        case "dated" | "iso" | "basic":
            said = figured(mark)
            return (
                Word(start, said.end, text, "dated", 0, said.day, said.options)
                if said
                else _plain_figure(mark)
            )
        case "word":
            return _named(start, end, text.replace("’", "'"))
        case "ordinal":
            return Word(start, end, text, "ordinal", int(text[:-2]))
        case "number":
            return Word(start, end, text, "number", int(text))
        case "clock":
            return Word(start, end, text, "clock")
    return Word(start, end, text, "sign" if mark.lastgroup == "sign" else "other")


_TIME = re.compile(r"\d{1,2}\.\d{2}")
_FROM_TO = re.compile(r"\d{1,4}-\d{1,2}")


def _plain_figure(mark: re.Match[str]) -> Word:
    """Return figures that are no date: a time as 9.30, the first number of 3-5, or another word."""
    start, text = mark.start(), mark[0]
    if _TIME.fullmatch(text):
        return Word(start, mark.end(), text, "clock")
    if _FROM_TO.fullmatch(text):
        first = text.split("-")[0]
        return Word(start, start + len(first), first, "number", int(first))
    return Word(start, mark.end(), text, "other")


def _named(start: int, end: int, text: str) -> Word:
    bare = text.removesuffix("'s")
    if mark := _WEEKDAY.fullmatch(bare):
        return Word(start, end, text, "weekday", WEEKDAYS.index(mark[1]))
    if mark := _MONTH.fullmatch(bare):
        return Word(start, end, text, "month", MONTHS.index(mark[1]) + 1)
    if text in _ORDINALS:
        return Word(start, end, text, "ordinal", _ORDINALS[text])
    if text in _NUMBERS:
        return Word(start, end, text, "number", _NUMBERS[text])
    for each in (text, text.rstrip("'"), bare):
        if each in _UNITS:
            return Word(start, end, _UNITS[each], "unit")
    return Word(start, end, text, "word")


def _join(found: list[Word]) -> None:
    """Join `twenty first`, `twenty-first` and `twenty five` into one word."""
    last = found[-1]
    if last.kind not in {"ordinal", "number"} or not 1 <= last.value <= 9 or last.text[0].isdigit():
        return
    at = -3 if len(found) > 2 and found[-2].text == "-" else -2
    tens = found[at]
    if tens.text in _TENS and last.start - tens.end <= 1 + (at == -3):
        found[at:] = [
            Word(tens.start, last.end, "spelled", last.kind, _TENS[tens.text] + last.value)
        ]
