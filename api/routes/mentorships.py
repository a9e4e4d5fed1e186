"""Mentorships, their keys and their contracts."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.auth import Caller
from api.conditional import IfMatch, only_if
from api.erasures import ASKING, ErasureAnswer, asked_for, erased, told
from api.guard import GuardedQuick
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.paging import position_of, signed_cursor
from api.replies import answer
from api.schemas.mentorships import MentorshipPatch, NewMentorship
from api.schemas.queries import AsOf, NoQuery, PageQuery
from coach.errors import Invalid
from coach.ids import NewId
from coach.model.people import Mentorship
from coach.ports import MentorshipChange

router = APIRouter(prefix="/v1/mentorships", tags=["mentorships"], route_class=GuardedQuick)


class MentorshipPage(BaseModel):
    """A page of mentorships; `next` is the cursor of the following one."""

    items: list[Mentorship]
    next: str | None


@router.post("", status_code=201, response_model=Mentorship, responses=refusals(409))
def create_mentorship(
    asked: Caller,
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
def list_mentorships(asked: Caller, page: Annotated[PageQuery, Query()]) -> Response:
    """All mentorships, a page at a time, oldest first."""
    found = asked.coach.mentorships(
        asked.principal, after=position_of(asked.parts, page.cursor), limit=page.limit + 1
    )
    items = found[: page.limit]
    more = len(found) > page.limit
    cursor = signed_cursor(asked.parts, items[-1].id) if more else None
    return answer(MentorshipPage(items=items, next=cursor))


@router.get("/{mentorship_id}", response_model=Mentorship, responses=refusals(404))
def get_mentorship(asked: Caller, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """One mentorship with its status on a day."""
    return answer(asked.coach.mentorship(asked.principal, mentorship_id, query.as_of))


@router.patch("/{mentorship_id}", response_model=Mentorship, responses=refusals(404, 412))
def change_mentorship(
    asked: Caller,
    mentorship_id: str,
    body: MentorshipPatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Pause, resume or end a mentorship, or agree to an external model for one's own side.

    One's own wish to erase the mentorship is taken back here, too.
    """
    change = MentorshipChange(frozenset(body.model_fields_set), **body.model_dump())
    if "external_llm" in change.fields and change.external_llm is None:
        raise Invalid("true or false is needed", pointer="/external_llm")
    named = (asked.principal, mentorship_id)
    changed = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.mentorship(*named),
        lambda seen: asked.coach.change_mentorship(*named, change, if_revision=seen),
    )
    return answer(changed)


@router.delete("/{mentorship_id}", status_code=204, responses={**ASKING, **refusals(404, 412)})
def erase_mentorship(
    asked: Caller,
    mentorship_id: str,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Erase a mentorship with everything in it; its keys end at once.

    An admin may, and both people, who each ask for it. `PATCH` with `erasure_asked: false` takes
    one's own wish back.
    """
    named = (asked.principal, mentorship_id)
    erasure = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.mentorship(*named),
        lambda seen: asked.coach.erase_mentorship(*named, if_revision=seen),
    )
    return asked_for(erasure) if isinstance(erasure, Mentorship) else erased(asked, erasure)


@router.get("/{mentorship_id}/erasures/{erasure_id}", responses=refusals(404))
def get_erasure(
    asked: Caller, mentorship_id: str, erasure_id: str, _: Annotated[NoQuery, Query()]
) -> ErasureAnswer:
    """Whether the last byte of something erased is gone, for who asked for it and for an admin."""
    return told(asked.coach.erased(asked.principal, mentorship_id, erasure_id))
