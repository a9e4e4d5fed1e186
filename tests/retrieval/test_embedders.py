import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from retrieval.embedders.wordllama import WordLlamaEmbedder

COMPARE = """
import sys
import numpy as np
from pathlib import Path
from retrieval.embedders.wordllama import WordLlamaEmbedder
texts = ["We spoke about the salary.", "a", "Grüße 日本 👍", "word " * 200]
ours = WordLlamaEmbedder().embed(texts)
assert "wordllama" not in sys.modules
import wordllama
library = wordllama.WordLlama.load(
    cache_dir=Path(wordllama.__file__).parent, disable_download=True
)
assert np.array_equal(ours, library.embed(texts, norm=True))
"""


def test_vectors_are_those_of_the_library_without_importing_it():
    command = [sys.executable, "-c", COMPARE]
    done = subprocess.run(command, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()


def test_every_text_gets_a_row_of_length_one_and_an_empty_text_zeros(embedder):
    vectors = embedder.embed(["salary", "", "garden"])

    assert vectors.dtype == np.float32
    assert vectors.shape == (3, embedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1])
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_a_text_has_the_same_vector_in_any_company(embedder):
    alone = embedder.embed(["salary talk"])

    assert np.array_equal(embedder.embed(["salary talk", "x " * 500])[:1], alone)


def test_threads_can_share_an_embedder_from_the_start():
    shared = WordLlamaEmbedder()

    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda _: shared.embed(["salary"]).tobytes(), range(16)))

    assert len(set(rows)) == 1
