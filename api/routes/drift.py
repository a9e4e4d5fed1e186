"""Drift warnings."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.conditional import IfMatch, only_if
from api.guard import Guarded
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer, answer_list
from api.schemas.drift import Decision
from api.schemas.queries import AsOf, DriftQuery, NoQuery
from coach.drift.decisions import unsettled
from coach.ids import NewId
from coach.model.drift import Drift

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)


@router.get("/drift", response_model=list[Drift], responses=refusals(404))
def list_drift(
    asked: Caller, mentorship_id: str, query: Annotated[DriftQuery, Query()]
) -> Response:
    """Where the sessions have left the contract, the gravest first."""
    found = asked.coach.drift(asked.principal, mentorship_id, query.as_of)
    return answer_list(found if query.status == "all" else unsettled(found))


@router.get("/drift/{drift_id}", response_model=Drift, responses=refusals(404))
def get_drift(
    asked: Caller, mentorship_id: str, drift_id: str, query: Annotated[AsOf, Query()]
) -> Response:
    """One warning, settled or not, with the ETag that a decision on it may insist on."""
    return answer(asked.coach.warning(asked.principal, mentorship_id, drift_id, query.as_of))


@router.post("/drift/{drift_id}/decision", response_model=Drift, responses=refusals(404, 409, 412))
def decide(  # noqa: PLR0913, PLR0917 - one parameter for each part of the request
    asked: Caller,
    mentorship_id: str,
    drift_id: str,
    body: Decision,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Response:
    """Decide on a warning: return to the agreement, amend it, mute the warning or dispute it.

    The answer is the warning as it then stands. The other side sees the decision where shared
    notes alone raise the warning.
    """
    named = (asked.principal, mentorship_id, drift_id)

    def act(new_id: NewId) -> Response:
        settling = body.value(new_id)
        settled = only_if(
            asked.parts.store,
            mentorship_id,
            if_match,
            lambda: asked.coach.warning(*named),
            lambda seen: asked.coach.decide(*named, settling, if_revision=seen),
        )
        return answer(settled)

    return once(asked, idempotency_key, act)
