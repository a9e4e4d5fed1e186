"""One drift put into a clean series: what is changed, and what a right warning would name."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from coach.model.contract import ClauseName, Phase
from coach.model.drift import DriftKind
from evals.drift_cases.base import BaseGoal, Wording
from evals.drift_cases.series import Meeting, Series
from evals.drift_cases.told import Told


class DriftedSeries(NamedTuple):
    """A series with one drift.

    `at` is the index of the session that first carries it, `second_at` that of the session with the
    second piece of evidence. `clauses` are those that a right warning may name; it is empty where
    the warning names a commitment.
    """

    series: Series
    at: int
    clauses: tuple[ClauseName, ...]
    second_at: int
    about: str | None = None


class Insertion(NamedTuple):
    """Where a drift goes in, and a number that rotates goals and promises."""

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

    def cleared(self, kind: DriftKind, within: range) -> Series:
        """The series without what speaks against a drift of this kind in some sessions."""
        series = self.series
        for tag in self._spoken_against(kind):
            # A plan that was drawn once stands: it is taken out wherever it is told.
            series = series.without(tag, range(len(series.meetings)) if tag == "plan" else within)
        return series

    def _spoken_against(self, kind: DriftKind) -> tuple[str, ...]:
        if kind in {"goal_neglect", "goal_vagueness"}:
            return (self.goal.id,)
        if kind == "goal_displacement":
            return tuple(goal.id for goal in self.series.base.goals)
        return _AGAINST.get(kind, ())


# Which sentences of a base would tell that a drift of this kind is none.
_AGAINST: dict[DriftKind, tuple[str, ...]] = {
    "agency": ("a",),
    "feedback": ("fb",),
    "phase": ("plan",),
}
# Two months: a pair that meets so rarely has left a goal alone for long after one more session.
_RARE_DAYS = 60
# Intervals by which one gap is longer: 2.7 in all.
_ONE_LONGER = 1.7
# Intervals by which each of two gaps is longer: 1.8 in all.
_TWO_LONGER = 0.8
# A third of the agreed length: less than half, where a recorded length counts as far off.
_SHORT = 3
DriftMaker = Callable[[Insertion], DriftedSeries]


def goal_neglect(place: Insertion) -> DriftedSeries:
    """A goal falls silent."""
    series = place.cleared("goal_neglect", place.rest)
    rare = place.series.base.every_days >= _RARE_DAYS
    second = place.at + (0 if rare else 1)
    return DriftedSeries(series, place.at, ("goals",), second, about=place.goal.id)


def goal_displacement(wording: Wording) -> DriftMaker:
    """Other topics take the time; each goal still gets a word every second session."""

    def make(place: Insertion) -> DriftedSeries:
        series = place.cleared("goal_displacement", place.rest)
        for number, at in enumerate(place.rest):
            series = series.saying(at, series.base.sentence(wording, number % len(wording.own)))
            if number % 2:
                for goal in series.base.goals:
                    series = series.saying(at, goal.brief)
        return DriftedSeries(series, place.at, ("goals",), place.at + 1)

    return make


def goal_vagueness(place: Insertion) -> DriftedSeries:
    """A new version loses a goal's measure and day, and its progress is told without any."""
    goal = place.goal
    series = place.cleared("goal_vagueness", place.rest)
    for number, at in enumerate(place.rest):
        series = series.saying(at, goal.hazy[number % len(goal.hazy)])
    loose = {"statement": goal.vague, "success_criteria": None, "target_date": None}
    goals = tuple(
        each.model_copy(update=loose) if each.id == goal.id else each
        for each in series.contracts[-1].goals
    )
    series = series.amended(place.at, goals=goals)
    return DriftedSeries(series, place.at, ("goals",), place.at + 1, about=goal.id)


def carried_promise(place: Insertion) -> DriftedSeries:
    """A promise of the session before is carried from session to session."""
    slips = place.series.base.slips
    slip = slips[place.number % len(slips)]
    series = place.series.saying(place.at - 1, slip.make)
    for number, carried in enumerate(slip.carried):
        series = series.saying(place.at + number, carried)
    return DriftedSeries(series, place.at, (), place.at + 1)


def silent_promise(place: Insertion) -> DriftedSeries:
    """A promise whose day passes, and nobody comes back to it."""
    slips = place.series.base.slips
    series = place.series.saying(place.at - 1, slips[place.number % len(slips)].make)
    return DriftedSeries(series, place.at, (), place.at + 1)


def one_long_gap(place: Insertion) -> DriftedSeries:
    """Nearly three intervals go by once, and nobody says why."""
    days = round(place.series.base.every_days * _ONE_LONGER)
    series = place.series.later_by(place.at, days, planned=False)
    return DriftedSeries(series, place.at, ("cadence",), place.at)


def two_long_gaps(place: Insertion) -> DriftedSeries:
    """Two stretches in a row are nearly twice as long as agreed."""
    days = round(place.series.base.every_days * _TWO_LONGER)
    series = place.series.later_by(place.at, days, planned=False)
    series = series.later_by(place.at + 1, days, planned=False)
    return DriftedSeries(series, place.at, ("cadence",), place.at + 1)


def short_meetings(place: Insertion) -> DriftedSeries:
    """From one session on each takes a third of the agreed time."""
    series = place.series
    for at in place.rest:
        series = series.changed(
            at, lambda meeting: meeting.model_copy(update={"minutes": meeting.minutes // _SHORT})
        )
    return DriftedSeries(series, place.at, ("cadence",), place.at + 1)


def channel(wording: Wording | None) -> DriftMaker:
    """The two meet elsewhere than agreed, told or in silence, or write outside their hours."""

    def make(place: Insertion) -> DriftedSeries:
        series = place.series.telling(place.at, wording) if wording else place.series
        if wording is None or len(wording.own) < 3:
            for at in place.rest:
                series = series.changed(at, elsewhere(series.base.other_channel))
        return DriftedSeries(series, place.at, ("channels",), place.at + 1)

    return make


def elsewhere(other: str | None) -> Callable[[Meeting], Meeting]:
    """Record another channel, or none."""
    return lambda meeting: meeting.model_copy(update={"channel": other})


def agency(wording: Wording) -> DriftMaker:
    """The mentee brings nothing any more."""

    def make(place: Insertion) -> DriftedSeries:
        series = place.cleared("agency", place.rest).telling(place.at, wording)
        return DriftedSeries(series, place.at, ("roles", "text"), place.at + 1)

    return make


def feedback(place: Insertion) -> DriftedSeries:
    """The agreed feedback stops."""
    due = [
        at
        for at in place.rest
        if any("fb" in sentence.tags for sentence in place.series.meetings[at].sentences)
    ]
    last = len(place.series.meetings) - 1
    second = min(due[0] + place.series.base.feedback.every_sessions, last)
    return DriftedSeries(place.cleared("feedback", place.rest), due[0], ("feedback",), second)


def phase(wording: Wording) -> DriftMaker:
    """The time to look around is over, and no plan is drawn."""

    def make(place: Insertion) -> DriftedSeries:
        series = place._replace(series=first_stage_over(place)).cleared("phase", place.rest)
        return DriftedSeries(series.telling(place.at, wording), place.at, ("phase",), place.at + 1)

    return make


def first_stage_over(place: Insertion) -> Series:
    """The series whose time to look around ends a week after the meeting before."""
    until = place.series.meetings[place.at - 1].held_on + timedelta(days=7)
    return place.series.agreed(phase=Phase(diagnosis_until=until))


def without_goals(place: Insertion) -> DriftedSeries:
    """The time to look around is over, and the contract names no goal yet."""
    series = place._replace(series=first_stage_over(place)).cleared("phase", place.rest)
    return DriftedSeries(series.agreed(goals=()), place.at, ("phase",), place.at + 1)


def silent_notes(place: Insertion) -> DriftedSeries:
    """Three sessions go by without notes."""
    series = place.series
    for at in range(place.at, place.at + 3):
        broken = {name for said in series.meetings[at].sentences for name in said.promises}
        for name in sorted(broken):
            series = series.without(f"{name}+", range(len(series.meetings)))
        series = series.changed(at, lambda meeting: meeting.with_sentences(()))
    return DriftedSeries(series, place.at, ("text",), place.at + 1)


def contradiction(wording: Wording) -> DriftMaker:
    """Return a drift where a new version's text contradicts its other clauses.

    It names another rhythm, another channel, or another writer of the notes.
    """

    def make(place: Insertion) -> DriftedSeries:
        base = place.series.base
        names = {"mentor": base.mentor.name.split()[0], "mentee": base.mentee.name.split()[0]}
        text = f"{base.text}{wording.own[0].format(**names)}\n"
        series = place.series.amended(place.at, text=text)
        return DriftedSeries(series, place.at, ("text", "cadence", "channels"), place.at)

    return make


def end_passed(place: Insertion) -> DriftedSeries:
    """The agreed end passes and the two meet on without a word."""
    ends_on = place.series.meetings[place.at].held_on - timedelta(days=3)
    return DriftedSeries(place.series.agreed(ends_on=ends_on), place.at, ("ends_on",), place.at)


def all_reached(place: Insertion) -> DriftedSeries:
    """A new version calls every goal achieved, and the two meet on as before."""
    goals = tuple(
        goal.model_copy(update={"status": "achieved"}) for goal in place.series.contracts[-1].goals
    )
    series = place.series.amended(place.at, goals=goals)
    return DriftedSeries(series, place.at, ("goals", "ends_on", "change_signs"), place.at + 1)


def trust(wording: Wording) -> DriftMaker:
    """The mentee says it to a private page alone."""

    def make(place: Insertion) -> DriftedSeries:
        page = Told(how="blunt", by="mentee", private=True, says=wording.own)
        series = place.series.hearing(place.at, page)
        return DriftedSeries(series, place.at, ("text",), place.at + 1)

    return make


def stated(wording: Wording, clauses: tuple[ClauseName, ...]) -> DriftMaker:
    """A drift that is stated in the notes."""

    def make(place: Insertion) -> DriftedSeries:
        series = place.series.telling(place.at, wording)
        return DriftedSeries(series, place.at, clauses, place.at + 1)

    return make
