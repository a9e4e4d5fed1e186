"""Runs wanted readings on its own threads, each once, in the order in which they were asked for."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Lock
from typing import NamedTuple

from coach.errors import EngineFailed

OF_THE_NOTE = frozenset(
    {"not_as_asked", "refused", "filtered", "cut_short", "too_long", "empty", "unfinished"}
)
"""Reasons that lie in what was asked: the model is available, and would answer the same again."""

Key = tuple[str, str]
"""A note's id, and the version of the reading."""


class _Wanted(NamedTuple):
    """One reading, its mentorship and day, and the future that gets its end."""

    mentorship_id: str
    held_on: date
    read: Callable[[], None]
    told: Future[None]


class ReadingQueue:
    """The readings that wait or are under way. Each can be given up, and its waiters learn so.

    Whoever removes an entry sets its future without the lock, because a waiter may then run its own
    code.
    """

    def __init__(self, *, at_once: int) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="model")
        self._waiting: OrderedDict[Key, _Wanted] = OrderedDict()
        self._under_way: dict[Key, _Wanted] = {}
        self._lock = Lock()
        self._closed = False

    def wanted(
        self, key: Key, mentorship_id: str, read: Callable[[], None], *, held_on: date = date.min
    ) -> Future[None]:
        """Return the future of the one attempt at this reading, and queue it if there is none yet.

        Notes of an earlier day are read first, because a later note is read with what they told.
        """
        wanted = _Wanted(mentorship_id, held_on, read, Future())
        with self._lock:
            known = self._waiting.get(key) or self._under_way.get(key)
            closed = self._closed
            if known is None and not closed:
                self._waiting[key] = wanted
        if known is not None:
            return known.told
        if closed:
            return failed("closing")
        self._take_a_turn()
        return wanted.told

    def under_way(self) -> list[Future[None]]:
        """Return the futures of all readings that wait or are under way."""
        with self._lock:
            return [each.told for each in (*self._waiting.values(), *self._under_way.values())]

    def drop(self, mentorship_id: str, reason: str, *, note_id: str | None = None) -> None:
        """Give up the readings of a mentorship, or of one of its notes; a waiting one never begins.

        A reading under way goes on, but nobody hears its end. Whether it may still be sent or kept
        is checked at that place.
        """
        with self._lock:
            known = [*self._waiting.items(), *self._under_way.items()]
            taken = [
                self._taken(key)
                for key, each in known
                if each.mentorship_id == mentorship_id and note_id in {None, key[0]}
            ]
        _give_up(taken, reason)
        self._take_a_turn()

    def close(self) -> None:
        """Start no more readings; those under way may end."""
        with self._lock:
            self._closed = True
            taken = list(self._waiting.values())
            self._waiting.clear()
        self._pool.shutdown(wait=False)
        _give_up(taken, "closing")

    def join(self) -> None:
        """Wait for the end of the readings under way."""
        self._pool.shutdown(wait=True)

    def _taken(self, key: Key) -> _Wanted:
        return self._waiting.pop(key, None) or self._under_way.pop(key)

    def _ready(self) -> list[Key]:
        """Return the waiting readings whose mentorship has no earlier note waiting or under way."""
        first: dict[str, date] = {}
        for each in (*self._waiting.values(), *self._under_way.values()):
            known = first.get(each.mentorship_id, each.held_on)
            first[each.mentorship_id] = min(known, each.held_on)
        return [
            key for key, each in self._waiting.items() if each.held_on == first[each.mentorship_id]
        ]

    def _take_a_turn(self) -> None:
        try:
            self._pool.submit(self._read_next)
        except RuntimeError:
            # Closed at this moment: the waiters were told so.
            if not self._closed:
                raise

    def _read_next(self) -> None:
        with self._lock:
            ready = self._ready()
            if not ready:
                return  # given up meanwhile, or an earlier note is being read
            key = ready[0]
            wanted = self._under_way[key] = self._waiting.pop(key)
        if len(ready) > 1:
            self._take_a_turn()
        error = _error_of(wanted.read)
        with self._lock:
            given_up = self._under_way.get(key) is not wanted
            if not given_up:
                del self._under_way[key]
        self._take_a_turn()
        if given_up:
            return
        if error is None:
            wanted.told.set_result(None)
        else:
            wanted.told.set_exception(error)


def _give_up(taken: Iterable[_Wanted], reason: str) -> None:
    for each in taken:
        each.told.set_exception(EngineFailed(reason))


def _error_of(read: Callable[[], None]) -> Exception | None:
    try:
        read()
    except Exception as error:  # noqa: BLE001 - passed on to the waiters
        return error
    return None


def failed(reason: str) -> Future[None]:
    """Return the future of an attempt that is not made."""
    told: Future[None] = Future()
    told.set_exception(EngineFailed(reason))
    return told
