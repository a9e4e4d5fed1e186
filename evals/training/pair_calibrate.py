"""Chooses on the development pairs how sharp the clause reader's scores are and when they count."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.engines.embedded.clauses.pairs import HEADS, KINDS, OUTCOMES, RELATIONS
from coach.engines.embedded.clauses.reader import Calibration, ClauseReader
from evals.training.pair_lessons import BEARING, Told, alone, outcomes, relations

Numbers = npt.NDArray[np.float64]
PRECISION = 0.95
"""Precision of accusations: one false accusation costs more than one missed drift."""
# Share of passages that matter which the first look must let through. At 0.97 twice as many pairs
# are read, and one more of 34 series is found.
_RECALL = 0.93
_UNCALIBRATED = Calibration(
    relation_sharpness=1.0, outcome_sharpness=1.0, breaks_from=0.5, bears_from=0.5
)


def calibrate(folder: Path) -> None:
    """Write the calibration of the model in a folder into that folder."""
    _write(_UNCALIBRATED, folder)
    reader = ClauseReader(folder)
    told, ended = relations("dev"), outcomes("dev")
    scores = part(reader, told, "relation")
    sharpness = _sharpness(scores, answers(told, RELATIONS))
    breaks = shares(scores * sharpness)[:, RELATIONS.index("breaks")]
    chosen = Calibration(
        relation_sharpness=sharpness,
        outcome_sharpness=_sharpness(part(reader, ended, "outcome"), answers(ended, OUTCOMES)),
        breaks_from=sure_from(breaks, np.array([each.label == "breaks" for each in told])),
        bears_from=_bears_from(reader, told),
    )
    _write(chosen, folder)
    print(f"dev chose {chosen}")


def part(reader: ClauseReader, told: Sequence[Told], head: str) -> Numbers:
    """Return what one head says of pairs, one row each."""
    first = sum(list(HEADS.values())[: list(HEADS).index(head)])
    rows = np.stack(reader.raw([each.pair for each in told])).astype(np.float64)
    return rows[:, first : first + HEADS[head]]


def answers(told: Sequence[Told], names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the labels as numbers."""
    return np.array([names.index(each.label) for each in told])


def shares(scores: Numbers) -> Numbers:
    """Return scores as probabilities that add up to one."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _sharpness(scores: Numbers, meant: npt.NDArray[np.int64]) -> float:
    """Return the factor under which the labels are most likely."""
    rows = np.arange(len(meant))
    tried = np.geomspace(0.3, 3.0, 93)
    likely = [np.log(shares(scores * each)[rows, meant]).mean() for each in tried]
    return round(float(tried[int(np.argmax(likely))]), 3)


def sure_from(likely: Numbers, true: npt.NDArray[np.bool_], precision: float = PRECISION) -> float:
    """Return the lowest probability above which the wanted share is true; 1 for none."""
    order = np.argsort(-likely, kind="stable")
    found = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(found >= precision)
    if not len(good):
        return 1.0
    last = int(good[-1])
    below = likely[order[last + 1]] if last + 1 < len(order) else 0.0
    return round(float((likely[order[last]] + below) / 2), 4)


def _bears_from(reader: ClauseReader, told: Sequence[Told]) -> float:
    """Return a bar half a step under the highest one that lets enough of what matters through."""
    bearing = [each for each in alone(told) if each.label in BEARING]
    scores = part(reader, bearing, "kind")
    own = scores[np.arange(len(bearing)), [KINDS.index(each.kind) for each in bearing]]
    likely = 1 / (1 + np.exp(-own))
    return round(float(np.quantile(likely, 1 - _RECALL, method="lower")) - 5e-6, 5)


def _write(calibration: Calibration, folder: Path) -> None:
    text = json.dumps(calibration.model_dump(), indent=2) + "\n"
    (folder / "calibration.json").write_text(text, encoding="utf-8")
