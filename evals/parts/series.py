"""A base series and what can be changed in it before it becomes contracts and sessions."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import TypeAdapter

from coach.model import (
    Cadence,
    Contract,
    FeedbackClause,
    Goal,
    Person,
    Phase,
    Roles,
    Value,
)

PARTS = Path(__file__).parent
Voice = Literal["bullets", "prose", "minutes", "dialogue"]
_ROLES_SPARED = {"a": "spare_ask", "fb": "spare_feedback"}
_ROLES = frozenset(_ROLES_SPARED)
_JITTER = (0, 1, 0, -1, 2, 0, -2, 1, 0, -1)


class Part(Value):
    """What is said of one thing, a sentence a session: by the mentee, in minutes, in dialogue."""

    own: tuple[str, ...]
    they: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()


class BaseGoal(Goal):
    """A goal with the words its drifts need: worn down, brushed past, and hazy."""

    vague: str
    brief: str
    hazy: tuple[str, ...]


class Slip(Value):
    """A promise, and how it is carried from session to session."""

    make: str
    carried: tuple[str, ...]


class Moved(Value):
    """A promise whose day is moved openly once and that is then kept."""

    make: str
    moved: str
    done: str


class Base(Value):
    """What one file of `bases` holds."""

    id: str
    voice: Voice
    mentor: Person
    mentee: Person
    starts: date
    every_days: int
    channel: str
    other_channel: str
    duration_minutes: int
    goals: tuple[BaseGoal, ...]
    aside: str
    parked: str
    amended: str
    later: str
    roles: Roles
    feedback: FeedbackClause
    confidentiality: str
    change_signs: tuple[str, ...]
    text: str
    slips: tuple[Slip, ...]
    moved: Moved
    sessions: tuple[tuple[str, ...], ...]

    def goal(self, goal_id: str) -> BaseGoal:
        """The goal with this id."""
        return next(goal for goal in self.goals if goal.id == goal_id)

    def wording(self, part: "Part", at: int) -> str:
        """What this voice says of a part in the part's session `at`."""
        if self.voice == "minutes":
            return (part.they or part.own)[at]
        if self.voice == "dialogue":
            return part.talk[at] if part.talk else f"{{mentee}}: {part.own[at]}"
        return part.own[at]


class Line(Value):
    """One sentence of a note, tagged with what it is about: a goal, a promise, an ask, feedback."""

    tags: frozenset[str]
    text: str

    @property
    def promises(self) -> frozenset[str]:
        """The promises it makes or settles."""
        return frozenset(tag.rstrip("+=") for tag in self.tags if tag[-1] in "+=")


class Meeting(Value):
    """A session before it is written down."""

    held_on: date
    planned_next: date
    channel: str
    lines: tuple[Line, ...]
    private: str | None = None

    def saying(self, text: str) -> "Meeting":
        """The meeting with one sentence more in its middle."""
        middle = max(1, len(self.lines) // 2)
        line = Line(tags=frozenset({"new"}), text=text)
        return self.with_lines((*self.lines[:middle], line, *self.lines[middle:]))

    def with_lines(self, lines: Iterable[Line]) -> "Meeting":
        """The meeting with these lines alone."""
        return self.model_copy(update={"lines": tuple(lines)})


class Series(Value):
    """Contracts and meetings of one pair, open to change."""

    base: Base
    contracts: tuple[Contract, ...]
    meetings: tuple[Meeting, ...]

    def changed(self, at: int, change: Callable[[Meeting], Meeting]) -> "Series":
        """The series with one meeting changed; beyond the last one nothing changes."""
        if at >= len(self.meetings):
            return self
        meetings = (*self.meetings[:at], change(self.meetings[at]), *self.meetings[at + 1 :])
        return self.model_copy(update={"meetings": meetings})

    def saying(self, at: int, text: str) -> "Series":
        """The series with one sentence more in one meeting."""
        return self.changed(at, lambda meeting: meeting.saying(text))

    def telling(self, at: int, part: Part) -> "Series":
        """The series with a part told in its base's voice from meeting `at` on."""
        series = self
        for number in range(len(part.own)):
            series = series.saying(at + number, self.base.wording(part, number))
        return series

    def without(self, tag: str, sessions: range) -> "Series":
        """The series with what bears a tag left out of some sessions, and promises left out whole."""
        within = [self.meetings[number] for number in sessions if number < len(self.meetings)]
        gone = [line for meeting in within for line in meeting.lines if tag in line.tags]
        broken = frozenset(name for line in gone for name in line.promises)
        meetings = tuple(
            meeting.with_lines(
                kept
                for line in meeting.lines
                if (kept := _kept(self, line, tag if number in sessions else "", broken, number))
            )
            for number, meeting in enumerate(self.meetings)
        )
        return self.model_copy(update={"meetings": meetings})

    def amended(self, at: int, **changes: object) -> "Series":
        """The series with a new version of the contract, in force from meeting `at` on."""
        update = {
            "version": len(self.contracts) + 1,
            "effective_from": self.meetings[at].held_on,
            **changes,
        }
        amended = self.contracts[-1].model_copy(update=update)
        return self.model_copy(update={"contracts": (*self.contracts, amended)})

    def agreed(self, **changes: object) -> "Series":
        """The series with other first terms."""
        first = self.contracts[0].model_copy(update=changes)
        return self.model_copy(update={"contracts": (first, *self.contracts[1:])})

    def later_by(self, at: int, days: int, *, planned: bool) -> "Series":
        """The series with all meetings from `at` on held later; `planned` when that was known before."""
        shift = timedelta(days=days)
        meetings = [
            meeting.model_copy(
                update={
                    "held_on": meeting.held_on + (shift if number >= at else timedelta()),
                    "planned_next": meeting.planned_next
                    + (shift if number >= at or (planned and number == at - 1) else timedelta()),
                }
            )
            for number, meeting in enumerate(self.meetings)
        ]
        return self.model_copy(update={"meetings": tuple(meetings)})

    def extended(self, days: int) -> "Series":
        """The series with the newest contract's days later by so many days."""
        shift = timedelta(days=days)
        newest = self.contracts[-1]
        goals = tuple(
            goal.model_copy(update={"target_date": goal.target_date and goal.target_date + shift})
            for goal in newest.goals
        )
        ends_on = newest.ends_on and newest.ends_on + shift
        newest = newest.model_copy(update={"goals": goals, "ends_on": ends_on, "text": None})
        return self.model_copy(update={"contracts": (*self.contracts[:-1], newest)})


def _kept(series: Series, line: Line, tag: str, broken: frozenset[str], number: int) -> Line | None:
    if tag in line.tags and tag not in _ROLES:
        for role in _ROLES & line.tags:
            spare = drift_parts()[_ROLES_SPARED[role]][0]
            text = series.base.wording(spare, number % len(spare.own))
            return Line(tags=frozenset({role}), text=text)
    if tag in line.tags or line.promises & broken:
        return None
    return line


@cache
def drift_parts() -> dict[str, tuple[Part, ...]]:
    """The parts of `drifts.yaml` by the kind they tell of."""
    return TypeAdapter(dict[str, tuple[Part, ...]]).validate_python(_yaml(PARTS / "drifts.yaml"))


@cache
def bases() -> tuple[Series, ...]:
    """Every base series, clean, in the order of their ids."""
    return tuple(
        base_series(Base.model_validate(_yaml(path)))
        for path in sorted((PARTS / "bases").glob("*.yaml"))
    )


def base_series(base: Base, every_days: int | None = None) -> Series:
    """A base as it stands in its file, or at another rhythm."""
    every = every_days or base.every_days
    held = [
        base.starts + timedelta(days=number * every + _JITTER[number])
        for number in range(len(base.sessions))
    ]
    planned = [*held[1:], held[-1] + timedelta(days=every)]
    meetings = tuple(
        Meeting(held_on=on, planned_next=after, channel=base.channel, lines=tuple(map(_line, said)))
        for on, after, said in zip(held, planned, base.sessions, strict=True)
    )
    return Series(base=base, contracts=(_contract(base, held, every),), meetings=meetings)


def _yaml(path: Path) -> object:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _line(written: str) -> Line:
    tags, _, text = written.partition(" | ")
    return Line(tags=frozenset(tags.split()), text=text)


def _contract(base: Base, held: Sequence[date], every: int) -> Contract:
    return Contract(
        version=1,
        effective_from=base.starts,
        agreed_by=("mentor", "mentee"),
        goals=tuple(
            Goal.model_validate(goal.model_dump(exclude={"vague", "brief", "hazy"}))
            for goal in base.goals
        ),
        roles=base.roles,
        cadence=Cadence(every_days=every, duration_minutes=base.duration_minutes),
        channels=(base.channel,),
        feedback=base.feedback,
        confidentiality=base.confidentiality,
        phase=Phase(diagnosis_until=held[1] + timedelta(days=7)),
        ends_on=held[-1] + timedelta(days=3 * every),
        change_signs=base.change_signs,
        text=base.text,
    )
