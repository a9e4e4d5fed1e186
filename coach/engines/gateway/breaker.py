"""A server that is down is left alone for a while, so that nobody waits for it."""

import threading
import time
from collections.abc import Callable

from coach.errors import EngineFailed

FAILURES = 5
REST_SECONDS = 30.0


class Breaker:
    """Lets calls through until some in a row found the server down; then one in a while, until one gets an answer."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_probe: float | None = None

    def enter(self) -> bool:
        """Whether this call probes a server that was down. Raises EngineFailed when it rests."""
        now = self._clock()
        with self._lock:
            if self._next_probe is None:
                return False
            if now < self._next_probe:
                raise EngineFailed("resting")
            self._next_probe = now + REST_SECONDS
            return True

    def worked(self) -> None:
        """The server answered, whatever it said."""
        with self._lock:
            self._failures = 0
            self._next_probe = None

    def failed(self) -> None:
        """The server was down."""
        now = self._clock()
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES and self._next_probe is None:
                self._next_probe = now + REST_SECONDS
