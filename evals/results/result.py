"""A result: the figures of a run, and what they rest on."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from evals.metrics.outcome import Miss

DIGITS = 6
"""Kept digits of every figure: a change of one hit in a million shows."""


class Figure(BaseModel):
    """The value of one metric over all cases.

    `low` and `high` are its 95 % interval, `p5` the case at the 5th percentile (at the 95th where
    lower is better), `worst` the worst case, `of` how much was counted.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    value: float
    low: float
    high: float
    p5: float
    worst: float
    worst_case: str
    of: float


class Provenance(BaseModel):
    """What a result rests on."""

    model_config = ConfigDict(frozen=True)

    made_at: datetime
    commit: str
    dirty: bool
    engine: str
    engine_version: str
    model: str | None
    prompts: str
    data: str
    lock: str
    python: str
    platform: str
    packages: dict[str, str]


class JudgeVerdict(BaseModel):
    """What a language model says of a statement beside what must not be stated.

    `states` is None where it failed.
    """

    model_config = ConfigDict(frozen=True)

    said: str
    wanted: str
    states: bool | None
    reason: str
    by: str

    def __str__(self) -> str:
        """As people read it."""
        told = {True: "states it", False: "does not state it", None: "not judged"}
        return f"{told[self.states]}: {self.reason}"


class Result(BaseModel):
    """A whole run; `by_case` has the figures of each case by their names."""

    model_config = ConfigDict(frozen=True)

    suite: str
    cases: tuple[str, ...]
    metrics: tuple[Figure, ...]
    by_case: dict[str, dict[str, float]]
    misses: dict[str, tuple[Miss, ...]]
    milliseconds: dict[str, dict[str, float]]
    tokens: int
    provenance: Provenance
    verdicts: tuple[JudgeVerdict, ...] = ()

    def value(self, name: str) -> float | None:
        """The value of one metric, None when it was not measured."""
        return next((each.value for each in self.metrics if each.name == name), None)
