"""Reads days counted from another day (`in two weeks`) and single words for days (`today`)."""

from datetime import timedelta

from coach.language.days.lines import TONIGHT, Line, Rule, Said, Step, first_of, how_many, one_day
from coach.language.days.months import calendar_day, in_figures, numbered
from coach.language.days.stretches import feast_named, next_few, stretch, working_end
from coach.language.days.sums import made, month_of, plus, weekday_after
from coach.language.days.weekdays import weekday_named

# A year and some days more. Chosen by hand; not measured.
_A_YEAR = timedelta(days=370)


_PLAIN = {"today": 0, "tonight": 0, "tomorrow": 1, "tomorow": 1, "tmrw": 1, "tmr": 1}
_PLAIN |= {"yesterday": -1, "eod": 0}


_PLAIN_PHRASES = {
    ("day", "after", "tomorrow"): 2,
    ("day", "before", "yesterday"): -2,
    ("this", "morning"): 0,
    ("this", "afternoon"): 0,
    ("this", "evening"): 0,
}


def plain_word(line: Line, n: int) -> Said | None:
    """Read `today`, `the day after tomorrow`, `EOM`, `this afternoon`, `before March is over`."""
    held_on = line.held_on
    word = line.at(n).text.removesuffix("'s")
    if word in _PLAIN:
        return one_day(n + 1, plus(held_on, _PLAIN[word]))
    for said, days in _PLAIN_PHRASES.items():
        if line.texts(n, len(said)) == said:
            return one_day(n + len(said), plus(held_on, days))
    if word in {"eom", "month"} and (word == "eom" or line.at(n + 1).text == "end"):
        return one_day(n + 1 + (word != "eom"), month_of(held_on)[1])
    if word == "eow":
        return one_day(n + 1, working_end(held_on, 0))
    if word == "eoy":
        return one_day(n + 1, made(held_on.year, 12, 31))
    return _over(line, n)


def _over(line: Line, n: int) -> Said | None:
    """Read `the week is out`, `March is over`, `this month's end`."""
    said = stretch(line, n)
    if said is None or said.last is None:
        return None
    if line.texts(said.end, 2) in {("is", "out"), ("is", "over")}:
        week = line.at(said.end - 1).text == "week"
        return one_day(said.end + 2, working_end(line.held_on, 0) if week else said.last)
    return None


def _now(line: Line, n: int) -> Said | None:
    return one_day(n + 1, line.held_on) if line.at(n).text == "now" else None


BASES: tuple[Rule, ...] = (in_figures, calendar_day, feast_named, plain_word, _now, weekday_named)


def counted(line: Line, n: int) -> Said | None:
    """Read `in ten days`, `within a week`, `two weeks from Monday`, `a week today`.

    Also `3 Fridays from now`.
    """
    led = line.at(n).text in {"in", "within", "inside"}
    at = n + led
    count, at = how_many(line, at, the=line.at(n).text in {"within", "inside"})
    working = line.at(at).text in {"working", "business"}
    at += working
    word = line.at(at)
    if count and word.text in {"upcoming", "coming"}:
        return next_few(line, n)
    if not count or word.kind not in {"unit", "weekday"} or word.text in {"weekend", "quarter"}:
        return None
    if word.kind == "weekday":
        return _weekdays_on(line, at, count)
    step = Step(count, "working day" if working else word.text)
    return _from_a_day(line, at + 1, step) or _from_now(line, at + 1, step, led=led, begins=n)


def _from_a_day(line: Line, n: int, step: Step) -> Said | None:
    """Read the day that a count starts from.

    `[two weeks] from Monday`, `[a week] on Friday`, `[a week] today`, `[3 days] before the 14th`.
    """
    how = line.at(n).text
    if how in {"from", "after", "before", "on"}:
        n += 1
    elif step.unit not in {"week", "fortnight"}:
        return None
    if how == "on" and step.unit not in {"week", "fortnight"}:
        return None
    base = first_of(BASES, line, n) or (numbered_from(line, n) if how != "on" else None)
    if base is None or (base.last is None and base.options is None):
        return None
    if how not in {"from", "after", "before", "on"} and line.at(n).text not in TONIGHT:
        return None
    return one_day(base.end, step.on(base.last, back=how == "before") if base.last else None)


def numbered_from(line: Line, n: int) -> Said | None:
    """Read the number in `[two weeks before] the 14th`."""
    at = n + (line.at(n).text == "the")
    return numbered(line, n, n, None) if at > n and line.at(at).kind == "ordinal" else None


def _from_now(line: Line, n: int, step: Step, *, led: bool, begins: int) -> Said | None:
    """Read `in [two weeks]`, `[two weeks] from now` or `ago`, and `, [two weeks].` at an end."""
    held_on = line.held_on
    if line.texts(n, 2) in {("from", "now"), ("from", "here")}:
        return one_day(n + 2, step.on(held_on))
    if line.at(n).text in {"hence", "ahead"}:
        return one_day(n + 1, step.on(held_on))
    if line.at(n).text in {"ago", "back"}:
        return one_day(n + 1, step.on(held_on, back=True))
    if led:
        n += line.at(n).text == "'"
        n += line.at(n).text == "time"
        day = step.on(held_on)
        far = day is None or abs(day - held_on) > _A_YEAR
        return None if far or line.at(n).text in {"of", "with"} else one_day(n, day)
    # `, two weeks.` at the end of a clause; more than eight weeks is how long something took.
    # Chosen by hand; not measured.
    scrap = line.at(begins - 1).text == "," and line.at(n).text in {"", ".", ",", ";", ")"}
    return (
        one_day(n, step.on(held_on)) if scrap and step.unit == "week" and step.many <= 8 else None
    )


def _weekdays_on(line: Line, n: int, count: int) -> Said | None:
    first = weekday_after(line.held_on, line.at(n).value)
    if line.texts(n + 1, 2) == ("from", "now") and count < 100:
        return one_day(n + 3, plus(first, 7 * (count - 1)))
    if line.at(n + 1).text in {"ago", "back"} and count < 100:
        return one_day(n + 2, plus(first, -7 * count - 7 * (first == plus(line.held_on, 7))))
    return None
