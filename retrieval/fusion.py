"""Puts scores of several kinds on one scale and merges them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
"""One score for each ranked item; higher is better."""


def spread(scores: Scores) -> Scores:
    """Return the scores stretched over 0 to 1; equal scores all become 1 if positive, else 0."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    # Differences up to this are rounding errors of the sums.
    if high - low <= 1e-9:
        return np.full(len(scores), 1.0 if high > 0 else 0.0)
    stretched: Scores = (scores - low) / (high - low)
    return stretched


def fused(rankings: Sequence[Scores], weights: Sequence[float]) -> Scores:
    """Return the weighted mean of the rankings, each stretched over 0 to 1 (min-max fusion)."""
    stretched = np.stack([spread(scores) for scores in rankings])
    return np.average(stretched, axis=0, weights=np.asarray(weights))
