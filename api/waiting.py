"""Runs requests that may wait for a model on their own threads, as long as the asker allows."""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Header, Response

from api.auth import Call
from api.openapi import Responses

# Threads for all askers. Chosen by hand; not measured.
AT_ONCE = 64
# Of these for one key: a page asks for three answers at once, a tool for some more. Chosen by hand.
_A_KEY = 16
# Characters of the header that are searched. Chosen by hand; not measured.
_LONGEST = 1000
_WAIT = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?:[,;]|$)", re.IGNORECASE)

Prefer = Annotated[
    str | None,
    Header(
        alias="Prefer",
        description="wait=<seconds>: how long a configured model may take; "
        "then the answer comes without it",
    ),
]


def _wait(prefer: Prefer = None) -> float | None:
    """Return how many seconds the asker allows (RFC 7240); None for a preference without it."""
    said = _WAIT.search((prefer or "")[:_LONGEST])
    return float(said[1]) if said else None


Wait = Annotated[float | None, Depends(_wait)]


def waited(status: int) -> Responses:
    """Return the OpenAPI responses of an answer that may wait for a model."""
    applied = {"description": "the wait that was kept to", "schema": {"type": "string"}}
    return {status: {"headers": {"Preference-Applied": applied}}}


async def patiently(
    asked: Call, wait: float | None, act: Callable[[float | None], Response]
) -> Response:
    """Act on a thread where waiting for a model delays nobody else.

    When too many wait already, act without the model.
    """
    if asked.parts.model is None:
        return await to_thread.run_sync(partial(act, wait))
    limiter: CapacityLimiter = asked.request.app.state.model_threads
    waiting: Counter[str] = asked.request.app.state.waiting
    key = asked.principal.key_id
    if limiter.available_tokens < 1 or waiting[key] >= _A_KEY:
        return await to_thread.run_sync(partial(act, 0.0))
    waiting[key] += 1
    try:
        response = await to_thread.run_sync(partial(act, wait), limiter=limiter)
    finally:
        waiting[key] -= 1
        if not waiting[key]:
            del waiting[key]
    if wait is not None:
        response.headers["Preference-Applied"] = f"wait={wait:g}"
    return response
