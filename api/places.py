"""Limits how many requests are worked on at once, in all and for one key; others wait in turn."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from anyio import CapacityLimiter, from_thread, move_on_after

from api.problems import Refusal


class Places:
    """Places to work at, limited in all and for one key."""

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
        """Hold a place for this key; raises Refusal, 429 or 503, when none becomes free in time."""
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
    """One request's place: it waits first among its key's requests, then among all."""

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
        """Wait for the place without limit, to finish what was begun."""
        await self._of_key.acquire_on_behalf_of(self)
        await self._in_all.acquire_on_behalf_of(self)

    def give_up(self) -> None:
        """Free the place for others."""
        self._in_all.release_on_behalf_of(self)
        self._of_key.release_on_behalf_of(self)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Free the place for others in this block; call it on the thread that works at it."""
        from_thread.run_sync(self.give_up)
        try:
            yield
        finally:
            from_thread.run(self.take_again)
