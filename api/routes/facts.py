"""What the coach makes of it all: facts, commitments, brief, reflection, drift, search, export."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.guard import Guarded
from api.openapi import refusals
from api.replies import answer_list
from api.schemas.queries import FactsQuery
from coach.model.facts import Fact

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)


@router.get("/facts", response_model=list[Fact], responses=refusals(404))
def list_facts(
    asked: Caller, mentorship_id: str, query: Annotated[FactsQuery, Query()]
) -> Response:
    """The facts read from the notes the caller may see, oldest first."""
    found = asked.coach.facts(
        asked.principal, mentorship_id, query.as_of, session_id=query.session_id
    )
    return answer_list(found)
