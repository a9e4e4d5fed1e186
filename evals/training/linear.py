"""Multinomial logistic regression over named features in numpy; same rows, same weights."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# Steps and rate of the descent. Chosen by hand; not measured.
_STEPS = 220
_RATE = 0.05


class Fitted(NamedTuple):
    """One weight for each feature and class, and one bias for each class."""

    classes: tuple[str, ...]
    bias: Floats
    names: tuple[str, ...]
    weights: Floats


class _Rows(NamedTuple):
    """The features of each row, row after row."""

    row: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]
    height: int


def fit(
    seen: Sequence[Sequence[str]],
    wanted: Sequence[str],
    *,
    classes: Sequence[str],
    fewest: int = 3,
    ridge: float = 1.0,
) -> Fitted:
    """Return weights for the features that are in at least `fewest` rows."""
    often = Counter(feature for row in seen for feature in row)
    names = tuple(sorted(name for name, times in often.items() if times >= fewest))
    rows = _rows(seen, names)
    target = np.zeros((len(seen), len(classes)))
    target[np.arange(len(seen)), [classes.index(each) for each in wanted]] = 1
    bias, weights = _descend(rows, target, features=len(names), ridge=ridge)
    return Fitted(tuple(classes), bias, names, weights)


def probabilities(model: Fitted, seen: Sequence[Sequence[str]]) -> Floats:
    """Return one row of probabilities for each row of features."""
    return _softmax(_sums(_rows(seen, model.names), model.weights) + model.bias)


def _rows(seen: Sequence[Sequence[str]], names: Sequence[str]) -> _Rows:
    place = {name: at for at, name in enumerate(names)}
    pairs = [(at, place[name]) for at, row in enumerate(seen) for name in row if name in place]
    row, column = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return _Rows(row, column, len(seen))


def _sums(rows: _Rows, weights: Floats) -> Floats:
    return np.stack(
        [
            np.bincount(rows.row, weights=weights[rows.column, at], minlength=rows.height)
            for at in range(weights.shape[1])
        ],
        axis=1,
    )


def _softmax(sums: Floats) -> Floats:
    raised: Floats = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _descend(rows: _Rows, target: Floats, *, features: int, ridge: float) -> tuple[Floats, Floats]:
    """Descend by full-batch Adam; the loss is convex, so it only has to come near the minimum."""
    known = np.zeros((features + 1, target.shape[1]))
    mean, square = np.zeros_like(known), np.zeros_like(known)
    for step in range(1, _STEPS + 1):
        weights, bias = known[:-1], known[-1]
        off = _softmax(_sums(rows, weights) + bias) - target
        slope = np.stack(
            [
                np.bincount(rows.column, weights=off[rows.row, at], minlength=features)
                for at in range(target.shape[1])
            ],
            axis=1,
        )
        slope = np.vstack([slope + ridge * weights, off.sum(axis=0)])
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        known = known - _RATE * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.99**step)) + 1e-8
        )
    return known[-1], known[:-1]
