"""The record of who opened or changed what: written beside the work, and never in its way."""

import logging
from datetime import date
from threading import Condition, Thread

from coach.errors import CoachError
from coach.model.accesses import Access
from coach.ports import Store

_MOST_WAITING = 10_000
"""So many different entries wait at most.

More than a busy day has. What comes then is not recorded.
"""
_GATHER_SECONDS = 2.0
"""What comes within these seconds is written together, so that many readers cost one write."""
_PAUSE_SECONDS = 1.0
"""After a database that did not answer it is tried again."""

logger = logging.getLogger("coach.use_cases.access_record")

_Key = tuple[str, date, str, str, str, str]


class AccessRecord:
    """Takes notes in memory, and writes them on a thread of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changed = Condition()
        self._waiting: dict[_Key, tuple[str, Access]] = {}
        self._writing = False
        self._hurry = False
        self._closed = False
        self._worker: Thread | None = None

    def open(self) -> None:
        """Begin to write."""
        self._worker = Thread(target=self._work, name="accesses", daemon=True)
        self._worker.start()

    def close(self) -> None:
        """Write what waits, once, and stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._worker is not None:
            self._worker.join()

    def note(self, mentorship_id: str, found: Access) -> None:
        """Take note of an access; it is written soon, and one of the same day takes its place."""
        key = (
            mentorship_id,
            found.last_at.date(),
            found.by,
            found.way,
            found.what,
            found.visibility,
        )
        with self._changed:
            if key in self._waiting or len(self._waiting) < _MOST_WAITING:
                self._waiting[key] = (mentorship_id, found)
                self._changed.notify_all()

    def settle(self, *, timeout_seconds: float) -> bool:
        """Wait until all is written; False when it takes longer."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            return self._changed.wait_for(
                lambda: not self._waiting and not self._writing, timeout_seconds
            )

    def _work(self) -> None:
        while found := self._next():
            written = self._written(found)
            with self._changed:
                self._writing = False
                if not written and not self._closed:
                    self._waiting = {**found, **self._waiting}
                    self._changed.wait_for(lambda: self._closed, _PAUSE_SECONDS)
                self._changed.notify_all()

    def _next(self) -> dict[_Key, tuple[str, Access]]:
        """What waits, once something does; nothing when this is closed and all is written."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._waiting) or self._closed)
            self._changed.wait_for(lambda: self._hurry or self._closed, _GATHER_SECONDS)
            self._hurry = False
            found, self._waiting = self._waiting, {}
            self._writing = bool(found)
            return found

    def _written(self, found: dict[_Key, tuple[str, Access]]) -> bool:
        try:
            self._store.add_accesses(found.values())
        except CoachError as error:
            logger.warning("accesses wait", extra={"error": type(error).__name__})
            return False
        return True
