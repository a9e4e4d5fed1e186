"""Words that mean about the same, by the vectors that also find passages."""

from collections.abc import Sequence

import numpy as np

from retrieval.embedders.port import Embedder, Vectors

_NEAR = 0.2
"""From here on two words mean about the same.

So are 16 of 26 pairs such as `boss manager` and `applauded clapped`, and none of 14 such as `parish
school` and `shouted apologised` (at 0.3 14, and none).
"""
_MOST_KEPT = 20_000


class Alike:
    """Tells whether a word means about the same as one of others.

    Each word's vector is made once.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, Vectors] = {}

    def __call__(self, word: str, others: Sequence[str]) -> bool:
        """Whether the nearest of the others is near enough."""
        vectors = [self._vector(each) for each in others]
        return bool(vectors) and float(np.max(np.stack(vectors) @ self._vector(word))) >= _NEAR

    def _vector(self, word: str) -> Vectors:
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = self._embedder.embed([word])[0]
        return found
