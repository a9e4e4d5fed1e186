"""The interface of every embedder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""One row for each text, as float32."""


class Embedder(Protocol):
    """Turns texts into vectors; texts with like meanings get vectors with a high cosine."""

    @property
    def name(self) -> str:
        """The model and its version; all vectors are made again when it changes."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 for each text, all zeros for a text without tokens.

        Raises EngineFailed when the embedder cannot answer.
        """
        ...


def unit(vectors: Vectors) -> Vectors:
    """Return the same directions with length 1; rows of zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
