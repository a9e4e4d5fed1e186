"""Keys of a mentorship."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.auth import Caller
from api.guard import GuardedQuick
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer, answer_list
from api.schemas.keys import NewKey
from api.schemas.queries import NoQuery
from coach.ids import NewId
from coach.model.people import Role
from coach.ports import StoredKey
from coach.use_cases.keys import MADE_BEFORE

router = APIRouter(prefix="/v1/mentorships", tags=["mentorships"], route_class=GuardedQuick)


class Key(BaseModel):
    """A key without its secret."""

    id: str
    acts_as: Role
    expires_on: date | None
    made_at: datetime
    revoked_at: datetime | None


class NewKeyAnswer(BaseModel):
    """A new key; `key` is shown this once."""

    id: str
    key: str
    acts_as: Role
    expires_on: date | None


@router.post(
    "/{mentorship_id}/keys",
    status_code=201,
    response_model=NewKeyAnswer,
    responses=refusals(404, 409),
)
def mint_key(
    asked: Caller,
    mentorship_id: str,
    body: NewKey,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Make a key for the mentor, the mentee or a tool.

    Its secret is in this answer alone: the same request sent again does not show it.
    """

    def act(new_id: NewId) -> Response:
        made = asked.coach.mint_key(
            asked.principal,
            mentorship_id,
            acts_as=body.acts_as,
            expires_on=body.expires_on,
            new_id=new_id if idempotency_key else None,
        )
        shown = NewKeyAnswer(
            id=made.id, key=made.secret, acts_as=body.acts_as, expires_on=body.expires_on
        )
        return answer(shown, status=201)

    return once(asked, idempotency_key, act, secret=MADE_BEFORE)


@router.get("/{mentorship_id}/keys", response_model=list[Key], responses=refusals(404))
def list_keys(asked: Caller, mentorship_id: str, _: Annotated[NoQuery, Query()]) -> Response:
    """Every key of a mentorship, without secrets, revoked ones included."""
    return answer_list([_key(each) for each in asked.coach.keys(asked.principal, mentorship_id)])


@router.delete("/{mentorship_id}/keys/{key_id}", status_code=204, responses=refusals(404))
def revoke_key(
    asked: Caller, mentorship_id: str, key_id: str, _: Annotated[NoQuery, Query()]
) -> Response:
    """Refuse a key from the next request on."""
    asked.coach.revoke_key(asked.principal, mentorship_id, key_id)
    return Response(status_code=204)


def _key(stored: StoredKey) -> Key:
    return Key(
        id=stored.id,
        acts_as=stored.acts_as,
        expires_on=stored.expires_on,
        made_at=stored.made_at,
        revoked_at=stored.revoked_at,
    )
