"""How many requests are worked on at once, in all and for one key: whoever is too many waits a while, in turn."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from anyio import CapacityLimiter, from_thread, move_on_after

from api.problems import Refusal


class Places:
    """So many places to work at, and so many of them for one key."""

    def __init__(self, *, in_all: int, a_key: int, patience_seconds: float) -> None:
        self._in_all = CapacityLimiter(in_all)
        self._a_key = a_key
        self._patience_seconds = patience_seconds
        self._of_keys: dict[str, CapacityLimiter] = {}

    @property
    def keys(self) -> int:
        """How many keys work or wait."""
        return len(self._of_keys)

    @asynccontextmanager
    async def taken(self, key: str) -> AsyncIterator["Place"]:
        """Hold a place for this key; raises Refusal, 429 or 503, when none is free for too long."""
        of_key = self._of_keys.setdefault(key, CapacityLimiter(self._a_key))
        place = Place(of_key, self._in_all)
        try:
            await place.take(patience_seconds=self._patience_seconds)
            try:
                yield place
            finally:
                place.give_up()
        finally:
            if not (of_key.borrowed_tokens or of_key.statistics().tasks_waiting):
                self._of_keys.pop(key, None)


class Place:
    """One request's place: first among those of its key, then among all."""

    def __init__(self, of_key: CapacityLimiter, in_all: CapacityLimiter) -> None:
        self._of_key = of_key
        self._in_all = in_all

    async def take(self, *, patience_seconds: float) -> None:
        """Wait for the place; raises Refusal when it does not become free in time."""
        refusal = Refusal(429, "too many requests of this key are being answered")
        with move_on_after(patience_seconds):
            await self._of_key.acquire_on_behalf_of(self)
            refusal = Refusal(503, "too many requests are being answered")
            try:
                await self._in_all.acquire_on_behalf_of(self)
            except BaseException:
                self._of_key.release_on_behalf_of(self)
                raise
            return
        raise refusal

    async def take_again(self) -> None:
        """Wait for it, however long: what was begun is brought to its end."""
        await self._of_key.acquire_on_behalf_of(self)
        await self._in_all.acquire_on_behalf_of(self)

    def give_up(self) -> None:
        """Let others have it."""
        self._in_all.release_on_behalf_of(self)
        self._of_key.release_on_behalf_of(self)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others have it for a while; for the thread that works at this place."""
        from_thread.run_sync(self.give_up)
        try:
            yield
        finally:
            from_thread.run(self.take_again)
