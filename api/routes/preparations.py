"""What one side wants from the next session."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.guard import Guarded
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer
from api.schemas.preparations import NewPreparation
from api.schemas.queries import NoQuery
from coach.ids import NewId
from coach.model.sessions import Preparation

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["sessions"], route_class=Guarded)


@router.post(
    "/preparations", status_code=201, response_model=Preparation, responses=refusals(404, 409)
)
def prepare(
    asked: Caller,
    mentorship_id: str,
    body: NewPreparation,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Keep what one side wants from the next session."""

    def act(new_id: NewId) -> Response:
        made = asked.coach.prepare(
            asked.principal,
            mentorship_id,
            text=body.text,
            visibility=body.visibility,
            new_id=new_id,
        )
        return answer(made, status=201)

    return once(asked, idempotency_key, act)
