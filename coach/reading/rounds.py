"""Runs rounds by name in the background, each name once at a time, and repeats unfinished ones."""

import logging
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from coach.errors import CoachError

_FIRST_PAUSE_SECONDS = 0.5
"""Pause before the first retry; a short network failure is over by then.

Chosen by hand; not measured.
"""
_LONGEST_PAUSE_SECONDS = 60.0
"""Longest pause: a model that is down for long is asked once a minute.

Chosen by hand; not measured.
"""

logger = logging.getLogger("coach.reading")

Go = Callable[[str, Callable[[], bool]], bool]
"""Does one round for a name until it is stopped, and returns whether nothing is left to do."""


class Rounds:
    """Does a round for every wanted name, on its own threads, once it is opened."""

    def __init__(self, go: Go, *, at_once: int) -> None:
        self._go = go
        self._at_once = at_once
        self._changed = Condition()
        self._due: dict[str, float] = {}
        self._tries: dict[str, int] = {}
        self._at_work: set[str] = set()
        self._closed = False
        self._workers: list[Thread] = []

    def open(self) -> None:
        """Start with the names that are wanted already."""
        self._workers = [
            Thread(target=self._work, name=f"round {number}", daemon=True)
            for number in range(self._at_once)
        ]
        for each in self._workers:
            each.start()

    def close(self) -> None:
        """Start no more rounds, tell those under way to stop, and wait for them."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for each in self._workers:
            each.join()

    def wake(self, name: str) -> None:
        """Ask for a round, even if one is under way, because that one may have looked too early."""
        with self._changed:
            self._due[name] = 0.0
            self._tries.pop(name, None)
            self._changed.notify_all()

    def settle(self, name: str | None = None, *, timeout_seconds: float) -> bool:
        """Wait until no round of this name, or of any, is under way or due; False on a timeout."""
        if not self._workers:
            return False
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy(name), timeout_seconds)

    def _busy(self, name: str | None) -> bool:
        """Whether a round is under way or due. A failed one that waits does not count."""
        busy = {*self._at_work, *(each for each in self._due if each not in self._tries)}
        return bool(busy) if name is None else name in busy

    def _work(self) -> None:
        while (name := self._taken()) is not None:
            done = self._gone(name)
            with self._changed:
                self._at_work.discard(name)
                if done:
                    self._tries.pop(name, None)
                elif name not in self._due:
                    self._later(name)
                self._changed.notify_all()

    def _later(self, name: str) -> None:
        tries = self._tries.get(name, 0)
        pause = min(_FIRST_PAUSE_SECONDS * 2 ** min(tries, 16), _LONGEST_PAUSE_SECONDS)
        self._tries[name] = tries + 1
        self._due[name] = monotonic() + pause

    def _taken(self) -> str | None:
        """Return the next name as soon as its turn comes, or None if this is closed."""
        with self._changed:
            while not self._closed:
                waiting = {n: at for n, at in self._due.items() if n not in self._at_work}
                name = min(waiting, key=waiting.__getitem__, default=None)
                left = None if name is None else max(0.0, waiting[name] - monotonic())
                if name is not None and not left:
                    del self._due[name]
                    self._at_work.add(name)
                    return name
                self._changed.wait(left)
        return None

    def _gone(self, name: str) -> bool:
        try:
            return self._go(name, lambda: self._closed)
        except CoachError as error:
            logger.warning("reading goes on later", extra={"error": type(error).__name__})
            return False
        # An error at one mentorship must not end the thread for all of them.
        except Exception as error:  # noqa: BLE001 - see above
            logger.error("reading failed", extra={"error": type(error).__name__})  # noqa: TRY400
            return True
