"""One drift put into a clean series: what is changed, and what a right warning would name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from coach.model.contract import ClauseName, Phase
from coach.model.drift import DriftKind
from evals.drift_cases.base import BaseGoal, Wording, drift_wordings
from evals.drift_cases.series import Meeting, Series


class DriftedSeries(NamedTuple):
    """A series with one drift, the session that first carries it and the one by which it shows."""

    series: Series
    at: int
    clause: ClauseName | None
    expected_by: int
    about: str | None = None


class Insertion(NamedTuple):
    """Where a drift goes in, and a number that rotates goals and wordings."""

    series: Series
    at: int
    number: int

    @property
    def rest(self) -> range:
        """The sessions from there to the last."""
        return range(self.at, len(self.series.meetings))

    @property
    def goal(self) -> BaseGoal:
        """The goal whose turn it is."""
        goals = self.series.base.goals
        return goals[self.number % len(goals)]

    def wording(self, kind: str) -> Wording:
        """The wording whose turn it is."""
        offered = drift_wordings()[kind]
        return offered[self.number % len(offered)]


# Two months: a pair that meets so rarely has left a goal alone for long after one more session.
_RARE_DAYS = 60
# Intervals by which one gap is longer: 2.7 in all.
_ONE_LONGER = 1.7
# Intervals by which each of two gaps is longer: 1.8 in all.
_TWO_LONGER = 0.8
DriftMaker = Callable[[Insertion], DriftedSeries]


def goal_neglect(place: Insertion) -> DriftedSeries:
    """A goal falls silent."""
    series = place.series.without(place.goal.id, place.rest)
    rare = place.series.base.every_days >= _RARE_DAYS
    by = place.at + (1 if rare else 2)
    return DriftedSeries(series, place.at, "goals", by, about=place.goal.id)


def goal_displacement(place: Insertion) -> DriftedSeries:
    """Other topics take the time; each goal still gets a word every second session."""
    series = place.series
    for goal in series.base.goals:
        series = series.without(goal.id, place.rest)
    wording = place.wording("goal_displacement")
    for number, at in enumerate(place.rest):
        series = series.saying(at, series.base.sentence(wording, number % len(wording.own)))
        if number % 2:
            for goal in series.base.goals:
                series = series.saying(at, goal.brief)
    return DriftedSeries(series, place.at, "goals", place.at + 1)


def goal_vagueness(place: Insertion) -> DriftedSeries:
    """A new version loses a goal's measure and day, and its progress is told without any."""
    goal = place.goal
    series = place.series.without(goal.id, place.rest)
    for number, at in enumerate(place.rest):
        series = series.saying(at, goal.hazy[number % len(goal.hazy)])
    loose = {"statement": goal.vague, "success_criteria": None, "target_date": None}
    goals = tuple(
        each.model_copy(update=loose) if each.id == goal.id else each
        for each in series.contracts[-1].goals
    )
    series = series.amended(place.at, goals=goals)
    return DriftedSeries(series, place.at, "goals", place.at + 1, about=goal.id)


def commitment_slippage(place: Insertion) -> DriftedSeries:
    """A promise of the session before is carried from session to session."""
    slips = place.series.base.slips
    slip = slips[place.number % len(slips)]
    series = place.series.saying(place.at - 1, slip.make)
    for number, carried in enumerate(slip.carried):
        series = series.saying(place.at + number, carried)
    return DriftedSeries(series, place.at, None, place.at + 1)


def one_long_gap(place: Insertion) -> DriftedSeries:
    """Nearly three intervals go by once, and nobody says why."""
    days = round(place.series.base.every_days * _ONE_LONGER)
    return DriftedSeries(
        place.series.later_by(place.at, days, planned=False), place.at, "cadence", place.at
    )


def two_long_gaps(place: Insertion) -> DriftedSeries:
    """Two stretches in a row are nearly twice as long as agreed."""
    days = round(place.series.base.every_days * _TWO_LONGER)
    series = place.series.later_by(place.at, days, planned=False)
    series = series.later_by(place.at + 1, days, planned=False)
    return DriftedSeries(series, place.at, "cadence", place.at + 1)


def channel(place: Insertion) -> DriftedSeries:
    """The two meet elsewhere than agreed, or write outside their hours; one wording is silent."""
    wording = place.wording("channel")
    series = place.series.telling(place.at, wording)
    if len(wording.own) < 3:
        for at in place.rest:
            series = series.changed(at, _elsewhere(series.base.other_channel))
    return DriftedSeries(series, place.at, "channels", place.at + 1)


def _elsewhere(other: str) -> Callable[[Meeting], Meeting]:
    return lambda meeting: meeting.model_copy(update={"channel": other})


def agency(place: Insertion) -> DriftedSeries:
    """The mentee brings nothing any more."""
    series = place.series.without("a", place.rest).telling(place.at, place.wording("agency"))
    return DriftedSeries(series, place.at, "roles", place.at + 1)


def feedback(place: Insertion) -> DriftedSeries:
    """The agreed feedback stops."""
    due = [
        at
        for at in place.rest
        if any("fb" in sentence.tags for sentence in place.series.meetings[at].sentences)
    ]
    last = len(place.series.meetings) - 1
    by = min(due[0] + place.series.base.feedback.every_sessions, last)
    return DriftedSeries(place.series.without("fb", place.rest), due[0], "feedback", by)


def phase(place: Insertion) -> DriftedSeries:
    """The time to look around is over, and no plan is drawn."""
    until = place.series.meetings[place.at - 1].held_on + timedelta(days=7)
    series = place.series.agreed(phase=Phase(diagnosis_until=until))
    series = series.without("plan", range(len(series.meetings)))
    return DriftedSeries(
        series.telling(place.at, place.wording("phase")), place.at, "phase", place.at + 1
    )


def silent_notes(place: Insertion) -> DriftedSeries:
    """Three sessions go by without notes."""
    series = place.series
    for at in range(place.at, place.at + 3):
        broken = {name for said in series.meetings[at].sentences for name in said.promises}
        for name in sorted(broken):
            series = series.without(f"{name}+", range(len(series.meetings)))
        series = series.changed(at, lambda meeting: meeting.with_sentences(()))
    return DriftedSeries(series, place.at, "text", place.at + 1)


def contradiction(place: Insertion) -> DriftedSeries:
    """A new version's text says another rhythm than its cadence."""
    text = f"{place.series.base.text}{place.wording('contradiction').own[0]}\n"
    return DriftedSeries(place.series.amended(place.at, text=text), place.at, "text", place.at)


def end_passed(place: Insertion) -> DriftedSeries:
    """The agreed end passes and the two meet on without a word."""
    ends_on = place.series.meetings[place.at].held_on - timedelta(days=3)
    return DriftedSeries(place.series.agreed(ends_on=ends_on), place.at, "ends_on", place.at + 1)


def change_sign(place: Insertion) -> DriftedSeries:
    """The two tell of their own sign for change in two sessions."""
    series = place.series.telling(place.at, place.wording("exit"))
    return DriftedSeries(series, place.at, "change_signs", place.at + 1)


def trust(place: Insertion) -> DriftedSeries:
    """The mentee says it to a private page alone."""
    series = place.series
    for number, said in enumerate(place.wording("trust").own):
        series = series.changed(place.at + number, _privately(said))
    return DriftedSeries(series, place.at, "text", place.at + 1)


def _privately(said: str) -> Callable[[Meeting], Meeting]:
    return lambda meeting: meeting.model_copy(update={"private": said})


def stated_drift(kind: DriftKind, clause: ClauseName, *, after: int) -> DriftMaker:
    """A drift that is stated in the notes; it shows so many sessions after the first."""

    def make(place: Insertion) -> DriftedSeries:
        return DriftedSeries(
            place.series.telling(place.at, place.wording(kind)), place.at, clause, place.at + after
        )

    return make


DRIFTS: tuple[tuple[DriftKind, DriftMaker], ...] = (
    ("goal_neglect", goal_neglect),
    ("goal_displacement", goal_displacement),
    ("relevance_loss", stated_drift("relevance_loss", "goals", after=1)),
    ("goal_vagueness", goal_vagueness),
    ("commitment_slippage", commitment_slippage),
    ("cadence", one_long_gap),
    ("cadence", two_long_gaps),
    ("role", stated_drift("role", "roles", after=1)),
    ("boundary", stated_drift("boundary", "roles", after=0)),
    ("agency", agency),
    ("feedback", feedback),
    ("channel", channel),
    ("phase", phase),
    ("confidentiality", stated_drift("confidentiality", "confidentiality", after=0)),
    ("reciprocity", stated_drift("reciprocity", "roles", after=1)),
    ("structure", silent_notes),
    ("structure", contradiction),
    ("exit", end_passed),
    ("exit", change_sign),
    ("trust", trust),
)
"""Every way to drift, by its kind; some kinds have two."""


def places(make: DriftMaker, series: Series) -> Iterator[int]:
    """The sessions where a drift goes in: twice a series, where it can still show."""
    if make is phase:
        yield from (2, 4)
        return
    yield from (3, len(series.meetings) - 4)
