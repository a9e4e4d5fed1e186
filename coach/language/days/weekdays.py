"""Reads days by their name."""

from datetime import date

from coach.language.days.lines import (
    DAYS_OF,
    LEADS,
    NEXT,
    NOTHING,
    PAST,
    THIS,
    Line,
    Said,
    first_of,
    one_day,
)
from coach.language.days.months import calendar_day, in_figures
from coach.language.days.stretches import feast_named, leaning_stretch, stretch
from coach.language.days.sums import (
    month_of,
    months_on,
    nth_weekday,
    plus,
    week_of,
    weekday_after,
    weekday_before,
)

_UNSURE_WEEKDAYS = frozenset("sat sun wed mon".split())
_SHORT_LEADS = LEADS | NEXT | THIS | PAST | {"every", "each", "(", "/", "-", "–", "|"}
_BEHIND = frozenset("week morning night evening afternoon am pm / - – : ) & |".split())
_BEHIND_KINDS = frozenset({"clock", "number", "ordinal", "dated", "month"})


def weekday_named(line: Line, n: int) -> Said | None:
    """Read `Friday`, `next Friday`, `Friday week`, `Friday next week`, `Monday after next`."""
    at = n + (line.at(n).text in NEXT | THIS | PAST)
    word = line.at(at)
    if word.kind != "weekday" or not _stands(line, at):
        return None
    end = at + 1
    if at > n:
        return one_day(end, _leaning(line, line.at(n).text, word.value))
    after = weekday_after(line.held_on, word.value)
    if line.at(end).text in {"week", "fortnight"}:
        return one_day(end + 1, plus(after, DAYS_OF[line.at(end).text]))
    if line.texts(end, 2) == ("after", "next"):
        return one_day(end + 2, plus(after, 7))
    return (
        _of_week(line, end, word.value)
        or _weekday_beside(line, end, word.value)
        or one_day(end, after)
    )


def _weekday_beside(line: Line, n: int, weekday: int) -> Said | None:
    """Read `[Thursday] after Easter`, `[the Friday] before 20 March`."""
    beside = {"after": weekday_after, "before": weekday_before}.get(line.at(n).text)
    base = first_of((in_figures, calendar_day, feast_named), line, n + 1) if beside else None
    return one_day(base.end, beside(base.last, weekday)) if base and base.last and beside else None


def _of_week(line: Line, n: int, weekday: int) -> Said | None:
    """Read `[Friday] next week`, `[Friday] of the week after next`."""
    at = n + (line.at(n).text in {"of", "in", "from"})
    week = leaning_stretch(line, at)
    if week is None or week.first is None or week.last is None:
        return None
    return one_day(week.end, plus(week.first, weekday)) if _is_week(line, week) else None


def _is_week(line: Line, said: Said) -> bool:
    return "week" in {line.at(said.end - 1).text, line.at(said.end - 3).text}


def _leaning(line: Line, lean: str, weekday: int) -> date | None:
    if lean in PAST:
        return weekday_before(line.held_on, weekday)
    if lean in NEXT:
        return plus(week_of(line.held_on)[0], 7 + weekday)
    return weekday_after(line.held_on, weekday)


def _stands(line: Line, n: int) -> bool:
    """Whether `sat`, `sun`, `wed` or `mon` stands for a day: led or followed as days are."""
    word, before, behind = line.at(n), line.at(n - 1), line.at(n + 1)
    if word.text not in _UNSURE_WEEKDAYS:
        return True
    alone = before is NOTHING and (behind is NOTHING or line.at(n + 2) is NOTHING)
    led = before.text in _SHORT_LEADS or "weekday" in {before.kind, line.at(n - 2).kind}
    listed = behind.text in {"and", "or", "&", ","} and line.at(n + 2).kind == "weekday"
    numbered = behind.text == "the" and line.at(n + 2).kind == "ordinal"
    followed = behind.kind in _BEHIND_KINDS or behind.text in _BEHIND
    return alone or led or listed or numbered or followed


def week_then_day(line: Line, n: int) -> Said | None:
    """Read `next week Wednesday`, `this week on Tuesday`."""
    week = leaning_stretch(line, n)
    if week is None or week.first is None or line.at(week.end - 1).text != "week":
        return None
    at = week.end + (line.at(week.end).text in {"on", ","})
    word = line.at(at)
    return one_day(at + 1, plus(week.first, word.value)) if word.kind == "weekday" else None


def ordinal_weekday(line: Line, n: int) -> Said | None:
    """Read `third Thursday of March`, `last Friday of the month`, `the second Sunday`."""
    n += line.at(n).text == "the"
    nth = (
        -1 if line.at(n).text == "last" else line.at(n).value if line.at(n).kind == "ordinal" else 0
    )
    word = line.at(n + 1)
    plural = word.text.endswith("s") and not word.text.endswith("'s") and len(word.text) > 5
    if (
        not nth
        or nth > 5
        or word.kind != "weekday"
        or plural
        or line.at(n - 1).text in {"every", "each"}
    ):
        return None
    if line.at(n + 2).text in {"of", "in"}:
        of = stretch(line, n + 3)
        if of and of.first and of.last:
            return one_day(of.end, nth_weekday(of.first, of.last, word.value, nth))
    return None if nth < 0 else one_day(n + 2, _next_nth(line.held_on, word.value, nth))


def _next_nth(held_on: date, weekday: int, nth: int) -> date | None:
    """Return the next nth day of that name in a month."""
    for months in range(3):
        month = months_on(held_on.replace(day=1), months)
        found = nth_weekday(*month_of(month), weekday, nth) if month else None
        if found and found > held_on:
            return found
    return None
