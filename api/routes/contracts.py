"""Contracts and their versions."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Call, Caller
from api.conditional import IfMatch, only_if
from api.guard import GuardedQuick
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer, answer_list
from api.schemas.contracts import NewContract
from api.schemas.fields import Nothing
from api.schemas.queries import AsOf, NoQuery
from coach.errors import Invalid, NotFound
from coach.model.contract import Contract

router = APIRouter(prefix="/v1/mentorships", tags=["mentorships"], route_class=GuardedQuick)


@router.put(
    "/{mentorship_id}/contract",
    status_code=201,
    response_model=Contract,
    responses=refusals(404, 412),
)
def put_contract(
    asked: Caller,
    mentorship_id: str,
    body: NewContract,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """The next version of the contract, in force from its day."""
    ids = [goal.id for goal in body.goals]
    if len(set(ids)) != len(ids):
        raise Invalid("two goals have the same id", pointer="/goals")
    agreed = body.value()
    made = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: _in_force(asked, mentorship_id),
        lambda seen: asked.coach.agree_on_contract(
            asked.principal, mentorship_id, agreed, if_revision=seen
        ),
    )
    return answer(made, status=201)


@router.post(
    "/{mentorship_id}/contract/{version}/agreement",
    response_model=Contract,
    responses=refusals(404, 409),
)
def agree(
    asked: Caller,
    mentorship_id: str,
    version: int,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
    body: Nothing | None = None,
) -> Response:
    """Add the caller's side to those that agreed."""
    return once(
        asked,
        idempotency_key,
        lambda _: answer(asked.coach.agree(asked.principal, mentorship_id, version)),
    )


@router.get("/{mentorship_id}/contract", response_model=Contract, responses=refusals(404))
def get_contract(asked: Caller, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """The version in force on a day."""
    return answer(asked.coach.contract(asked.principal, mentorship_id, query.as_of))


@router.get(
    "/{mentorship_id}/contract/versions", response_model=list[Contract], responses=refusals(404)
)
def list_versions(asked: Caller, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """Every version, lowest first."""
    return answer_list(asked.coach.contract_versions(asked.principal, mentorship_id, query.as_of))


def _in_force(asked: Call, mentorship_id: str) -> Contract | None:
    """The contract that GET would show, None before the first; NotFound for another mentorship."""
    asked.coach.mentorship(asked.principal, mentorship_id)
    try:
        return asked.coach.contract(asked.principal, mentorship_id)
    except NotFound:
        return None
