"""The default embedder; it needs no network, no key and no download."""

import threading
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from coach.errors import EngineFailed
from retrieval.embedders.port import Vectors, unit

# Texts cut into tokens together, to bound memory. Chosen by hand; not measured.
_BATCH = 64


class _Table(NamedTuple):
    """A vector for each token, and the tokenizer that cuts a text into tokens."""

    weights: npt.NDArray[np.float16]
    tokenizer: Tokenizer


class WordLlamaEmbedder:
    """Embeds a text as the mean of its token vectors, read from the wordllama wheel's files.

    The package itself is never imported. 1,000 short texts take about 0.1 s, and loading takes
    0.14 s, measured on two cores.
    """

    name = "wordllama-l2_supercat-256"
    dimension = 256  # given by the weights in the wheel

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._table: _Table | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 for each text, all zeros for a text without tokens.

        Raises EngineFailed when the wordllama package is not installed.
        """
        table = self._loaded()
        rows = [_pooled(table, batch) for batch in _batches(texts)]
        return unit(np.concatenate(rows)) if rows else np.empty((0, self.dimension), np.float32)

    def _loaded(self) -> _Table:
        with self._loading:
            if self._table is None:
                self._table = _read_table(_wheel_folder())
            return self._table


def _wheel_folder() -> Path:
    spec = find_spec("wordllama")
    if spec is None or spec.origin is None:
        raise EngineFailed("the wordllama package, which carries the embeddings, is not installed")
    return Path(spec.origin).parent


def _read_table(folder: Path) -> _Table:
    (weights,) = load_file(folder / "weights" / "l2_supercat_256.safetensors").values()
    vocabulary = folder / "tokenizers" / "l2_supercat_tokenizer_config.json"
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return _Table(weights, tokenizer)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    remaining = iter(texts)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _pooled(table: _Table, texts: list[str]) -> Vectors:
    pooled = np.zeros((len(texts), table.weights.shape[1]), np.float32)
    encodings = table.tokenizer.encode_batch(texts, add_special_tokens=False)
    for row, encoding in enumerate(encodings):
        ids = np.minimum(encoding.ids, len(table.weights) - 1)
        if len(ids):
            pooled[row] = table.weights[ids].mean(axis=0, dtype=np.float32)
    return pooled
