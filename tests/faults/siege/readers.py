"""The people a siege must not touch: readers of their own small mentorships, and a probe."""

import asyncio
import json
import random
import time
from itertools import islice

from evals.bench import histories
from evals.bench.mentorship import session_body
from tests.api.served import Served
from tests.faults.siege.field import Field, Pair, pair_of

READERS, HEALTHZ = "readers", "healthz"
COUNT = 20
A_SECOND = 2.0
_PATIENCE_SECONDS = 10.0
_PROBE_SECONDS = 0.1
_SESSIONS = 4
_ROLES = ("mentor", "mentee", "tool")
_PATHS = ("/brief", "/commitments", "/search?q={}", "/sessions", "/drift")


def readable(server: Served, number: int = COUNT) -> list[tuple[Pair, str]]:
    """So many readers, each with its own key to a small ordinary mentorship."""
    pairs = [_ordinary(server) for _ in range(-(-number // len(_ROLES)))]
    return [(pair, pair.keys[role]) for pair in pairs for role in _ROLES][:number]


def _ordinary(server: Served) -> Pair:
    pair = pair_of(server)
    agreed = histories.agreement().model_dump(
        mode="json",
        include={"effective_from", "point_a", "point_b", "goals", "cadence", "feedback"},
    )
    status, _ = server.send("PUT", f"{pair.base}/contract", pair.keys["mentor"], json=agreed)
    assert status == 201
    for session in islice(histories.history(), _SESSIONS):
        body = json.loads(session_body(session))
        status, _ = server.send("POST", f"{pair.base}/sessions", pair.keys["mentor"], json=body)
        assert status == 201
    return pair


async def reads(field: Field, reader: tuple[Pair, str], seed: int) -> None:
    """Some two GETs a second, one after another."""
    pair, key = reader
    chance = random.Random(seed)  # noqa: S311 - the same reads again
    words = [each.replace(" ", "+") for each in histories.queries(20)]
    await field.pause(chance.uniform(0, 1 / A_SECOND))
    while field.going():
        began = time.monotonic()
        path = chance.choice(_PATHS).format(chance.choice(words))
        await field.call(READERS, "GET", pair.base + path, key, seconds=_PATIENCE_SECONDS)
        wanted = chance.uniform(0.8, 1.2) / A_SECOND
        await field.pause(wanted - (time.monotonic() - began))


async def probes(field: Field) -> None:
    """Ask /healthz whenever it is due, whatever became of the last probe.

    The tally also gets how late the client itself is.
    """
    due, under_way = time.monotonic(), set()
    while field.going():
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        field.tally.lag.append((time.monotonic() - due) * 1000)
        probe = asyncio.create_task(
            field.call(HEALTHZ, "GET", "/healthz", None, seconds=_PATIENCE_SECONDS)
        )
        under_way.add(probe)
        probe.add_done_callback(under_way.discard)
        due = max(due + _PROBE_SECONDS, time.monotonic() - 1)
    await asyncio.gather(*under_way)
