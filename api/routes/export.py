"""Export."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.guard import Guarded
from api.openapi import refusals
from api.replies import answer
from api.schemas.queries import AsOf
from coach.model.answers import Export

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)


@router.get("/export", response_model=Export, responses=refusals(404))
def export(asked: Caller, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """Everything the caller may see, as one JSON."""
    return answer(asked.coach.export(asked.principal, mentorship_id, query.as_of))
