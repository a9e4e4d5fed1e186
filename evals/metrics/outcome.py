"""The outcome of one case: counts that add up, and the misses with their words."""

import re

from pydantic import BaseModel, ConfigDict

from evals.metrics.counts import NO_RATIO, NOTHING, Ratio, Score
from evals.metrics.metric import Comparison, Metric

TO_JUDGE = "to judge: "
"""The beginning of a row that is no miss until a reader says so."""
# A miss of a day ends in it: `drift not seen: cadence, 2026-01-05`, `not in the brief of 2026-…`.
_DAY_AT_THE_END = re.compile(r"(?:,| of) (\d{4}-\d\d-\d\d)$")


class Miss(BaseModel):
    """Something that went wrong, with the words of the note beside it."""

    model_config = ConfigDict(frozen=True)

    what: str
    said: str
    wanted: str

    @property
    def is_to_judge(self) -> bool:
        """Whether only a reader can decide that it is a miss."""
        return self.what.startswith(TO_JUDGE)

    @property
    def kind(self) -> str:
        """What went wrong, without the day."""
        return _DAY_AT_THE_END.sub("", self.what)

    @property
    def day(self) -> str:
        """The day it went wrong on, as 2026-01-05; empty where it has none."""
        dated = _DAY_AT_THE_END.search(self.what)
        return dated[1] if dated else ""


class CaseOutcome(BaseModel):
    """Everything that was measured on one case, by the names of comparisons and metrics."""

    model_config = ConfigDict(frozen=True)

    name: str
    scores: dict[str, Score]
    ratios: dict[str, Ratio]
    misses: tuple[Miss, ...]

    def score(self, name: str) -> Score:
        """The score of a comparison, or one of nothing."""
        return self.scores.get(name, NOTHING)

    def ratio(self, name: str) -> Ratio:
        """The ratio of a metric, or one of nothing."""
        return self.ratios.get(name, NO_RATIO)


class Tally:
    """Adds up what is measured on one case."""

    def __init__(self, case: str) -> None:
        self._case = case
        self._scores: dict[str, Score] = {}
        self._ratios: dict[str, Ratio] = {}
        self._misses: list[Miss] = []

    def add_score(self, of: Comparison, score: Score) -> None:
        """Add the hits of a comparison."""
        self._scores[of.name] = self._scores.get(of.name, NOTHING) + score

    def add_ratio(self, metric: Metric, hits: float, of: float = 1) -> None:
        """Add so many of so many."""
        self._ratios[metric.name] = self._ratios.get(metric.name, NO_RATIO) + Ratio(hits, of)

    def add_miss(self, what: str, *, said: str = "", wanted: str = "") -> None:
        """Keep a miss."""
        self._misses.append(Miss(what=what, said=said, wanted=wanted))

    def outcome(self) -> CaseOutcome:
        """Everything that was added."""
        return CaseOutcome(
            name=self._case, scores=self._scores, ratios=self._ratios, misses=tuple(self._misses)
        )
