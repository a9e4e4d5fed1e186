"""What every embedder offers."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""One row for each text."""


class Embedder(Protocol):
    """Gives texts a place in a space where close means alike."""

    @property
    def name(self) -> str:
        """Which model and version; another name means that all vectors are made anew."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, all zeros where it holds nothing. Raises EngineFailed."""
        ...


def unit(vectors: Vectors) -> Vectors:
    """The same directions with length 1; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
