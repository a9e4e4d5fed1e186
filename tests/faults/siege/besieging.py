"""One siege: starts the servers, lets everybody at them for a while, and always comes to an end."""

import asyncio
import os
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.api.served import Served, served
from tests.faults.siege import costly, truth
from tests.faults.siege.consent import consent, elsewhere
from tests.faults.siege.costly import BURST_PATIENCE_SECONDS
from tests.faults.siege.field import Field, client_of, end, pair_of, sampled
from tests.faults.siege.readers import COUNT, READERS, probes, readable, reads
from tests.faults.siege.tally import Tally

Attack = Callable[[Field], Awaitable[None]]
ATTACKS: dict[str, Attack] = {
    each.__name__: each
    for each in (
        costly.bodies,
        costly.dates,
        costly.patterns,
        costly.lint,
        costly.bullets,
        costly.slow,
        truth.once,
        truth.erasure,
        truth.lock,
    )
}
KINDS = (READERS, *ATTACKS, "consent")
# Every request has its own limit; who is under way when time is up may finish.
_GRACE_SECONDS = BURST_PATIENCE_SECONDS + 30
# Starting, giving up and looking at the files; beyond it something hangs that nobody thought of.
_WATCHDOG_SECONDS = _GRACE_SECONDS + 180
_SAMPLE_SECONDS = 5.0
# Threads and connections that nobody uses go after a while.
_QUIET_SECONDS = 10.0
_LOUD = ("request failed", "Traceback", '"ERROR"', '"CRITICAL"')


def besieged(kinds: set[str], *, minutes: float, readers: int = COUNT) -> Tally:
    """What a siege by these kinds saw, with so many readers."""
    tally = Tally()
    with TemporaryDirectory(ignore_cleanup_errors=True) as name, _watched(minutes) as processes:
        siege = _siege(Path(name), kinds, tally, minutes, readers=readers, processes=processes)
        asyncio.run(siege)
    return tally


async def _siege(
    folder: Path,
    kinds: set[str],
    tally: Tally,
    minutes: float,
    *,
    readers: int,
    processes: list[Served],
) -> None:
    async with AsyncExitStack() as stack:
        server = stack.enter_context(_standing(folder / "plain", tally, processes))
        # Whoever reads and whoever attacks has a mentorship before the siege begins.
        people = readable(server, readers) if READERS in kinds else []
        pairs = {each: pair_of(server) for each in ATTACKS if each in kinds}
        model = beside = None
        if "consent" in kinds:
            model = await stack.enter_async_context(elsewhere())
            settings = {"COACH_LLM_MODEL": "openai:m", "COACH_LLM_BASE_URL": model.address}
            beside = stack.enter_context(_standing(folder / "model", tally, processes, settings))
        began = time.monotonic()
        field = await stack.enter_async_context(_entered(server, tally, began, minutes))
        field.pairs = pairs
        acting = [reads(field, each, seed) for seed, each in enumerate(people)]
        acting += [_attack(field, each, ATTACKS[each]) for each in pairs]
        acting += [probes(field)]
        if beside and model:
            other = await stack.enter_async_context(_entered(beside, tally, began, minutes))
            acting += [_attack(other, "consent", lambda ground: consent(ground, model))]
        watching = asyncio.create_task(_samples(field))
        await _all(acting, minutes, tally)
        await field.client.aclose()
        await asyncio.sleep(min(_QUIET_SECONDS, minutes * 60))
        watching.cancel()
        _look(field)


@asynccontextmanager
async def _entered(
    server: Served, tally: Tally, began: float, minutes: float
) -> AsyncIterator[Field]:
    """A server as a field, with a client of its own."""
    async with client_of(server.port) as client:
        data = server.log.parent / "data"
        yield Field(server, client, tally, data, began, began + minutes * 60)


async def _all(acting: Sequence[Coroutine[Any, Any, None]], minutes: float, tally: Tally) -> None:
    """Let them all act; who has not ended long after the end is given up."""
    tasks = [asyncio.create_task(each) for each in acting]
    _, late = await asyncio.wait(tasks, timeout=minutes * 60 + _GRACE_SECONDS)
    for each in late:
        each.cancel()
        tally.deaths.append("the siege itself did not end in time")
    for error in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(error, Exception):
            # The report of all others is worth more than a clean stop.
            place = traceback.extract_tb(error.__traceback__)[-1]
            tally.deaths.append(f"the siege itself: {error!r} at {place.filename}:{place.lineno}")


async def _attack(field: Field, name: str, attack: Attack) -> None:
    """One attacker; what it stumbles over is told, and it begins anew."""
    while field.going():
        try:
            await attack(field)
        except (KeyError, ValueError, OSError, AssertionError) as error:
            field.tally.notes[f"{name}: began anew after {type(error).__name__}"] += 1
        await field.pause(1)


async def _samples(field: Field) -> None:
    while True:
        _look(field)
        await asyncio.sleep(_SAMPLE_SECONDS)


def _look(field: Field) -> None:
    if sample := sampled(field.server.process, time.monotonic() - field.began):
        field.tally.samples.append(sample)


@contextmanager
def _standing(
    folder: Path, tally: Tally, processes: list[Served], settings: dict[str, str] | None = None
) -> Iterator[Served]:
    """Start a server with a folder of its own; stop it at the end, and look through its log."""
    folder.mkdir()
    with served(folder, "--no-access-log", settings=settings, timeout_seconds=60) as server:
        processes.append(server)
        try:
            yield server
        finally:
            if (code := server.process.poll()) is not None:
                tally.deaths.append(f"the server ended with {code}")
            end(server.process)
            said = server.log.read_text(encoding="utf-8", errors="replace").splitlines()
            tally.deaths += [line[:300] for line in said if any(each in line for each in _LOUD)][
                :20
            ]


@contextmanager
def _watched(minutes: float) -> Iterator[list[Served]]:
    """Servers that are killed, and this process with them, when the siege does not end."""
    processes: list[Served] = []

    def bark() -> None:
        sys.stderr.write("the siege did not end: all is killed\n")
        for each in processes:
            with suppress(OSError):
                each.process.kill()
        os._exit(3)

    dog = threading.Timer(minutes * 60 + _WATCHDOG_SECONDS, bark)
    dog.daemon = True
    dog.start()
    try:
        yield processes
    finally:
        dog.cancel()
