"""What the development split chooses: how sure each score is, and from where on a sentence counts as a fact."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from coach.engines.embedded.reader import KINDS, STATUSES, Calibration, Scale, split_heads
from coach.model import FactKind
from evals.metrics import NOTHING, Score, fact_score
from evals.training.data import Label, Lesson

Numbers = npt.NDArray[np.float64]
UNCALIBRATED = Calibration(
    fact=Scale(slope=1, shift=0),
    promise=Scale(slope=1, shift=0),
    kind_sharpness=1,
    outcome_sharpness=1,
    fact_from=0.5,
)
_STEEPNESS = np.arange(0.3, 3.01, 0.05)
_THRESHOLDS = np.arange(0.1, 0.81, 0.01)


def calibrated(
    lessons: Sequence[Lesson], raw: Sequence[Sequence[npt.NDArray[np.float32]]]
) -> Calibration:
    """Fitted on these lessons, whose raw scores are given note by note."""
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
    return chosen.model_copy(update={"fact_from": threshold(lessons, raw, chosen)})


def threshold(
    lessons: Sequence[Lesson],
    raw: Sequence[Sequence[npt.NDArray[np.float32]]],
    calibration: Calibration,
) -> float:
    """From which probability on a sentence counts: where the two F1 of facts are highest together."""

    def quality(least: float) -> float:
        any_kind, right_kind = scores(
            lessons, raw, calibration.model_copy(update={"fact_from": least})
        )
        return any_kind.f1 + right_kind.f1

    return round(float(max(_THRESHOLDS, key=lambda least: _smooth(quality, float(least)))), 2)


def _smooth(quality: Callable[[float], float], at: float) -> float:
    return (quality(at - 0.02) + quality(at) + quality(at + 0.02)) / 3


def scores(
    lessons: Sequence[Lesson],
    raw: Sequence[Sequence[npt.NDArray[np.float32]]],
    calibration: Calibration,
) -> tuple[Score, Score]:
    """Facts of any kind and of the right kind, as the evaluation counts them."""
    any_kind = right_kind = NOTHING
    for lesson, rows in zip(lessons, raw, strict=True):
        said = []
        for unit, row in zip(lesson.units, rows, strict=True):
            heads = split_heads(row)
            logit = float(heads["fact"][0]) * calibration.fact.slope + calibration.fact.shift
            if unit.kind != "heading" and 1 / (1 + np.exp(-logit)) >= calibration.fact_from:
                kind: FactKind = KINDS[int(np.argmax(heads["kind"]))]
                said.append(((lesson.note.id, unit.start, unit.end), kind))
        any_kind += fact_score(said, lesson.gold, right_kind=False)
        right_kind += fact_score(said, lesson.gold, right_kind=True)
    return any_kind, right_kind


def _told(
    lessons: Sequence[Lesson], raw: Sequence[Sequence[npt.NDArray[np.float32]]]
) -> tuple[list[Label], list[npt.NDArray[np.float32]]]:
    """Labels and scores of every sentence that is no heading."""
    pairs = [
        (label, row)
        for lesson, rows in zip(lessons, raw, strict=True)
        for unit, label, row in zip(lesson.units, lesson.labels, rows, strict=True)
        if unit.kind != "heading"
    ]
    return [label for label, _ in pairs], [row for _, row in pairs]


def _logistic(scores: Numbers, truth: npt.NDArray[np.bool_]) -> Scale:
    """Platt's curve by Newton's method, held a little towards slope 1 and shift 0."""
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
    """The factor under which the labels are likeliest."""

    def unlikely(factor: float) -> float:
        raised = scores * factor
        top = raised.max(axis=1)
        total = np.log(np.exp(raised - top[:, None]).sum(axis=1)) + top
        return float((total - raised[np.arange(len(truth)), truth]).mean())

    return round(float(min(_STEEPNESS, key=unlikely)), 2)
