"""What looks like a drift and is none: a careful human would not raise the kind it tempts to."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import yaml

from coach.model.drift import DriftKind
from coach.model.values import Value
from evals.drift_cases.base import FOLDER, Wording
from evals.drift_cases.drifts import Insertion, elsewhere
from evals.drift_cases.series import Meeting, Series, TaggedSentence, base_series
from evals.drift_cases.told import Told, tellings

_QUARTER_DAYS = 91
# Intervals by which an announced holiday is longer: 2.2 in all, where a warning would come at 1.5.
_LONGER = 1.2
# Sessions without the goal that waits; `drift_cases.writing` names the day of the next one.
_SESSIONS_WAITING = 4


class DecoyWording(Value):
    """The kind that a decoy tempts to, and its wordings; `before` puts it a session earlier."""

    tempts: DriftKind
    before: bool = False
    options: tuple[Wording, ...]


class DecoySeries(NamedTuple):
    """A series that looks like drift from one session on, and is none."""

    series: Series
    at: int
    about: str | None = None


DecoyMaker = Callable[[Insertion], DecoySeries]


class Decoy(NamedTuple):
    """One decoy: the kind it tempts to, its name, what makes it one, and how it is put in."""

    tempts: DriftKind
    name: str
    how: str
    make: DecoyMaker


@cache
def decoys() -> tuple[Decoy, ...]:
    """Every decoy, in an order that never changes."""
    return (*_of_contracts_and_days(), *_told())


@cache
def decoy_wordings() -> dict[str, DecoyWording]:
    """Every decoy of `decoys.yaml` by its name."""
    read = yaml.safe_load((FOLDER / "decoys.yaml").read_text(encoding="utf-8"))
    return {name: DecoyWording.model_validate(fields) for name, fields in read.items()}


def _of_contracts_and_days() -> Iterator[Decoy]:
    for name, make in _MAKERS.items():
        how = name.replace("_", " ")
        yield Decoy(decoy_wordings()[name].tempts, how.replace(" ", "-"), how, make)


def _told() -> Iterator[Decoy]:
    for kind, telling in tellings().items():
        for number, told in enumerate(telling.decoys, start=1):
            yield Decoy(kind, f"{kind}-{number}", told.how, _teller(kind, told))


def _teller(kind: DriftKind, told: Told) -> DecoyMaker:
    """Puts a told decoy in, with the silence, the gap or the channel that it explains."""

    def make(place: Insertion) -> DecoySeries:
        begins = place.at - told.before
        sessions = range(begins, begins + len(told.says))
        spared = {"never": range(0), "then": sessions, "from then on": place.rest}[told.clears]
        series = place.cleared(kind, spared)
        if told.gap:
            days = round(series.base.every_days * _LONGER)
            series = series.later_by(place.at, days, planned=True)
        if told.elsewhere:
            series = series.changed(place.at, elsewhere(series.base.other_channel))
        heard = series.hearing(begins, told.says_of(place.goal.called))
        about = place.goal.id if kind == "goal_neglect" and told.clears != "never" else None
        return DecoySeries(heard, place.at, about)

    return make


def _said(place: Insertion, name: str) -> Series:
    decoy = decoy_wordings()[name]
    wording = decoy.options[place.number % len(decoy.options)]
    return place.series.telling(place.at - decoy.before, wording)


def holiday_gap(place: Insertion) -> DecoySeries:
    """A long gap that was announced the session before."""
    days = round(place.series.base.every_days * _LONGER)
    moved = place.series.later_by(place.at, days, planned=True)
    return DecoySeries(_said(place._replace(series=moved), "holiday_gap"), place.at)


def cadence_amended(place: Insertion) -> DecoySeries:
    """Half as often from now on, by a new version of the contract."""
    every = place.series.base.every_days
    said = _said(place, "cadence_amended")
    cadence = said.contracts[-1].cadence
    slower = cadence and cadence.model_copy(update={"every_days": 2 * every})
    series = said.amended(place.at, cadence=slower)
    later = range(place.at + 1, len(series.meetings))
    for at in later:
        series = series.later_by(at, every, planned=True)
    return DecoySeries(series.extended(len(later) * every), place.at)


def goal_amended(place: Insertion) -> DecoySeries:
    """A goal leaves the contract by a new version and is not spoken of again."""
    base = place.series.base
    goals = tuple(goal for goal in place.series.contracts[-1].goals if goal.id != base.aside)
    series = place.series.without(base.aside, place.rest).saying(place.at, base.amended)
    return DecoySeries(series.amended(place.at, goals=goals), place.at, base.aside)


def goal_parked(place: Insertion) -> DecoySeries:
    """A goal is parked by both in the notes and rests from then on."""
    base = place.series.base
    series = place.series.without(base.aside, place.rest).saying(place.at, base.parked)
    return DecoySeries(series, place.at, base.aside)


def goal_later(place: Insertion) -> DecoySeries:
    """A goal waits for its turn, as the first sessions say, and then begins."""
    base = place.series.base
    series = place.series.without(base.aside, range(_SESSIONS_WAITING)).saying(0, base.later)
    return DecoySeries(series.saying(2, base.later), 0, base.aside)


def deadline_moved(place: Insertion) -> DecoySeries:
    """A promise gets a new day once, openly, and is kept."""
    moved = place.series.base.moved
    series = place.series.saying(place.at - 1, moved.make).saying(place.at, moved.moved)
    return DecoySeries(series.saying(place.at + 1, moved.done), place.at)


def quarterly_kept(place: Insertion) -> DecoySeries:
    """The two agreed on four meetings a year, and have them."""
    base = place.series.base
    slow = base_series(base, _QUARTER_DAYS)
    return DecoySeries(slow.extended(len(slow.meetings) * (_QUARTER_DAYS - base.every_days)), 1)


def _one_off(name: str) -> DecoyMaker:
    """A single session without the goals, for a reason that was said."""

    def make(place: Insertion) -> DecoySeries:
        series = place.series
        for goal in series.base.goals:
            series = series.without(goal.id, range(place.at, place.at + 1))
        return DecoySeries(_said(place._replace(series=series), name), place.at)

    return make


def outage(place: Insertion) -> DecoySeries:
    """Once on another channel, with the reason."""
    other = place.series.base.other_channel
    series = place.series.changed(place.at, elsewhere(other))
    return DecoySeries(_said(place._replace(series=series), "outage"), place.at)


def feedback_elsewhere(place: Insertion) -> DecoySeries:
    """Feedback twice in writing instead of aloud, and the notes say so."""
    series, option = place.series, decoy_wordings()["feedback_elsewhere"].options[0]
    due = [at for at in place.rest if _has_feedback(series.meetings[at])]
    for number, at in enumerate(due[:2]):
        text = series.base.sentence(option, number)
        series = series.without("fb", range(at, at + 1)).changed(at, _by_letter(text))
    return DecoySeries(series, due[0])


def _has_feedback(meeting: Meeting) -> bool:
    return any("fb" in sentence.tags for sentence in meeting.sentences)


def _by_letter(text: str) -> Callable[[Meeting], Meeting]:
    sentence = TaggedSentence(tags=frozenset({"fb"}), text=text)
    return lambda meeting: meeting.with_sentences((*meeting.sentences, sentence))


def _only_said(name: str) -> DecoyMaker:
    """Nothing but a sentence."""
    return lambda place: DecoySeries(_said(place, name), place.at)


_MAKERS: dict[str, DecoyMaker] = {
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
