"""Lets one writer of this process use the database at a time, with a limit on waiting."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from coach.errors import StoreUnavailable

LONGEST_SECONDS = 5.0
"""Longest time that one request waits for all its writes together; then it is refused.

Chosen by hand; not measured.
"""


class Patience:
    """The seconds that may still be waited, in one wait or several."""

    def __init__(self, seconds: float = LONGEST_SECONDS) -> None:
        self.left = seconds

    @contextmanager
    def waiting(self) -> Iterator[float]:
        """Wait in this block for at most the seconds it gives; the time waited is subtracted."""
        began = time.monotonic()
        try:
            yield max(self.left, 0.0)
        finally:
            self.left -= time.monotonic() - began

    @contextmanager
    def part(self, seconds: float) -> Iterator["Patience"]:
        """Lend at most so many seconds; the time waited is subtracted from the whole too."""
        given = min(seconds, self.left)
        part = Patience(given)
        try:
            yield part
        finally:
            self.left -= given - part.left


_of_request: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def one_patience() -> Iterator[Patience]:
    """Let all writes in this block share one patience."""
    patience = _of_request.get() or Patience()
    token = _of_request.set(patience)
    try:
        yield patience
    finally:
        _of_request.reset(token)


@contextmanager
def holding(lock: Lock, patience: Patience) -> Iterator[None]:
    """Hold a lock; raises StoreUnavailable when it is not free before the patience ends."""
    with patience.waiting() as seconds:
        held = lock.acquire(timeout=seconds)
    if not held:
        raise StoreUnavailable("the database is busy: others wait to write")
    try:
        yield
    finally:
        lock.release()


class Line:
    """The queue of writers in this process; SQLite would make them poll, and some would starve."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()

    @contextmanager
    def turn(self, *, at_most: float | None = None) -> Iterator[Patience]:
        """Be the only writer in this block; yields the patience left for other processes."""
        whole = _of_request.get() or Patience()
        seconds = self._seconds if at_most is None else min(at_most, self._seconds)
        with whole.part(seconds) as patience, holding(self._lock, patience):
            yield patience
