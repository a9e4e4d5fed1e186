"""One drift put into a clean series: what is changed, and what a right warning would name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from coach.model import ClauseName, DriftKind, Phase
from evals.parts.series import BaseGoal, Meeting, Part, Series, drift_parts


class Injected(NamedTuple):
    """A series with one drift, the session that first carries it and the one by which it shows."""

    series: Series
    at: int
    clause: ClauseName | None
    expected_by: int
    about: str | None = None


class Turn(NamedTuple):
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

    def part(self, kind: str) -> Part:
        """The wording whose turn it is."""
        offered = drift_parts()[kind]
        return offered[self.number % len(offered)]


Drifting = Callable[[Turn], Injected]


def goal_neglect(turn: Turn) -> Injected:
    """A goal falls silent."""
    series = turn.series.without(turn.goal.id, turn.rest)
    rare = turn.series.base.every_days >= 60
    by = turn.at + (1 if rare else 2)
    return Injected(series, turn.at, "goals", by, about=turn.goal.id)


def goal_displacement(turn: Turn) -> Injected:
    """Other topics take the time; each goal still gets a word every second session."""
    series = turn.series
    for goal in series.base.goals:
        series = series.without(goal.id, turn.rest)
    part = turn.part("goal_displacement")
    for number, at in enumerate(turn.rest):
        series = series.saying(at, series.base.wording(part, number % len(part.own)))
        if number % 2:
            for goal in series.base.goals:
                series = series.saying(at, goal.brief)
    return Injected(series, turn.at, "goals", turn.at + 1)


def goal_vagueness(turn: Turn) -> Injected:
    """A new version loses a goal's measure and day, and its progress is told without any."""
    goal = turn.goal
    series = turn.series.without(goal.id, turn.rest)
    for number, at in enumerate(turn.rest):
        series = series.saying(at, goal.hazy[number % len(goal.hazy)])
    loose = {"statement": goal.vague, "success_criteria": None, "target_date": None}
    goals = tuple(
        each.model_copy(update=loose) if each.id == goal.id else each
        for each in series.contracts[-1].goals
    )
    series = series.amended(turn.at, goals=goals)
    return Injected(series, turn.at, "goals", turn.at + 1, about=goal.id)


def commitment_slippage(turn: Turn) -> Injected:
    """A promise of the session before is carried from session to session."""
    slips = turn.series.base.slips
    slip = slips[turn.number % len(slips)]
    series = turn.series.saying(turn.at - 1, slip.make)
    for number, carried in enumerate(slip.carried):
        series = series.saying(turn.at + number, carried)
    return Injected(series, turn.at, None, turn.at + 1)


def one_long_gap(turn: Turn) -> Injected:
    """Nearly three intervals go by once, and nobody says why."""
    days = round(turn.series.base.every_days * 1.7)
    return Injected(turn.series.later_by(turn.at, days, planned=False), turn.at, "cadence", turn.at)


def two_long_gaps(turn: Turn) -> Injected:
    """Two stretches in a row are nearly twice as long as agreed."""
    days = round(turn.series.base.every_days * 0.8)
    series = turn.series.later_by(turn.at, days, planned=False)
    series = series.later_by(turn.at + 1, days, planned=False)
    return Injected(series, turn.at, "cadence", turn.at + 1)


def channel(turn: Turn) -> Injected:
    """The two meet elsewhere than agreed, or write outside their hours; one wording is silent."""
    part = turn.part("channel")
    series = turn.series.telling(turn.at, part)
    if len(part.own) < 3:
        for at in turn.rest:
            series = series.changed(at, _elsewhere(series.base.other_channel))
    return Injected(series, turn.at, "channels", turn.at + 1)


def _elsewhere(other: str) -> Callable[[Meeting], Meeting]:
    return lambda meeting: meeting.model_copy(update={"channel": other})


def agency(turn: Turn) -> Injected:
    """The mentee brings nothing any more."""
    series = turn.series.without("a", turn.rest).telling(turn.at, turn.part("agency"))
    return Injected(series, turn.at, "roles", turn.at + 1)


def feedback(turn: Turn) -> Injected:
    """The agreed feedback stops."""
    due = [
        at for at in turn.rest if any("fb" in line.tags for line in turn.series.meetings[at].lines)
    ]
    last = len(turn.series.meetings) - 1
    by = min(due[0] + turn.series.base.feedback.every_sessions, last)
    return Injected(turn.series.without("fb", turn.rest), due[0], "feedback", by)


def phase(turn: Turn) -> Injected:
    """The time to look around is over, and no plan is drawn."""
    until = turn.series.meetings[turn.at - 1].held_on + timedelta(days=7)
    series = turn.series.agreed(phase=Phase(diagnosis_until=until))
    series = series.without("plan", range(len(series.meetings)))
    return Injected(series.telling(turn.at, turn.part("phase")), turn.at, "phase", turn.at + 1)


def silent_notes(turn: Turn) -> Injected:
    """Three sessions go by without notes."""
    series = turn.series
    for at in range(turn.at, turn.at + 3):
        broken = {name for line in series.meetings[at].lines for name in line.promises}
        for name in sorted(broken):
            series = series.without(f"{name}+", range(len(series.meetings)))
        series = series.changed(at, lambda meeting: meeting.with_lines(()))
    return Injected(series, turn.at, "text", turn.at + 1)


def contradiction(turn: Turn) -> Injected:
    """A new version's text says another rhythm than its cadence."""
    text = f"{turn.series.base.text}{turn.part('contradiction').own[0]}\n"
    return Injected(turn.series.amended(turn.at, text=text), turn.at, "text", turn.at)


def end_passed(turn: Turn) -> Injected:
    """The agreed end passes and the two meet on without a word."""
    ends_on = turn.series.meetings[turn.at].held_on - timedelta(days=3)
    return Injected(turn.series.agreed(ends_on=ends_on), turn.at, "ends_on", turn.at + 1)


def change_sign(turn: Turn) -> Injected:
    """The two tell of their own sign for change in two sessions."""
    series = turn.series.telling(turn.at, turn.part("exit"))
    return Injected(series, turn.at, "change_signs", turn.at + 1)


def trust(turn: Turn) -> Injected:
    """The mentee says it to a private page alone."""
    series = turn.series
    for number, said in enumerate(turn.part("trust").own):
        series = series.changed(turn.at + number, _privately(said))
    return Injected(series, turn.at, "text", turn.at + 1)


def _privately(said: str) -> Callable[[Meeting], Meeting]:
    return lambda meeting: meeting.model_copy(update={"private": said})


def told(kind: DriftKind, clause: ClauseName, *, after: int) -> Drifting:
    """A drift that is stated in the notes; it shows so many sessions after the first."""

    def drifting(turn: Turn) -> Injected:
        return Injected(
            turn.series.telling(turn.at, turn.part(kind)), turn.at, clause, turn.at + after
        )

    return drifting


DRIFTS: tuple[tuple[DriftKind, Drifting], ...] = (
    ("goal_neglect", goal_neglect),
    ("goal_displacement", goal_displacement),
    ("relevance_loss", told("relevance_loss", "goals", after=1)),
    ("goal_vagueness", goal_vagueness),
    ("commitment_slippage", commitment_slippage),
    ("cadence", one_long_gap),
    ("cadence", two_long_gaps),
    ("role", told("role", "roles", after=1)),
    ("boundary", told("boundary", "roles", after=0)),
    ("agency", agency),
    ("feedback", feedback),
    ("channel", channel),
    ("phase", phase),
    ("confidentiality", told("confidentiality", "confidentiality", after=0)),
    ("reciprocity", told("reciprocity", "roles", after=1)),
    ("structure", silent_notes),
    ("structure", contradiction),
    ("exit", end_passed),
    ("exit", change_sign),
    ("trust", trust),
)
"""Every way to drift, by its kind; some kinds have two."""


def places(drifting: Drifting, series: Series) -> Iterator[int]:
    """The sessions where a drift goes in: twice a series, where it can still show."""
    if drifting is phase:
        yield from (2, 4)
        return
    yield from (3, len(series.meetings) - 4)
