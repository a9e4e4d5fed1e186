"""Reads unread notes later, in the background.

Notes stay unread if the process ended or there was nothing to read with.
"""

import logging
from collections.abc import Callable
from threading import Condition, Thread
from typing import Protocol

from coach.errors import CoachError

_FIRST_PAUSE_SECONDS = 0.5
"""Pause before the first retry: as long as a reading waits for its turn to be kept.

Whoever holds the database may be done by then.
"""
_LONGEST_PAUSE_SECONDS = 60.0
"""Longest pause: if there is nothing to read with, somebody has to mend that first.

Chosen by hand; not measured.
"""

logger = logging.getLogger("coach.reading")


class ReadLeft(Protocol):
    """Reads what is left; see Pipeline."""

    def __call__(self, *, stopped: Callable[[], bool]) -> bool:
        """Return whether nothing is left."""
        ...


class CatchingUp:
    """Reads what is left on one thread, one note at a time, at the start and when it is told to."""

    def __init__(self, read_left: ReadLeft) -> None:
        self._read_left = read_left
        self._changed = Condition()
        self._wanted = False
        self._at_work = False
        self._closed = False
        self._worker: Thread | None = None

    def open(self) -> None:
        """Start with what an earlier process left unread."""
        self.wake()
        self._worker = Thread(target=self._work, name="catching up", daemon=True)
        self._worker.start()

    def close(self) -> None:
        """Stop after the note that is being read; the rest is read after the next start."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._worker is not None:
            self._worker.join()

    def wake(self) -> None:
        """Read as soon as possible, because something was left unread."""
        with self._changed:
            self._wanted = True
            self._changed.notify_all()

    def settle(self, *, timeout_seconds: float) -> bool:
        """Wait until all is read that can be read now; False if it takes longer."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not (self._wanted or self._at_work), timeout_seconds
            )

    def _work(self) -> None:
        pause: float | None = None
        while self._due(pause):
            done = self._done()
            pause = (
                None if done else min(2 * (pause or _FIRST_PAUSE_SECONDS), _LONGEST_PAUSE_SECONDS)
            )
            with self._changed:
                self._at_work = False
                self._changed.notify_all()

    def _due(self, pause: float | None) -> bool:
        """Wait until there is something to read or the pause is over; False if this is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._closed, pause)
            self._wanted, self._at_work = False, not self._closed
            return self._at_work

    def _done(self) -> bool:
        try:
            return self._read_left(stopped=lambda: self._closed)
        except CoachError as error:
            logger.warning("reading goes on later", extra={"error": type(error).__name__})
            return False
