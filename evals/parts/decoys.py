"""What looks like a drift and is none: a careful human would not raise the kind it tempts to."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import yaml

from coach.model import DriftKind, Value
from evals.parts.drifts import Turn
from evals.parts.series import PARTS, Line, Meeting, Part, Series, base_series

_QUARTER = 91
_LONGER = 1.2


class Decoy(Value):
    """The kind a decoy tempts to, and its wordings."""

    tempts: DriftKind
    before: bool = False
    options: tuple[Part, ...]


class Looking(NamedTuple):
    """A series that looks like drift from one session on."""

    series: Series
    at: int
    about: str | None = None


Decoying = Callable[[Turn], Looking]


@cache
def decoys() -> dict[str, Decoy]:
    """Every decoy of `decoys.yaml` by its name."""
    read = yaml.safe_load((PARTS / "decoys.yaml").read_text(encoding="utf-8"))
    return {name: Decoy.model_validate(fields) for name, fields in read.items()}


def _said(turn: Turn, name: str) -> Series:
    decoy = decoys()[name]
    part = decoy.options[turn.number % len(decoy.options)]
    return turn.series.telling(turn.at - decoy.before, part)


def holiday_gap(turn: Turn) -> Looking:
    """A long gap that was announced the session before."""
    days = round(turn.series.base.every_days * _LONGER)
    moved = turn.series.later_by(turn.at, days, planned=True)
    return Looking(_said(turn._replace(series=moved), "holiday_gap"), turn.at)


def cadence_amended(turn: Turn) -> Looking:
    """Half as often from now on, by a new version of the contract."""
    every = turn.series.base.every_days
    said = _said(turn, "cadence_amended")
    cadence = said.contracts[-1].cadence
    slower = cadence and cadence.model_copy(update={"every_days": 2 * every})
    series = said.amended(turn.at, cadence=slower)
    later = range(turn.at + 1, len(series.meetings))
    for at in later:
        series = series.later_by(at, every, planned=True)
    return Looking(series.extended(len(later) * every), turn.at)


def goal_amended(turn: Turn) -> Looking:
    """A goal leaves the contract by a new version and is not spoken of again."""
    base = turn.series.base
    goals = tuple(goal for goal in turn.series.contracts[-1].goals if goal.id != base.aside)
    series = turn.series.without(base.aside, turn.rest).saying(turn.at, base.amended)
    return Looking(series.amended(turn.at, goals=goals), turn.at, base.aside)


def goal_parked(turn: Turn) -> Looking:
    """A goal is parked by both in the notes and rests from then on."""
    base = turn.series.base
    series = turn.series.without(base.aside, turn.rest).saying(turn.at, base.parked)
    return Looking(series, turn.at, base.aside)


def goal_later(turn: Turn) -> Looking:
    """A goal waits for its turn, as the first sessions say, and then begins."""
    base = turn.series.base
    series = turn.series.without(base.aside, range(4)).saying(0, base.later)
    return Looking(series.saying(2, base.later), 0, base.aside)


def deadline_moved(turn: Turn) -> Looking:
    """A promise gets a new day once, openly, and is kept."""
    moved = turn.series.base.moved
    series = turn.series.saying(turn.at - 1, moved.make).saying(turn.at, moved.moved)
    return Looking(series.saying(turn.at + 1, moved.done), turn.at)


def quarterly_kept(turn: Turn) -> Looking:
    """The two agreed on four meetings a year, and have them."""
    base = turn.series.base
    slow = base_series(base, _QUARTER)
    return Looking(slow.extended(len(slow.meetings) * (_QUARTER - base.every_days)), 1)


def _one_off(name: str) -> Decoying:
    """A single session without the goals, for a reason that was said."""

    def decoying(turn: Turn) -> Looking:
        series = turn.series
        for goal in series.base.goals:
            series = series.without(goal.id, range(turn.at, turn.at + 1))
        return Looking(_said(turn._replace(series=series), name), turn.at)

    return decoying


def outage(turn: Turn) -> Looking:
    """Once on another channel, with the reason."""
    other = turn.series.base.other_channel
    series = turn.series.changed(
        turn.at, lambda meeting: meeting.model_copy(update={"channel": other})
    )
    return Looking(_said(turn._replace(series=series), "outage"), turn.at)


def feedback_elsewhere(turn: Turn) -> Looking:
    """Feedback twice in writing instead of aloud, and the notes say so."""
    series, option = turn.series, decoys()["feedback_elsewhere"].options[0]
    due = [at for at in turn.rest if _has_feedback(series.meetings[at])]
    for number, at in enumerate(due[:2]):
        text = series.base.wording(option, number)
        series = series.without("fb", range(at, at + 1)).changed(at, _by_letter(text))
    return Looking(series, due[0])


def _has_feedback(meeting: Meeting) -> bool:
    return any("fb" in line.tags for line in meeting.lines)


def _by_letter(text: str) -> Callable[[Meeting], Meeting]:
    line = Line(tags=frozenset({"fb"}), text=text)
    return lambda meeting: meeting.with_lines((*meeting.lines, line))


def _only_said(name: str) -> Decoying:
    """Nothing but a sentence."""
    return lambda turn: Looking(_said(turn, name), turn.at)


DECOYS: dict[str, Decoying] = {
    "holiday_gap": holiday_gap,
    "cadence_amended": cadence_amended,
    "goal_amended": goal_amended,
    "emergency": _one_off("emergency"),
    "goal_parked": goal_parked,
    "goal_later": goal_later,
    "deadline_moved": deadline_moved,
    "quarterly_kept": quarterly_kept,
    "brainstorm": _one_off("brainstorm"),
    "outage": outage,
    "idiom": _only_said("idiom"),
    "late_third": _only_said("late_third"),
    "joke": _only_said("joke"),
    "feedback_elsewhere": feedback_elsewhere,
    "logged_late": _only_said("logged_late"),
}
"""Every decoy by its name."""
