"""Routes for askers with a key: check the key, then the body, then wait for a place and work.

All work has a deadline.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any, ClassVar, Literal, NamedTuple, Self, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from api.accesses import recorded
from api.incoming import checked
from api.places import Place, Places
from coach.agreement.access import Principal
from coach.bootstrap import Parts
from coach.deadline import Deadline
from coach.errors import NotAuthenticated, OutOfTime
from coach.settings import Settings

_Result = TypeVar("_Result")
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]
# Two threads read bodies, since more would only take turns. Four look keys up, each in one row
# of the database. Chosen by hand; not measured.
_READERS, _LOOKING_UP = 2, 4
# People, keys and contracts are a few rows each and must not wait for slow work. Chosen by hand.
_QUICK_AT_ONCE, _QUICK_A_KEY = 16, 8
# Seconds to wait for a place. A page asks for five answers at once, each up to a second long. A
# change may still wait five seconds for a locked database, so it waits less for its place.
_READ_PATIENCE, _WRITE_PATIENCE = 5.0, 2.0
# Time that work has to stop after its deadline; then the answer no longer waits for it. Chosen
# by hand; not measured.
_GRACE_SECONDS = 2.0

bearer = HTTPBearer(auto_error=False, description="a key as POST …/keys gives it, or the admin's")
logger = logging.getLogger("coach.api")
_unheard: "set[asyncio.Task[Any]]" = set()


class WorkLimits(NamedTuple):
    """How much work is done at once, and how long it may take."""

    readers: CapacityLimiter
    looking_up: CapacityLimiter
    places: dict[str, Places]
    body_seconds: float
    seconds: float
    longest_seconds: float

    @classmethod
    def of(cls, settings: Settings, *, model_seconds: float) -> Self:
        """Return the limits of the settings; a model's time is added to every request's time."""
        return cls(
            CapacityLimiter(_READERS),
            CapacityLimiter(_LOOKING_UP),
            {
                "quick": Places(
                    in_all=_QUICK_AT_ONCE, a_key=_QUICK_A_KEY, patience_seconds=_WRITE_PATIENCE
                ),
                "read": Places(
                    in_all=settings.reads_at_once,
                    a_key=settings.reads_a_key,
                    patience_seconds=_READ_PATIENCE,
                ),
                "write": Places(
                    in_all=settings.writes_at_once,
                    a_key=settings.writes_a_key,
                    patience_seconds=_WRITE_PATIENCE,
                ),
            },
            settings.body_deadline_seconds,
            settings.request_deadline_seconds,
            settings.request_deadline_seconds + model_seconds + _READ_PATIENCE + _GRACE_SECONDS,
        )


class Guarded(APIRoute):
    """A route that needs a key and may take long."""

    work: ClassVar[Literal["long", "quick"]] = "long"

    def get_route_handler(self) -> _Handler:
        """Return a handler that answers only with a key, in turn, and in time."""
        answer = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            limits: WorkLimits = request.app.state.limits
            principal = await on_time(self._asker(request, limits), limits.longest_seconds)
            request.state.principal = principal
            whole = await checked(request, limits.readers, seconds=limits.body_seconds)
            work = in_turn(partial(answer, whole), self._places(request), limits)
            response = await on_time(work, limits.longest_seconds)
            return recorded(whole, response, self.path, principal.acts_as)

        return guarded

    async def _asker(self, request: Request, limits: WorkLimits) -> Principal:
        return await _principal(request, limits)

    def _places(self, request: Request) -> AbstractAsyncContextManager[Place]:
        limits: WorkLimits = request.app.state.limits
        kind = "read" if request.method == "GET" else "write"
        places = limits.places["quick" if self.work == "quick" else kind]
        return places.taken(request.state.principal.key_id)


class GuardedQuick(Guarded):
    """A route that needs a key and touches only a few rows."""

    work = "quick"


async def on_time(work: Coroutine[Any, Any, _Result], seconds: float) -> _Result:
    """Return the result of work; raises OutOfTime when it takes longer.

    A thread cannot be ended, so it goes on and its result is dropped.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        return task.result()
    _unheard.add(task)
    task.add_done_callback(_ended)
    raise OutOfTime("this took too long")


async def _principal(request: Request, limits: WorkLimits) -> Principal:
    parts: Parts = request.app.state.parts
    credentials = await bearer(request)
    if credentials is None:
        raise NotAuthenticated("send a key as a bearer token")
    return await to_thread.run_sync(
        parts.coach.authenticate, credentials.credentials, limiter=limits.looking_up
    )


async def in_turn(
    answer: Callable[[], Awaitable[Response]],
    places: AbstractAsyncContextManager[Place],
    limits: WorkLimits,
) -> Response:
    """Answer at a place of one's own, until the deadline."""
    async with places as place:
        with Deadline(limits.seconds, aside=place.aside).running():
            return await answer()


def _ended(task: "asyncio.Task[Any]") -> None:
    _unheard.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.warning("ended late", extra={"error": type(error).__name__})
