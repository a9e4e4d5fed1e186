"""Measures guesses about sentences, and finds the threshold at which they are best."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from coach.model.facts import FactKind
from evals.metrics.counts import NOTHING, Score
from evals.metrics.note_spans import fact_score
from evals.training.data import Lesson

_THRESHOLDS = tuple(round(float(least), 2) for least in np.arange(0.2, 0.81, 0.01))


class Guess(NamedTuple):
    """How likely a sentence is a fact, and which kind it would be."""

    fact: float
    kind: FactKind


class Quality(NamedTuple):
    """F1 of facts by span, of any kind and of the right one, as the evaluation counts them."""

    any_kind: Score
    right_kind: Score


def quality(
    lessons: Sequence[Lesson], guessed: Sequence[Sequence[Guess]], *, fact_from: float
) -> Quality:
    """Return how good the guesses are when a sentence counts from this probability on."""
    any_kind = right_kind = NOTHING
    for lesson, guesses in zip(lessons, guessed, strict=True):
        said = [
            ((lesson.note.id, unit.start, unit.end), guess.kind)
            for unit, guess in zip(lesson.units, guesses, strict=True)
            if unit.kind != "heading" and guess.fact >= fact_from
        ]
        any_kind += fact_score(said, lesson.gold, right_kind=False)
        right_kind += fact_score(said, lesson.gold, right_kind=True)
    return Quality(any_kind, right_kind)


def best_threshold(lessons: Sequence[Lesson], guessed: Sequence[Sequence[Guess]]) -> float:
    """Return where the two F1 of facts are highest together, smoothed over its neighbours."""
    together = [
        sum(score.f1 for score in quality(lessons, guessed, fact_from=least))
        for least in _THRESHOLDS
    ]
    smooth = np.convolve(np.pad(together, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    return _THRESHOLDS[int(np.argmax(smooth))]
