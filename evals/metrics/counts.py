"""Counts that add up over cases: hits of a comparison, and shares."""

from typing import NamedTuple


class Score(NamedTuple):
    """Hits among what was said, and hits among what should have been said.

    Precision, recall and F1 as in van Rijsbergen, Information Retrieval (1979). The two hit counts
    differ where several spans that were said fall on one label.
    """

    said: int
    said_right: int
    wanted: int
    wanted_found: int

    @property
    def precision(self) -> float:
        """The share of what was said that is right; 1 when nothing was said."""
        return self.said_right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 1 when nothing was wanted."""
        return self.wanted_found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: object) -> "Score":
        """Counts of two cases together."""
        if not isinstance(other, Score):
            return NotImplemented
        return Score(*(one + two for one, two in zip(self, other, strict=True)))


NOTHING = Score(0, 0, 0, 0)


class Ratio(NamedTuple):
    """A share as two counts."""

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


NO_RATIO = Ratio(0, 0)
