"""What was measured on one case: counts that add up, and the misses with the words beside them."""

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from evals.metrics import NOTHING, Score


class Miss(BaseModel):
    """Something that went wrong, with the note's words beside it."""

    model_config = ConfigDict(frozen=True)

    what: str
    said: str
    wanted: str


class Ratio(NamedTuple):
    """So many of so many."""

    hits: float
    of: float

    @property
    def share(self) -> float:
        """The share; 1 of nothing."""
        return self.hits / self.of if self.of else 1.0

    def __add__(self, other: object) -> "Ratio":
        """Both together."""
        if not isinstance(other, Ratio):
            return NotImplemented
        return Ratio(self.hits + other.hits, self.of + other.of)


class CaseOutcome(BaseModel):
    """Everything that was measured on one case."""

    model_config = ConfigDict(frozen=True)

    name: str
    scores: dict[str, Score]
    ratios: dict[str, Ratio]
    misses: tuple[Miss, ...]

    def score(self, name: str) -> Score:
        """A score, or one of nothing."""
        return self.scores.get(name, NOTHING)
