"""Checks the numbers and days of a sentence.

Each must be in the cited words or in the agreement, or follow from them by counting.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from coach.language.dates import DaySaid, days_said
from coach.model.citations import Citation
from coach.model.material import Material, PageLine

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_IN_WORDS = {
    word: number
    for number, told in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
    for word in (told,)
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
    "dozen": 12,
    "twice": 2,
    "thrice": 3,
}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_OF = re.compile(
    r"(?<!\w)(\w{1,30}) (?:out )?of (?:the |all |his |her |their )?(\w{1,30})(?!\w)", re.IGNORECASE
)
_LENGTHS = {
    "minute": 1 / 1440,
    "minutes": 1 / 1440,
    "min": 1 / 1440,
    "mins": 1 / 1440,
    "hour": 1 / 24,
    "hr": 1 / 24,
    "hrs": 1 / 24,
    "hours": 1 / 24,
    "day": 1.0,
    "days": 1.0,
    "week": 7.0,
    "weeks": 7.0,
    "fortnight": 14.0,
    "month": 30.4,
    "months": 30.4,
    "year": 365.0,
    "years": 365.0,
}
_TIME = re.compile(
    rf"(?<!\w)(?P<number>\d+|half(?: an?)?|{'|'.join(each for each in _IN_WORDS if each != 'one')})"
    rf"[ -](?P<unit>{'|'.join(sorted(_LENGTHS, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)
_WHOLE_WEEK, _WHOLE_MONTH = 7, 30.4
"""Days of a week, and of a month on average."""
_ROUNDED = 0.15
"""Share by which a length of time may be rounded.

Ten weeks may stand for two and a half months, but not two months for two weeks. Chosen by hand; not
measured.
"""
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY_OF_MONTH = re.compile(
    r"(?<!\w)(\d{1,2})(?:st|nd|rd|th)(?!\w)|(?<!\w)(\d{1,2}) ?(?:to|[-–—]) ?(\d{1,2})(?![\w:.,]\d)"
)
_NEAR = 31
"""Most days between a session and a day of which its note names the number alone: "the 30th"."""
_SHORT_DAYS = re.compile(
    r"(?<!\w)(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)\.?(?!\w)", re.IGNORECASE
)
_SHORT_TO_LONG = {
    "mon": "monday",
    "tue": "tuesday",
    "wed": "wednesday",
    "thu": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
}
_FIGURE = re.compile(r"\d")
_IN = re.compile(r"(?<!\w)in $", re.IGNORECASE)
_SESSIONS = re.compile(
    r"(?<!\w)(\w{1,30}(?: \w{1,30})?) (?:sessions?|calls?|meetings?|times|notes|in a row)(?!\w)",
    re.IGNORECASE,
)
"""Words for what may be counted from the lines themselves."""
_ALL = re.compile(r"(?<!\w)(?:all|everybody|everyone|every|always|entire)(?!\w)", re.IGNORECASE)
_BOTH = re.compile(r"(?<!\w)both(?!\w)(?! of you)", re.IGNORECASE)
_FROM_TODAY = re.compile(r"(?<!\w)(?:today|tonight|tomorrow|yesterday)(?!\w)")
_DAY_NAMES = re.compile(
    r"(?<!\w)(?:mon|tues|wednes|thurs|fri|satur|sun)day(s?)(?!\w)"
    r"|(?<!\w)(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|(?-i:May))(?!\w)",
    re.IGNORECASE,
)


class Figures:
    """The numbers and days that the sentences of one page may say."""

    def __init__(self, material: Material) -> None:
        self._as_of = material.as_of
        self._agreed = " ".join(
            (
                *(f"{each.statement} {each.success_criteria or ''}" for each in material.goals),
                *material.clauses,
            )
        )
        targets = [each.target_date for each in material.goals if each.target_date]
        self._days = {*targets, *([material.next_session] if material.next_session else [])}

    def stand(self, said: str, lines: Sequence[PageLine]) -> bool:
        """Whether every number and day of a sentence is in its lines or follows from them."""
        cited = [each for line in lines for each in line.statement.citations]
        tasks = (each.task for each in lines)
        known = " ".join((*(each.quote for each in cited), *tasks, self._agreed))
        days = self._days | {each.held_on for each in cited} | set(_days_of(cited))
        days |= {date.fromisoformat(day) for line in lines for day in _ISO.findall(line.state)}
        named = [each for each in days_said(said, self._as_of) if self._counts(said, each, known)]
        rest = "".join(
            " " if any(each.start <= at < each.end for each in named) else sign
            for at, sign in enumerate(said)
        )
        return (
            all(_is_told(said, each, days, cited) for each in named)
            and _names(rest) <= _names(known)
            and _quantified(said) <= _quantified(known)
            and (
                not _BOTH.search(said)
                or bool(_BOTH.search(known))
                or 2 in numbers_in(known)
                or len(cited) > 1
            )
            and self._numbers_stand(rest, known, cited, days)
            and _parts_are_smaller(said)
        )

    def _counts(self, said: str, day: DaySaid, known: str) -> bool:
        """Whether a day has a figure or counts from today, in other words than the cited ones."""
        words = said[day.start : day.end].lower()
        return words not in known.lower() and bool(
            _FIGURE.search(words) or _FROM_TODAY.search(words)
        )

    def _numbers_stand(
        self, said: str, known: str, cited: Sequence[Citation], days: Iterable[date]
    ) -> bool:
        spans = [(each - self._as_of).days for each in days]
        ahead = _times(known) | {float(each) for each in spans if each >= 0}
        times = ahead | {float(-each) for each in spans}
        texts = set(_NUMBER.findall(known))
        exact = {each for each in _NUMBER.findall(said) if not each.isdigit()}
        sessions = {len({each.held_on for each in cited}), len(cited)}
        told = numbers_in(_SESSIONS.sub(" ", _TIME.sub(" ", said))) - {1}
        counted = {n for each in _SESSIONS.findall(said) for n in numbers_in(each)} - {1}
        return (
            exact <= texts
            and told <= numbers_in(known)
            and counted <= numbers_in(known) | sessions
            and all(any(_about(each, one) for one in ahead) for each in _times(said, lead=_IN))
            and all(any(_about(each, one) for one in times) for each in _times(said))
        )


def numbers_in(text: str) -> set[int]:
    """Return the whole numbers of a text, in figures and in words."""
    found = {int(each) for each in _NUMBER.findall(text) if each.isdigit()}
    for word in _WORD.findall(text.lower()):
        found |= {_IN_WORDS[part] for part in {word, *word.split("-")} if part in _IN_WORDS}
    return found


def _times(text: str, *, lead: re.Pattern[str] | None = None) -> set[float]:
    """Return the lengths of time that a text names, in days.

    With `lead`, only those count that follow these words.
    """
    return {
        _number(each["number"]) * _LENGTHS[each["unit"].lower()]
        for each in _TIME.finditer(text)
        if lead is None or lead.search(text[: each.start()])
    }


def _number(word: str) -> float:
    if word.lower() in {"half", "half a", "half an"}:
        return 0.5
    return next(iter(numbers_in(word)), 1)


def _about(told: float, known: float) -> bool:
    """Whether two lengths of time, in days, are the same, or the same after rounding.

    Only whole weeks and months, and times below a day, may be rounded.
    """
    exact = told % _WHOLE_WEEK and told % _WHOLE_MONTH and told >= 1
    return abs(told - known) <= (0 if exact else _ROUNDED * max(told, known))


def _days_of(cited: Iterable[Citation]) -> Iterable[date]:
    for each in cited:
        for said in days_said(each.quote, each.held_on):
            if said.day:
                yield said.day
            elif said.options:
                yield from (day for day in said.options.model_dump().values() if day)


def _is_told(said: str, day: DaySaid, days: Iterable[date], cited: Sequence[Citation]) -> bool:
    """Whether a day is one of these, or one of which a note near it names the number alone.

    A day without its year may be any year's.
    """
    if day.day is None or day.day in days:
        return True
    if _YEAR.search(said[day.start : day.end]):
        return False
    meant = (day.day.month, day.day.day)
    return any((each.month, each.day) == meant for each in days) or any(
        _falls_near(each, meant) for each in cited
    )


def _falls_near(cited: Citation, meant: tuple[int, int]) -> bool:
    numbers = {int(n) for found in _DAY_OF_MONTH.findall(cited.quote) for n in found if n}
    near = (date.fromordinal(cited.held_on.toordinal() + step) for step in range(-_NEAR, _NEAR + 1))
    return meant[1] in numbers and any((each.month, each.day) == meant for each in near)


def _names(text: str) -> set[str]:
    text = _SHORT_DAYS.sub(lambda short: _SHORT_TO_LONG[short[1][:3].lower()], text)
    return {each[0].lower().removesuffix("s") for each in _DAY_NAMES.finditer(text)}


def _quantified(text: str) -> bool:
    return bool(_ALL.search(text))


def _parts_are_smaller(said: str) -> bool:
    """Whether a part of something is no more than the whole: "nine of four" swaps the two."""
    for part, whole in _OF.findall(said):
        few, many = numbers_in(part), numbers_in(whole)
        if few and many and min(few) > max(many):
            return False
    return True
