"""Is the process up, can it answer."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from api.bodies import NoQuery
from api.responses import refusals
from coach.bootstrap import Parts
from coach.ports import IndexState

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The process is up."""

    status: str = "ok"


class Readiness(BaseModel):
    """The store is open; while the index is not ready, search answers from words alone."""

    status: str = "ready"
    index: IndexState


@router.get("/healthz", responses=refusals())
def healthz(_: Annotated[NoQuery, Query()]) -> Health:
    """Whether the process is up."""
    return Health()


@router.get("/readyz", responses=refusals())
def readyz(request: Request, _: Annotated[NoQuery, Query()]) -> Readiness:
    """Whether requests can be answered, and whether the index is rebuilding."""
    parts: Parts = request.app.state.parts
    return Readiness(index=parts.coach.check())
