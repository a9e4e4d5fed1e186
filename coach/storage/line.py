"""The line in front of the database: one writer of this process at a time, and none waits for long."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from coach.errors import StoreUnavailable

LONGEST_SECONDS = 5.0
"""What a request may wait in all for its turns to write, whoever holds the database; then it is refused."""


class Patience:
    """How many seconds may still be waited, however many times somebody has to wait."""

    def __init__(self, seconds: float = LONGEST_SECONDS) -> None:
        self.left = seconds

    @contextmanager
    def waiting(self) -> Iterator[float]:
        """Wait in here for at most as long as it gives; what was waited is taken off."""
        began = time.monotonic()
        try:
            yield max(self.left, 0.0)
        finally:
            self.left -= time.monotonic() - began

    @contextmanager
    def part(self, seconds: float) -> Iterator["Patience"]:
        """So much of it, or what is left; what was waited of the part is taken off the whole."""
        given = min(seconds, self.left)
        part = Patience(given)
        try:
            yield part
        finally:
            self.left -= given - part.left


_of_request: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def one_patience() -> Iterator[Patience]:
    """Whatever is written within waits, all waits together, no longer than one writer may."""
    patience = _of_request.get() or Patience()
    token = _of_request.set(patience)
    try:
        yield patience
    finally:
        _of_request.reset(token)


@contextmanager
def holding(lock: Lock, patience: Patience) -> Iterator[None]:
    """Hold a lock; StoreUnavailable when others hold it for longer than the patience lasts."""
    with patience.waiting() as seconds:
        held = lock.acquire(timeout=seconds)
    if not held:
        raise StoreUnavailable("the database is busy: others wait to write")
    try:
        yield
    finally:
        lock.release()


class Line:
    """Writers of this process wait here: SQLite would make them poll, and some would starve."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()

    @contextmanager
    def turn(self, *, at_most: float | None = None) -> Iterator[Patience]:
        """Be the one writer; what is left of the patience is for whoever else holds the database."""
        whole = _of_request.get() or Patience()
        seconds = self._seconds if at_most is None else min(at_most, self._seconds)
        with whole.part(seconds) as patience, holding(self._lock, patience):
            yield patience
