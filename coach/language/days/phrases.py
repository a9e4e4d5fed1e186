"""Tries the rules for days in order at one place."""

from coach.language.days.counted import counted, plain_word
from coach.language.days.edges import edge
from coach.language.days.lines import Line, Rule, Said, first_of
from coach.language.days.months import calendar_day, in_figures
from coach.language.days.stretches import (
    bare_unit,
    feast_named,
    lean_or_vague,
    month_named,
    season_named,
    this_week,
)
from coach.language.days.sums import FEASTS
from coach.language.days.weekdays import ordinal_weekday, week_then_day, weekday_named

_RULES: tuple[Rule, ...] = (
    in_figures,
    ordinal_weekday,
    calendar_day,
    counted,
    edge,
    feast_named,
    plain_word,
    week_then_day,
    this_week,
    lean_or_vague,
    bare_unit,
    weekday_named,
    month_named,
    season_named,
)


_FIRST_WORDS = frozenset(
    """
        the a an in within inside couple next following this coming upcoming current last past
        previous end close beginning start mid middle early late today tonight tomorrow tomorow
        tmrw tmr yesterday
        eod eow eom eoy day month fortnight q w spring summer autumn fall winter
        """.split()
) | {words[0] for words in FEASTS}
_FIRST_KINDS = frozenset({"weekday", "month", "number", "ordinal", "unit", "dated"})


def phrase(line: Line, n: int) -> Said | None:
    """Return the phrase that begins at a word, None where none does."""
    word = line.at(n)
    if word.kind not in _FIRST_KINDS and word.text.removesuffix("'s") not in _FIRST_WORDS:
        return None
    return first_of(_RULES, line, n)
