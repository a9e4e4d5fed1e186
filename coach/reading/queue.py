"""Readings that are wanted: each once, on threads of their own, in the order they were asked for."""

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
"""Reasons that lie in what was asked: the model is there, and would answer the same again."""

Key = tuple[str, str]
"""A note's id, and the version of the reading."""


class _Wanted(NamedTuple):
    """One reading, whose it is, of which day, and where it is told that it has ended."""

    mentorship_id: str
    held_on: date
    read: Callable[[], None]
    told: Future[None]


class ReadingQueue:
    """What waits to be read and what is under way; either can be given up, and who waits for it hears so at once.

    Whoever takes an entry out tells its end, and does so without the lock: who waits may run code of its own then.
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
        """The end of the one attempt at this reading, begun when it is its turn if there is none yet.

        What was said on an earlier day is read before: a later note is read with what earlier ones told.
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
        """The ends of all that waits or is being read."""
        with self._lock:
            return [each.told for each in (*self._waiting.values(), *self._under_way.values())]

    def drop(self, mentorship_id: str, reason: str, *, note_id: str | None = None) -> None:
        """Give up every reading of a mentorship, or of one of its notes: what waits is never begun.

        What is under way goes on unheard; whether it may still be sent or kept is looked up where that is done.
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
        """Begin nothing more; what is under way may end."""
        with self._lock:
            self._closed = True
            taken = list(self._waiting.values())
            self._waiting.clear()
        self._pool.shutdown(wait=False)
        _give_up(taken, "closing")

    def join(self) -> None:
        """Wait for the end of what is under way."""
        self._pool.shutdown(wait=True)

    def _taken(self, key: Key) -> _Wanted:
        return self._waiting.pop(key, None) or self._under_way.pop(key)

    def _ready(self) -> list[Key]:
        """What waits while no earlier note of the same mentorship waits or is being read."""
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
            # Closed in this very moment: who waits was told so.
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
    except Exception as error:  # noqa: BLE001 - handed to who waits for it
        return error
    return None


def failed(reason: str) -> Future[None]:
    """The end of an attempt that is not made."""
    told: Future[None] = Future()
    told.set_exception(EngineFailed(reason))
    return told
