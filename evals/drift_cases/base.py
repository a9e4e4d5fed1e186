"""What the YAML files of this folder hold: base series, and the wordings of drifts."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import TypeAdapter

from coach.model.contract import FeedbackClause, Goal, Roles
from coach.model.people import Author, Person
from coach.model.values import Value

FOLDER = Path(__file__).parent
Voice = Literal["bullets", "prose", "minutes", "dialogue"]
_WRITERS: dict[Voice, Author] = {
    "bullets": "mentee",
    "prose": "mentee",
    "minutes": "mentor",
    "dialogue": "tool",
}


class Wording(Value):
    """What is said of one thing, a sentence a session: by the mentee, in minutes, in dialogue."""

    own: tuple[str, ...]
    they: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()


class BaseGoal(Goal):
    """A goal with the words that its drifts need.

    They are what the two call it, and its vague, brief and hazy wordings.
    """

    called: str
    vague: str
    brief: str
    hazy: tuple[str, ...]


class SlippingPromise(Value):
    """A promise, and how it is carried from session to session."""

    make: str
    carried: tuple[str, ...]


class MovedPromise(Value):
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
    slips: tuple[SlippingPromise, ...]
    moved: MovedPromise
    sessions: tuple[tuple[str, ...], ...]

    @property
    def writer(self) -> Author:
        """Whose hand its notes are in."""
        return _WRITERS[self.voice]

    def goal(self, goal_id: str) -> BaseGoal:
        """The goal with this id."""
        return next(goal for goal in self.goals if goal.id == goal_id)

    def sentence(self, wording: Wording, at: int) -> str:
        """The sentence that this voice says in the session `at` of a wording."""
        if self.voice == "minutes":
            return (wording.they or wording.own)[at]
        if self.voice == "dialogue":
            return wording.talk[at] if wording.talk else f"{{mentee}}: {wording.own[at]}"
        return wording.own[at]


@cache
def drift_wordings() -> dict[str, tuple[Wording, ...]]:
    """The wordings of `drifts.yaml` by the kind they tell of."""
    wordings = TypeAdapter(dict[str, tuple[Wording, ...]])
    return wordings.validate_python(_yaml(FOLDER / "drifts.yaml"))


@cache
def bases() -> tuple[Base, ...]:
    """Every base series, in the order of their ids."""
    return tuple(
        Base.model_validate(_yaml(path)) for path in sorted((FOLDER / "bases").glob("*.yaml"))
    )


def _yaml(path: Path) -> object:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
