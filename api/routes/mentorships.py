"""Mentorships, their keys and their contracts."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.asking import (
    Asked,
    Asking,
    IdempotencyKey,
    IfMatch,
    answer,
    answer_list,
    only_if,
    position_of,
    signed_cursor,
)
from api.bodies import (
    AsOf,
    MentorshipPatch,
    NewContract,
    NewKey,
    NewMentorship,
    NoQuery,
    Nothing,
    PageQuery,
)
from api.erasures import ERASING, ErasureAnswer, erased, told
from api.guard import GuardedQuick
from api.once import once
from api.responses import refusals
from coach.errors import Invalid, NotFound
from coach.ids import NewId
from coach.model import Contract, Mentorship, Role
from coach.people import MADE_BEFORE, MentorshipChange
from coach.ports import StoredKey

router = APIRouter(prefix="/v1/mentorships", tags=["mentorships"], route_class=GuardedQuick)


class MentorshipPage(BaseModel):
    """A page of mentorships; `next` is the cursor of the following one."""

    items: list[Mentorship]
    next: str | None


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


@router.post("", status_code=201, response_model=Mentorship, responses=refusals(409))
def create_mentorship(
    asked: Asking,
    body: NewMentorship,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Record two people who begin to work together."""

    def act(new_id: NewId) -> Response:
        made = asked.coach.create_mentorship(asked.principal, body.value(), new_id=new_id)
        return answer(made, status=201)

    return once(asked, idempotency_key, act)


@router.get("", response_model=MentorshipPage, responses=refusals())
def list_mentorships(asked: Asking, page: Annotated[PageQuery, Query()]) -> Response:
    """All mentorships, a page at a time, oldest first."""
    found = asked.coach.mentorships(
        asked.principal, after=position_of(asked.parts, page.cursor), limit=page.limit + 1
    )
    items = found[: page.limit]
    more = len(found) > page.limit
    cursor = signed_cursor(asked.parts, items[-1].id) if more else None
    return answer(MentorshipPage(items=items, next=cursor))


@router.get("/{mentorship_id}", response_model=Mentorship, responses=refusals(404))
def get_mentorship(asked: Asking, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """One mentorship with its status on a day."""
    return answer(asked.coach.mentorship(asked.principal, mentorship_id, query.as_of))


@router.patch("/{mentorship_id}", response_model=Mentorship, responses=refusals(404, 412))
def change_mentorship(
    asked: Asking,
    mentorship_id: str,
    body: MentorshipPatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Pause, resume or end it, or agree to an external model for one's own side."""
    change = MentorshipChange(frozenset(body.model_fields_set), **body.model_dump())
    if "external_llm" in change.fields and change.external_llm is None:
        raise Invalid("true or false is needed", pointer="/external_llm")
    with only_if(
        mentorship_id, if_match, lambda: asked.coach.mentorship(asked.principal, mentorship_id)
    ):
        return answer(asked.coach.change_mentorship(asked.principal, mentorship_id, change))


@router.delete("/{mentorship_id}", status_code=204, responses={**ERASING, **refusals(404, 412)})
def erase_mentorship(
    asked: Asking,
    mentorship_id: str,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Erase a mentorship with everything in it; its keys end at once."""
    with only_if(
        mentorship_id, if_match, lambda: asked.coach.mentorship(asked.principal, mentorship_id)
    ):
        erasure = asked.coach.erase_mentorship(asked.principal, mentorship_id)
    return erased(asked, erasure)


@router.get("/{mentorship_id}/erasures/{erasure_id}", responses=refusals(404))
def get_erasure(
    asked: Asking, mentorship_id: str, erasure_id: str, _: Annotated[NoQuery, Query()]
) -> ErasureAnswer:
    """Whether the last byte of something erased is gone, for who asked for it and for an admin."""
    return told(asked.coach.erased(asked.principal, mentorship_id, erasure_id))


@router.post(
    "/{mentorship_id}/keys",
    status_code=201,
    response_model=NewKeyAnswer,
    responses=refusals(404, 409),
)
def mint_key(
    asked: Asking,
    mentorship_id: str,
    body: NewKey,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """A key for the mentor, the mentee or a tool; its secret is in this answer alone, also when sent again."""

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
def list_keys(asked: Asking, mentorship_id: str, _: Annotated[NoQuery, Query()]) -> Response:
    """Every key of a mentorship, without secrets, revoked ones included."""
    return answer_list([_key(each) for each in asked.coach.keys(asked.principal, mentorship_id)])


@router.delete("/{mentorship_id}/keys/{key_id}", status_code=204, responses=refusals(404))
def revoke_key(
    asked: Asking, mentorship_id: str, key_id: str, _: Annotated[NoQuery, Query()]
) -> Response:
    """Refuse a key from the next request on."""
    asked.coach.revoke_key(asked.principal, mentorship_id, key_id)
    return Response(status_code=204)


@router.put(
    "/{mentorship_id}/contract",
    status_code=201,
    response_model=Contract,
    responses=refusals(404, 412),
)
def put_contract(
    asked: Asking,
    mentorship_id: str,
    body: NewContract,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """The next version of the contract, in force from its day."""
    ids = [goal.id for goal in body.goals]
    if len(set(ids)) != len(ids):
        raise Invalid("two goals have the same id", pointer="/goals")
    with only_if(mentorship_id, if_match, lambda: _in_force(asked, mentorship_id)):
        made = asked.coach.agree_on_contract(asked.principal, mentorship_id, body.value())
        return answer(made, status=201)


@router.post(
    "/{mentorship_id}/contract/{version}/agreement",
    response_model=Contract,
    responses=refusals(404, 409),
)
def agree(
    asked: Asking,
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
def get_contract(asked: Asking, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """The version in force on a day."""
    return answer(asked.coach.contract(asked.principal, mentorship_id, query.as_of))


@router.get(
    "/{mentorship_id}/contract/versions", response_model=list[Contract], responses=refusals(404)
)
def list_versions(asked: Asking, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """Every version, lowest first."""
    return answer_list(asked.coach.contract_versions(asked.principal, mentorship_id, query.as_of))


def _in_force(asked: Asked, mentorship_id: str) -> Contract | None:
    """The contract that GET would show, None before the first; NotFound for another mentorship."""
    asked.coach.mentorship(asked.principal, mentorship_id)
    try:
        return asked.coach.contract(asked.principal, mentorship_id)
    except NotFound:
        return None


def _key(stored: StoredKey) -> Key:
    return Key(
        id=stored.id,
        acts_as=stored.acts_as,
        expires_on=stored.expires_on,
        made_at=stored.made_at,
        revoked_at=stored.revoked_at,
    )
