"""Places to work at are limited in all and for each key.

A request that waits too long is refused; one that gives up lets others in.
"""

import asyncio
from contextlib import AsyncExitStack

import pytest
from anyio import to_thread

from api.guard import on_time
from api.places import Places
from api.problems import Refusal
from coach.errors import OutOfTime

_SOON, _LATE = 0.05, 20.0


def _places(*, in_all: int = 3, a_key: int = 2, patience_seconds: float = _SOON) -> Places:
    return Places(in_all=in_all, a_key=a_key, patience_seconds=patience_seconds)


async def _refused(places: Places, key: str) -> int | None:
    """The status that a key is refused with, None when it gets a place."""
    try:
        async with places.taken(key):
            return None
    except Refusal as refusal:
        return refusal.status


def test_a_key_that_has_its_share_is_refused_and_others_are_not():
    async def asked():
        places = _places()
        async with places.taken("one"), places.taken("one"):
            return await _refused(places, "one"), await _refused(places, "other")

    assert asyncio.run(asked()) == (429, None)


def test_when_all_places_are_taken_everybody_is_refused():
    async def asked():
        places = _places()
        async with AsyncExitStack() as held:
            for key in ("one", "one", "other"):
                await held.enter_async_context(places.taken(key))
            return [await _refused(places, key) for key in ("one", "other", "third")]

    assert asyncio.run(asked()) == [429, 503, 503]


def test_a_place_that_becomes_free_goes_to_who_waits_longest():
    came = []

    async def asks(places: Places, key: str) -> None:
        async with places.taken(key):
            came.append(key)

    async def asked():
        places = _places(in_all=1, patience_seconds=_LATE)
        async with places.taken("first"):
            waiting = [asyncio.ensure_future(asks(places, key)) for key in ("a", "b", "c")]
            await asyncio.sleep(_SOON)
            assert came == []
        await asyncio.gather(*waiting)

    asyncio.run(asked())

    assert came == ["a", "b", "c"]


@pytest.mark.parametrize("ends", ["well", "in a refusal", "in an error"])
def test_a_place_is_free_again_however_its_work_ends(ends):
    async def asked():
        places = _places(in_all=1, a_key=1)
        for _ in range(3):
            try:
                async with places.taken("one"):
                    if ends == "in an error":
                        raise ValueError
                    if ends == "in a refusal":
                        assert await _refused(places, "one") == 429
                        assert await _refused(places, "other") == 503
            except ValueError:
                pass
        return await _refused(places, "one"), places.keys

    assert asyncio.run(asked()) == (None, 0)


def test_who_waits_for_a_model_lets_others_work_and_comes_back_in_turn():
    async def asked():
        places = _places(in_all=1, a_key=1)
        loop, seen = asyncio.get_running_loop(), []

        def waits(place) -> None:
            with place.aside():
                other = asyncio.run_coroutine_threadsafe(_refused(places, "other"), loop)
                seen.append(other.result(timeout=_LATE))
            again = asyncio.run_coroutine_threadsafe(_refused(places, "other"), loop)
            seen.append(again.result(timeout=_LATE))

        async with places.taken("one") as place:
            await to_thread.run_sync(waits, place)
        return seen, await _refused(places, "one")

    assert asyncio.run(asked()) == ([None, 503], None)


def test_work_that_does_not_stop_is_answered_in_time_and_goes_on_to_its_end():
    ended = asyncio.Event()

    async def stubborn(may_end: asyncio.Event) -> None:
        await may_end.wait()
        ended.set()

    async def asked():
        may_end = asyncio.Event()
        with pytest.raises(OutOfTime):
            await on_time(stubborn(may_end), _SOON)
        assert not ended.is_set()
        may_end.set()
        await asyncio.wait_for(ended.wait(), _LATE)

    asyncio.run(asked())


def test_work_that_ends_in_time_gives_what_it_came_to():
    async def failing():
        raise ValueError("its own")

    assert asyncio.run(on_time(asyncio.sleep(0, "done"), _LATE)) == "done"
    with pytest.raises(ValueError, match="its own"):
        asyncio.run(on_time(failing(), _LATE))
