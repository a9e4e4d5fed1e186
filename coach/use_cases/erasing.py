"""Erases to the last byte: in the background, and again until no file keeps any of it."""

import logging
from threading import Condition, Thread

from coach.errors import CoachError
from coach.ports import Index, Store

_FIRST_PAUSE_SECONDS = 0.05
"""First pause between tries, for a reader to finish. Chosen by hand; not measured."""
_LONGEST_PAUSE_SECONDS = 1.0
"""Longest pause between tries, so that an erasure ends soon after its last reader.

Chosen by hand; not measured.
"""
_LONGEST_TRY_SECONDS = 0.25
"""Longest wait of one try for readers, since nobody else can write meanwhile.

Chosen by hand; not measured.
"""

logger = logging.getLogger("coach.use_cases.erasing")


class Erasing:
    """Completes every erasure: those begun here, and those that an earlier process left undone."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._changed = Condition()
        self._undone: set[str] = set()
        self._closed = False
        self._worker: Thread | None = None

    def open(self) -> None:
        """Start with what is undone."""
        self._undone.update(self._store.pending_erasures())
        self._worker = Thread(target=self._work, name="erasing", daemon=True)
        self._worker.start()

    def close(self) -> None:
        """Stop; what is undone is done after the next start."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._worker is not None:
            self._worker.join()

    def see_through(self, erasure_id: str) -> None:
        """Take on an erasure that the store and the index know of."""
        with self._changed:
            self._undone.add(erasure_id)
            self._changed.notify_all()

    def settled(self, erasure_id: str, *, seconds: float) -> bool:
        """Wait until no byte is left; return False when that takes longer than these seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: erasure_id not in self._undone, seconds)

    def _work(self) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while undone := self._next():
            if self._done(sorted(undone), seconds=min(pause, _LONGEST_TRY_SECONDS)):
                pause = _FIRST_PAUSE_SECONDS
                continue
            with self._changed:
                self._changed.wait_for(lambda: self._closed, pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)

    def _next(self) -> set[str]:
        """Return what is undone, once there is something; it is empty after `close`."""
        with self._changed:
            self._changed.wait_for(lambda: self._undone or self._closed)
            return set() if self._closed else set(self._undone)

    def _done(self, undone: list[str], *, seconds: float) -> bool:
        try:
            rid = self._store.rid_of_erased(seconds=seconds)
            if not (rid and self._index.clean):
                return False
            self._store.finish_erasures(undone)
        except CoachError as error:
            logger.warning("erasing goes on", extra={"error": type(error).__name__})
            return False
        with self._changed:
            self._undone.difference_update(undone)
            self._changed.notify_all()
        return True
