"""Linear readers whose weights were learned from labelled notes and ship with the package."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_SCALE = 100


class Weights(NamedTuple):
    """One weight a feature and class, one bias a class, in hundredths."""

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    features: Mapping[str, Sequence[int]]

    def probabilities(self, seen: Sequence[str]) -> dict[str, float]:
        """How likely each class is for something that shows these features."""
        sums = list(self.bias)
        for each in seen:
            for at, weight in enumerate(self.features.get(each, ())):
                sums[at] += weight
        top = max(sums)
        raised = [math.exp((each - top) / _SCALE) for each in sums]
        return {name: each / sum(raised) for name, each in zip(self.classes, raised, strict=True)}


@cache
def weights(name: str) -> Weights:
    """The weights that were trained under a name."""
    text = files("coach.engines.embedded").joinpath(f"{name}.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    return Weights(tuple(kept["classes"]), tuple(kept["bias"]), kept["features"])


def logit(probability: float) -> float:
    """The log of the odds, of a probability kept away from certainty."""
    kept = min(0.999, max(0.001, probability))
    return math.log(kept / (1 - kept))


def probability(log_odds: float) -> float:
    """The probability that has these log odds."""
    return 1 / (1 + math.exp(-log_odds))
