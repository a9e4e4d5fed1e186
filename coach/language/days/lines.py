"""Types and words that the rules for days share, and counting units on from a day."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from coach.language.days.sums import months_on, plus, working_days_on
from coach.language.days.words import Word
from coach.model.readings import DueOptions

NOTHING = Word(0, 0, "", "other")


class Said(NamedTuple):
    """What a rule has read up to the word at `end`: a day, or a stretch with first and last day."""

    end: int
    first: date | None = None
    last: date | None = None
    options: DueOptions | None = None


class Line(NamedTuple):
    """The words of a text, and the day of the session that they are counted from."""

    words: Sequence[Word]
    held_on: date

    def at(self, n: int) -> Word:
        """Return the word at a place, an empty one before the first and behind the last."""
        return self.words[n] if 0 <= n < len(self.words) else NOTHING

    def texts(self, n: int, many: int) -> tuple[str, ...]:
        """Return the next words in the form that rules compare."""
        return tuple(self.at(each).text for each in range(n, n + many))


Rule = Callable[[Line, int], Said | None]


def first_of(rules: Sequence[Rule], line: Line, n: int) -> Said | None:
    """Return what the first rule that knows the words at a place reads."""
    said = next((said for rule in rules if (said := rule(line, n))), None)
    return _with_weekday(line, said) if said else None


def _with_weekday(line: Line, said: Said) -> Said:
    """Include a weekday that repeats the same day: `2 October, Thursday`, `22/8 (Fri)`."""
    at = said.end + (line.at(said.end).text in {",", "("})
    word = line.at(at)
    if (
        at == said.end
        or word.kind != "weekday"
        or said.last is None
        or said.last.weekday() != word.value
    ):
        return said
    return said._replace(end=at + 1 + (line.at(at + 1).text == ")"))


def one_day(end: int, day: date | None) -> Said:
    """Return a day that was read up to a word; with None there is no such day."""
    return Said(end, day, day)


def past_sign(line: Line, n: int, signs: str) -> int:
    """Return the place behind one of these signs, or the same place without one."""
    return n + 1 if line.at(n).kind == "sign" and line.at(n).text in signs else n


def year_said(line: Line, n: int) -> tuple[int, int]:
    """Return the year said at a place and the place behind it; 0 and the same place for none."""
    at = past_sign(line, n, ",-/.")
    at += line.at(at).text == "of"
    word = line.at(at)
    if line.texts(at, 2) == ("next", "year"):
        return line.held_on.year + 1, at + 2
    if word.kind != "number" or not word.text.isdigit():
        return 0, n
    # Other numbers of four digits are amounts or times. Chosen by hand; not measured.
    if len(word.text) == 4 and 1900 <= word.value < 3000:
        return word.value, at + 1
    near = (
        line.at(n).text in {"-", "/"} and line.at(n - 1).end == line.at(n).start == word.start - 1
    )
    return (2000 + word.value, at + 1) if near and len(word.text) == 2 else (0, n)


def stops(line: Line, n: int) -> bool:
    """Whether a clause ends before a word."""
    return line.at(n).text in {"", ".", ",", ";", ")", "!", "?"}


LEADS = frozenset("on by for till til until before from since due after".split())


MONTH_LEADS = LEADS | frozenset(
    "in of during through throughout to mid early late next last this every "
    "end around about".split()
)


NEXT = frozenset("next following".split())


THIS = frozenset("this coming upcoming current".split())


PAST = frozenset("last past previous".split())


DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}


MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


TONIGHT = frozenset("tonight today tomorrow tmrw tmr tomorow yesterday".split())


class Step(NamedTuple):
    """A number of days, working days, weeks, fortnights, months, quarters or years."""

    many: int
    unit: str

    def on(self, day: date, *, back: bool = False) -> date | None:
        """Return the day so many units on, or back; None where the calendar ends."""
        count = -self.many if back else self.many
        if self.unit == "working day":
            return working_days_on(day, count)
        if self.unit in DAYS_OF:
            return plus(day, count * DAYS_OF[self.unit])
        return months_on(day, count * MONTHS_OF[self.unit])


def how_many(line: Line, n: int, *, the: bool) -> tuple[int, int]:
    """Return how many and the place behind it: `two`, `a`, `a couple of`; 0 for no number."""
    at = n + (line.at(n).text == "the" and line.at(n + 1).kind == "number")
    word = line.at(at)
    if word.text in {"a", "the"} and line.at(at + 1).text == "couple":
        at, word = at + 1, line.at(at + 1)
    if word.text == "couple":
        return 2, at + 1 + (line.at(at + 1).text == "of")
    # Larger numbers are years or amounts. Chosen by hand; not measured.
    if word.kind == "number" and word.value < 1000:
        return word.value, at + 1
    if word.text in {"a", "an"} or (the and word.text == "the"):
        return 1, at + 1
    return (1, n) if word.text == "fortnight" else (0, n)
