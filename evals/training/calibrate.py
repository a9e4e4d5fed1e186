"""Chooses on the development split how sure each score is and when a sentence is a fact."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from coach.engines.embedded.reader import KINDS, STATUSES, Calibration, Scale, split_heads
from evals.training.data import Label, Lesson
from evals.training.guesses import Guess, best_threshold

Numbers = npt.NDArray[np.float64]
Raw = Sequence[npt.NDArray[np.float32]]
UNCALIBRATED = Calibration(
    fact=Scale(slope=1, shift=0),
    promise=Scale(slope=1, shift=0),
    kind_sharpness=1,
    outcome_sharpness=1,
    fact_from=0.5,
)
# Exponents that are tried for the sharpness. Chosen by hand; not measured.
_STEEPNESS = np.arange(0.3, 3.01, 0.05)


def calibrated(lessons: Sequence[Lesson], raw: Sequence[Raw]) -> Calibration:
    """Return the calibration that fits these lessons; `raw` holds their scores, note by note."""
    labels, rows = _told(lessons, raw)
    heads = [split_heads(row) for row in rows]

    def column(name: str) -> Numbers:
        return np.array([float(head[name][0]) for head in heads])

    facts = [number for number, label in enumerate(labels) if label.kinds]
    chosen = Calibration(
        fact_from=0.5,
        fact=_logistic(column("fact"), np.array([bool(label.kinds) for label in labels])),
        promise=_logistic(
            column("promise"), np.array([label.owner not in {None, "third"} for label in labels])
        ),
        kind_sharpness=_sharpness(
            np.array([heads[at]["kind"] for at in facts]),
            [KINDS.index(labels[at].kinds[0]) for at in facts],
        ),
        outcome_sharpness=_sharpness(
            np.array([head["outcome"] for head in heads]),
            [STATUSES.index(label.outcome or "none") for label in labels],
        ),
    )
    fact_from = best_threshold(lessons, guesses(raw, chosen))
    return chosen.model_copy(update={"fact_from": fact_from})


def guesses(raw: Sequence[Raw], calibration: Calibration) -> list[list[Guess]]:
    """Return what the reader would say, note by note."""
    return [[_guess(split_heads(row), calibration) for row in rows] for rows in raw]


def _guess(heads: Mapping[str, npt.NDArray[np.float32]], calibration: Calibration) -> Guess:
    logit = float(heads["fact"][0]) * calibration.fact.slope + calibration.fact.shift
    return Guess(1 / (1 + math.exp(-logit)), KINDS[int(np.argmax(heads["kind"]))])


def _told(
    lessons: Sequence[Lesson], raw: Sequence[Raw]
) -> tuple[list[Label], list[npt.NDArray[np.float32]]]:
    """Return labels and scores of every sentence that is no heading."""
    pairs = [
        (label, row)
        for lesson, rows in zip(lessons, raw, strict=True)
        for unit, label, row in zip(lesson.units, lesson.labels, rows, strict=True)
        if unit.kind != "heading"
    ]
    return [label for label, _ in pairs], [row for _, row in pairs]


def _logistic(scores: Numbers, truth: npt.NDArray[np.bool_]) -> Scale:
    """Fit Platt's curve by Newton's method, with a weak pull to slope 1 and shift 0."""
    design = np.stack([scores, np.ones_like(scores)], axis=1)
    start = np.array([1.0, 0.0])
    weights = start.copy()
    for _ in range(50):
        sure = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (sure - truth) + (weights - start)
        bend = design.T @ (design * (sure * (1 - sure))[:, None]) + np.eye(2)
        weights = weights - np.linalg.solve(bend, slope)
    return Scale(slope=round(float(weights[0]), 4), shift=round(float(weights[1]), 4))


def _sharpness(scores: Numbers, truth: Sequence[int]) -> float:
    """Return the factor under which the labels are most likely."""

    def unlikely(factor: float) -> float:
        raised = scores * factor
        top = raised.max(axis=1)
        total = np.log(np.exp(raised - top[:, None]).sum(axis=1)) + top
        return float((total - raised[np.arange(len(truth)), truth]).mean())

    return round(float(min(_STEEPNESS, key=unlikely)), 2)
