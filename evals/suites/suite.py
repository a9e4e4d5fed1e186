"""What a suite is: what it works out, and what it needs for that."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from coach.errors import Invalid
from coach.settings import Settings
from evals.metrics.metric import Metric
from evals.results.result import Result


class Progress(Protocol):
    """Hears how far a suite is."""

    def expect(self, total: int) -> None:
        """So many cases are to come."""

    def done(self, case: str) -> None:
        """A case is done."""


class Request(NamedTuple):
    """Which split of a suite to measure, or whose data, and with which model beside the engine.

    `every` asks for all of a suite that else draws a sample of its own data.
    """

    split: str
    data: Path | None
    model: Settings | None = None
    every: bool = False

    def data_or_refuse(self, what: str) -> Path:
        """The data that were given. Raises Invalid that names what is needed."""
        if self.data is None:
            raise Invalid(f"this suite needs --data: {what}")
        return self.data


@dataclass(frozen=True, kw_only=True)
class Suite:
    """One thing to measure.

    `metrics` are those that it computes. `data` tells whether it has its own, may be given other
    ones, or must be given some. `uses_model`: it can measure a model beside the embedded engine.
    `has_splits`: its own data have splits. `has_sample`: it measures a part of its own data.
    `can_be_judged`: it finds statements to judge.
    """

    run: Callable[[Request, Progress], Result]
    metrics: tuple[Metric, ...]
    data: Literal["own", "own or given", "given"]
    has_splits: bool = False
    has_sample: bool = False
    uses_model: bool = False
    can_be_judged: bool = False
