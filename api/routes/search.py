"""Search."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.guard import Guarded
from api.openapi import refusals
from api.replies import answer
from api.schemas.queries import SearchQuery
from coach.model.search import SearchAnswer, Within

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)


@router.get("/search", response_model=SearchAnswer, responses=refusals(404))
def search(asked: Caller, mentorship_id: str, query: Annotated[SearchQuery, Query()]) -> Response:
    """The sessions that speak of something, best first; from a day and to a day where given."""
    within = Within(query.since, query.until)
    found = asked.coach.search(
        asked.principal,
        mentorship_id,
        query.as_of,
        query=query.q,
        limit=query.limit,
        within=within,
    )
    return answer(found)
