"""Is the process up, can it answer."""

import asyncio
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from api.openapi import refusals
from api.schemas.queries import NoQuery
from coach.bootstrap import Parts
from coach.errors import StoreUnavailable
from coach.ports import IndexState

router = APIRouter(tags=["health"])
# A probe waits a few seconds at most; a disk that hangs should be told of before that.
_PATIENCE_SECONDS = 2.0


class Health(BaseModel):
    """The process is up."""

    status: str = "ok"


class Readiness(BaseModel):
    """The store is open; while the index is not ready, search answers from words alone."""

    status: str = "ready"
    index: IndexState


@router.get("/healthz", responses=refusals())
async def healthz(_: Annotated[NoQuery, Query()]) -> Health:
    """Whether the process is up; needs no thread and waits for nothing."""
    return Health()


@router.get("/readyz", responses=refusals())
async def readyz(request: Request, _: Annotated[NoQuery, Query()]) -> Readiness:
    """Whether requests can be answered, and whether the index is rebuilding."""
    # All who ask meanwhile wait for one look. So a database that hangs holds one thread,
    # not one thread for each probe.
    state = request.app.state
    if state.looking is None or state.looking.done():
        state.looking = asyncio.ensure_future(_index_state(state.parts))
        # Where nobody waits any more, nobody else may tell of its error.
        state.looking.add_done_callback(lambda looked: looked.cancelled() or looked.exception())
    done, _pending = await asyncio.wait({state.looking}, timeout=_PATIENCE_SECONDS)
    if not done:
        raise StoreUnavailable("the database does not answer in time")
    return Readiness(index=state.looking.result())


async def _index_state(parts: Parts) -> IndexState:
    return await to_thread.run_sync(parts.coach.check, limiter=CapacityLimiter(1))
