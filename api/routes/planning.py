"""When the two meet next."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Call, Caller
from api.conditional import IfMatch, only_if
from api.guard import GuardedQuick
from api.openapi import refusals
from api.replies import answer
from api.schemas.planning import NewNextSession
from api.schemas.queries import NoQuery
from coach.errors import NotFound
from coach.model.sessions import NextSession

router = APIRouter(
    prefix="/v1/mentorships/{mentorship_id}", tags=["sessions"], route_class=GuardedQuick
)


@router.put("/next-session", response_model=NextSession, responses=refusals(404, 412))
def plan_session(
    asked: Caller,
    mentorship_id: str,
    body: NewNextSession,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Say when the two meet next, in place of what was said before."""
    _plan(asked, mentorship_id, body.value(), if_match)
    return answer(asked.coach.next_session(asked.principal, mentorship_id))


@router.get("/next-session", response_model=NextSession, responses=refusals(404))
def get_next_session(asked: Caller, mentorship_id: str, _: Annotated[NoQuery, Query()]) -> Response:
    """When the two meet next, until that day is over."""
    return answer(asked.coach.next_session(asked.principal, mentorship_id))


@router.delete("/next-session", status_code=204, responses=refusals(404, 412))
def drop_next_session(
    asked: Caller, mentorship_id: str, _: Annotated[NoQuery, Query()], if_match: IfMatch = None
) -> Response:
    """Take back when the two meet next."""
    asked.coach.next_session(asked.principal, mentorship_id)
    _plan(asked, mentorship_id, None, if_match)
    return Response(status_code=204)


def _plan(
    asked: Call, mentorship_id: str, planned: NextSession | None, if_match: str | None
) -> None:
    named = (asked.principal, mentorship_id)

    def current() -> NextSession | None:
        asked.coach.mentorship(*named)
        try:
            return asked.coach.next_session(*named)
        except NotFound:
            return None

    only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        current,
        lambda seen: asked.coach.plan_session(*named, planned, if_revision=seen),
    )
