"""Drift warnings."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.guard import Guarded
from api.openapi import refusals
from api.replies import answer_list
from api.schemas.queries import DriftQuery
from coach.model.drift import Drift

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)


@router.get("/drift", response_model=list[Drift], responses=refusals(404))
def list_drift(
    asked: Caller, mentorship_id: str, query: Annotated[DriftQuery, Query()]
) -> Response:
    """Where the sessions have left the contract, the gravest first."""
    found = asked.coach.drift(asked.principal, mentorship_id, query.as_of)
    wanted = [
        each for each in found if query.status == "all" or each.status in {"open", "to_confirm"}
    ]
    return answer_list(wanted)
