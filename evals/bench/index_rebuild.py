"""Measures how fast the whole index is made again."""

import time
from collections.abc import Sequence
from pathlib import Path

from coach.bootstrap import opened
from coach.model.sessions import Session
from coach.settings import Settings
from evals.bench.server import LONGEST_INDEX_SECONDS
from retrieval.passages import split


def rebuilt_passages_per_second(data_dir: Path, held: Sequence[Session]) -> float:
    """Return the passages a second at which the index of these sessions is made again."""
    passages = sum(len(split(note)) for session in held for note in session.notes)
    with opened(Settings(data_dir=data_dir)) as parts:
        parts.index.settle(timeout_seconds=LONGEST_INDEX_SECONDS)
        began_at = time.monotonic()
        parts.index.rebuild()
        return passages / (time.monotonic() - began_at)
