"""Every way to drift by its kind: those that data alone decide, and those that people tell."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from coach.model.contract import ClauseName
from coach.model.drift import DriftKind
from evals.drift_cases import drifts
from evals.drift_cases.base import Wording, drift_wordings
from evals.drift_cases.drifts import DriftedSeries, DriftMaker, Insertion
from evals.drift_cases.series import Series
from evals.drift_cases.told import Told, tellings

# Intervals by which a gap is longer where words alone tell of it. With the usual shift of meetings
# it stays below 1.4 intervals, which no computation of dates warns of.
_HARDLY_LONGER = 0.15
# The clauses that a right warning may name. What each owes the other stands in a role or in prose.
_CLAUSES: dict[DriftKind, tuple[ClauseName, ...]] = {
    "goal_neglect": ("goals",),
    "goal_displacement": ("goals",),
    "relevance_loss": ("goals",),
    "goal_vagueness": ("goals",),
    "commitment_slippage": (),
    "cadence": ("cadence",),
    "role": ("roles",),
    "boundary": ("roles", "text"),
    "agency": ("roles", "text"),
    "feedback": ("feedback",),
    "channel": ("channels",),
    "phase": ("phase",),
    "confidentiality": ("confidentiality",),
    "reciprocity": ("roles", "text"),
    "structure": ("text", "roles"),
    "exit": ("change_signs", "ends_on"),
    "trust": ("text",),
}
# These are told in a few sessions, and later sessions speak of the goals again: a goal that stays
# silent is another kind.
_FOR_A_WHILE: frozenset[DriftKind] = frozenset({"goal_displacement", "goal_vagueness"})
_OF_ONE_GOAL: frozenset[DriftKind] = frozenset({"goal_neglect", "goal_vagueness"})


class Way(NamedTuple):
    """One way to drift: its kind and name, the manner in which it is told, and how it is put in."""

    kind: DriftKind
    name: str
    how: str
    make: DriftMaker


@cache
def ways() -> tuple[Way, ...]:
    """Every way, in an order that never changes."""
    return (*_of_data(), *_in_three_hands(), *_told())


def places(way: Way, series: Series) -> tuple[int, int]:
    """The sessions where a drift goes in: one of two a series, where it can still show."""
    if way.kind == "phase":
        return 2, 4
    return 3, max(3, len(series.meetings) - 4)


def _of_data() -> Iterator[Way]:
    makers: tuple[tuple[DriftKind, DriftMaker], ...] = (
        ("goal_neglect", drifts.goal_neglect),
        ("goal_vagueness", drifts.goal_vagueness),
        ("commitment_slippage", drifts.carried_promise),
        ("commitment_slippage", drifts.silent_promise),
        ("cadence", drifts.one_long_gap),
        ("cadence", drifts.two_long_gaps),
        ("cadence", drifts.short_meetings),
        ("feedback", drifts.feedback),
        ("phase", drifts.without_goals),
        ("structure", drifts.silent_notes),
        ("exit", drifts.end_passed),
        ("exit", drifts.all_reached),
    )
    yield from (Way(kind, make.__name__, "data", make) for kind, make in makers)
    yield Way("channel", "elsewhere", "data", drifts.channel(None))


def _in_three_hands() -> Iterator[Way]:
    """The wordings of `drifts.yaml`, which each base tells in its own voice."""
    makers: dict[DriftKind, Callable[[Wording], DriftMaker]] = {
        "goal_displacement": drifts.goal_displacement,
        "channel": drifts.channel,
        "agency": drifts.agency,
        "phase": drifts.phase,
        "trust": drifts.trust,
        "structure": drifts.contradiction,
    }
    for kind, clauses in _CLAUSES.items():
        for number, wording in enumerate(drift_wordings().get(kind, ()), start=1):
            make = makers[kind](wording) if kind in makers else drifts.stated(wording, clauses)
            how = "data" if kind == "structure" else "blunt"
            yield Way(kind, f"plain-{number}", how, make)


def _told() -> Iterator[Way]:
    for kind, telling in tellings().items():
        for number, told in enumerate(telling.drifts, start=1):
            yield Way(kind, f"told-{number}", told.how, _teller(kind, told))


def _teller(kind: DriftKind, told: Told) -> DriftMaker:
    """Puts a told drift in, and takes out what would speak against it."""

    def make(place: Insertion) -> DriftedSeries:
        sessions = range(place.at, place.at + len(told.says))
        series = _with_its_dates(kind, place, sessions)
        heard = series.hearing(place.at - told.before, told.says_of(place.goal.called))
        told_in = len(told.says) - told.before
        return DriftedSeries(
            heard,
            place.at,
            _CLAUSES[kind],
            place.at + min(1, told_in - 1),
            about=place.goal.id if kind in _OF_ONE_GOAL else None,
        )

    return make


def _with_its_dates(kind: DriftKind, place: Insertion, sessions: range) -> Series:
    """The series whose days, channels and silences do not belie the words."""
    if kind == "phase":
        place = place._replace(series=drifts.first_stage_over(place))
    series = place.cleared(kind, sessions if kind in _FOR_A_WHILE else place.rest)
    if kind == "cadence":
        days = round(series.base.every_days * _HARDLY_LONGER)
        for at in sessions:
            series = series.later_by(at, days, planned=False)
    if kind == "channel":
        for at in sessions:
            series = series.changed(at, drifts.elsewhere(None))
    return series
