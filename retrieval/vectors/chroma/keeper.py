"""Keeps one good generation of vectors in use: opens, repairs and scrubs it while reads go on."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import Failed
from coach.model.people import Mentorship
from coach.model.sessions import Session
from coach.ports import IndexState
from retrieval.embedders.port import Embedder
from retrieval.vectors.chroma import generations
from retrieval.vectors.chroma.builder import Stopped, built, expected
from retrieval.vectors.chroma.changes import Change, Put
from retrieval.vectors.chroma.collections import Collections, VectorsFailed, needs_scrubbing
from retrieval.vectors.chroma.probe import probed
from retrieval.vectors.entries import MOST_PASSAGES

Source = Callable[[], Iterator[tuple[Mentorship, Session]]]
"""Reads every session of the store again at each call."""
Progress = Callable[[int, int], None]
"""Gets how many sessions are done, and of how many."""

# To open and check an index in a child process. Chosen by hand; not measured.
_PROBE_SECONDS = 300.0
# Lets several requests to rebuild become one. Chosen by hand; not measured.
_GATHER_SECONDS = 0.1
# How often unused memory is overwritten. Chosen by hand; not measured.
_TIDY_SECONDS = 30.0
# The wait doubles after each failed rebuild. Chosen by hand; not measured.
_FIRST_RETRY_SECONDS = 1.0
_LAST_RETRY_SECONDS = 60.0

logger = logging.getLogger("coach.index")


class Keeper:
    """Owns the folder of the index.

    `_writing` is held while Chroma is written to and generations are swapped. `_guard` is held only
    briefly, to read or change a field. So reading never waits for writing.
    """

    def __init__(
        self, directory: Path, embedder: Embedder, source: Source, *, most: int = MOST_PASSAGES
    ) -> None:
        self._directory = directory
        self._embedder = embedder
        self._source = source
        self._most = most
        self._writing = threading.Lock()
        self._rebuilding = threading.Lock()
        self._guard = threading.Condition()
        self._live: Collections | None = None
        self._retired: list[Collections] = []
        self._readers: Counter[Collections] = Counter()
        self._journal: list[Change] | None = []
        self._state: IndexState = "starting"
        self._wished = False
        self._at_work = False
        self._stop = threading.Event()
        self._worker: threading.Thread | None = None

    @property
    def state(self) -> IndexState:
        """Ready while there are vectors to search, even while new ones are made beside them."""
        return "ready" if self._live is not None else self._state

    @property
    def clean(self) -> bool:
        """Whether only the generation in use is on disk, and nothing was removed from it."""
        with self._guard:
            live = self._live if self._settled() else None
        if live is None or needs_scrubbing(live.folder):
            return False
        return generations.is_alone(live.folder)

    def open(self) -> None:
        """Start to make the vectors usable, in the background."""
        with self._guard:
            if self._worker is None:
                self._at_work = True
                self._worker = threading.Thread(target=self._work, name="index", daemon=True)
                self._worker.start()

    def close(self) -> None:
        """Stop the background work and close the files."""
        self._stop.set()
        with self._guard:
            self._guard.notify_all()
        if self._worker is not None:
            self._worker.join()
        with self._writing:
            self._replace(None)
        self._close_retired()

    def settle(self, *, timeout_seconds: float) -> bool:
        """Wait until vectors are in use and no repair is left; return False after the timeout."""
        with self._guard:
            return self._guard.wait_for(self._settled, timeout_seconds)

    def _settled(self) -> bool:
        return self._live is not None and not self._wished and not self._at_work

    @contextmanager
    def reading(self) -> Iterator[Collections | None]:
        """Lend the vectors in use; they stay open until they are given back."""
        with self._guard:
            lent = self._live
            if lent is not None:
                self._readers[lent] += 1
        try:
            yield lent
        finally:
            if lent is not None:
                with self._guard:
                    self._readers[lent] -= 1
                    self._guard.notify_all()

    def write(self, change: Change) -> None:
        """Apply a change now, and again at the swap when a new generation is being built."""
        failure: Exception | None = None
        scrub = False
        with self._writing:
            if self._journal is not None:
                self._journal.append(change)
            live = self._live
            if live is None:
                return
            try:
                scrub = change.apply(live)
                live.tidy_new()
            except (VectorsFailed, OSError) as error:
                failure = error
        if failure is not None:
            self.distrust(live, failure)
        elif scrub:
            self.wish()

    def distrust(self, collections: Collections, error: Exception) -> None:
        """Stop using these vectors and make them again."""
        logger.warning("vectors failed", extra={"error": type(error).__name__})
        with self._writing:
            if self._live is collections:
                self._journal = []
                self._state = "rebuilding"
                self._replace(None)
        self.wish()

    def wish(self) -> None:
        """Ask for a rebuild soon; several requests in a row count as one."""
        with self._guard:
            self._wished = True
            self._guard.notify_all()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make everything again from the source and use it. Raises Failed when it did not work."""
        try:
            self._rebuild(progress)
        except (VectorsFailed, OSError) as error:
            raise Failed("the index could not be rebuilt") from error

    def _work(self) -> None:
        if not self._stop.is_set() and not self._opened():
            self.wish()
        retry_seconds = _FIRST_RETRY_SECONDS
        while self._awaited_wish():
            if self._rebuilt():
                retry_seconds = _FIRST_RETRY_SECONDS
            else:
                self._stop.wait(retry_seconds)
                retry_seconds = min(retry_seconds * 2, _LAST_RETRY_SECONDS)

    def _awaited_wish(self) -> bool:
        """Wait for a request to rebuild, tidying now and then; return False when closed instead."""
        with self._guard:
            self._at_work = False
            self._guard.notify_all()
        while not self._woken():
            self._tidy()
        return not self._stop.wait(_GATHER_SECONDS)

    def _woken(self) -> bool:
        with self._guard:
            return self._guard.wait_for(lambda: self._wished or self._stop.is_set(), _TIDY_SECONDS)

    def _tidy(self) -> None:
        """Overwrite unused memory again: Chroma writes it whenever it reopens a collection."""
        with self.reading() as live:
            if live is None:
                return
            try:
                live.tidy()
            except VectorsFailed as error:
                self.distrust(live, error)

    def _rebuilt(self) -> bool:
        with self._guard:
            self._wished, self._at_work = False, True
        try:
            self._rebuild(None)
        except Stopped:
            return True
        except Exception as error:  # noqa: BLE001 - a dead thread would never try again
            logger.warning("index not rebuilt", extra={"error": type(error).__name__})
            self.wish()
            return False
        return True

    def _opened(self) -> bool:
        """Use the generation on disk if it is complete and holds what the source holds."""
        folder = generations.current(self._directory, generations.manifest_of(self._embedder))
        if folder is None or needs_scrubbing(folder):
            return False
        try:
            if not self._is_whole(folder):
                return False
            self._begin_to_use(Collections(folder))
        except Exception as error:  # noqa: BLE001 - a dead thread would never try again
            logger.warning("index not opened", extra={"error": type(error).__name__})
            return False
        generations.remove_all_but(folder)
        return True

    def _is_whole(self, folder: Path) -> bool:
        held = probed(folder, stop=self._stop, timeout_seconds=_PROBE_SECONDS)
        with self._writing:
            late = [change for change in self._journal or [] if isinstance(change, Put)]
        added = {passage for change in late for passage in change.ids}
        if held is None:
            return False
        return held == expected(self._source(), without=added, most=self._most)

    def _rebuild(self, progress: Progress | None) -> None:
        with self._rebuilding:
            with self._writing:
                self._journal = []
                self._state = "rebuilding"
            total = sum(1 for _ in self._source()) if progress else 0
            folder = generations.fresh(self._directory)
            made = Collections(folder)
            try:
                built(made, self._embedder, self._told(progress, total), most=self._most)
                self._begin_to_use(made)
            except BaseException:
                self._give_up(made)
                raise
            generations.remove_all_but(folder)
            logger.info("index rebuilt", extra={"generation": folder.name})

    def _give_up(self, made: Collections) -> None:
        with self._writing:
            if self._live is not None:
                self._journal = None
        with self._guard:
            self._retired.append(made)
        self._close_retired()

    def _told(self, progress: Progress | None, total: int) -> Iterator[tuple[Mentorship, Session]]:
        """Yield every session of the source, until this index is closed."""
        for done, pair in enumerate(self._source(), start=1):
            if self._stop.is_set():
                raise Stopped
            yield pair
            if progress is not None:
                progress(done, max(done, total))

    def _begin_to_use(self, made: Collections) -> None:
        """Apply the changes that came in meanwhile, then swap."""
        with self._writing:
            scrub = [change.apply(made) for change in self._journal or []]
            made.tidy()
            generations.use(made.folder, generations.manifest_of(self._embedder))
            self._journal = None
            self._replace(made)
        if any(scrub):
            self.wish()
        self._close_retired()

    def _replace(self, made: Collections | None) -> None:
        with self._guard:
            if self._live is not None:
                self._retired.append(self._live)
            self._live = made
            self._guard.notify_all()

    def _close_retired(self) -> None:
        """Close generations that are no longer used, once the last reader has given them back."""
        with self._guard:
            retired, self._retired = self._retired, []
            self._guard.wait_for(lambda: not any(self._readers[each] for each in retired))
            for each in retired:
                del self._readers[each]
        for each in retired:
            try:
                each.close()
            except VectorsFailed as error:
                logger.warning("vectors not closed", extra={"error": type(error).__name__})
