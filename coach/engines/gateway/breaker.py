"""Leaves a server alone for a while when it is down, so that nobody waits for it."""

import threading
import time
from collections.abc import Callable

from coach.errors import EngineFailed

# Calls in a row that find the server down, and the pause between probes after that. Set as
# reliability goals: at most 5 failures to open, at most one probe in 30 s.
FAILURES = 5
REST_SECONDS = 30.0


class Breaker:
    """Stops calls after several in a row found the server down.

    Then it lets one call through from time to time, until one gets an answer.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_probe: float | None = None

    def enter(self) -> bool:
        """Return whether this call probes a server that was down; EngineFailed during a pause."""
        now = self._clock()
        with self._lock:
            if self._next_probe is None:
                return False
            if now < self._next_probe:
                raise EngineFailed("resting")
            self._next_probe = now + REST_SECONDS
            return True

    def worked(self) -> None:
        """Record that the server answered, whatever it said."""
        with self._lock:
            self._failures = 0
            self._next_probe = None

    def failed(self) -> None:
        """Record that the server was down."""
        now = self._clock()
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES and self._next_probe is None:
                self._next_probe = now + REST_SECONDS
