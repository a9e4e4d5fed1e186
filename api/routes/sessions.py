"""Sessions, their notes, and what each side prepares."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.conditional import IfMatch, only_if
from api.erasures import ERASING, erased
from api.guard import Guarded
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer, answer_list
from api.schemas.queries import AsOf, NoQuery
from api.schemas.sessions import NewSession, SessionPatch
from api.waiting import Wait, patiently, waited
from coach.ids import NewId
from coach.model.answers import Report
from coach.model.sessions import Session

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["sessions"], route_class=Guarded)


@router.post(
    "/sessions",
    status_code=201,
    response_model=Report,
    responses={**waited(201), **refusals(404, 409)},
)
async def record_session(
    asked: Caller,
    mentorship_id: str,
    body: NewSession,
    _: Annotated[NoQuery, Query()],
    wait: Wait,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Keep a session and its notes, then read them; the report is the caller's view."""

    def act(wait: float | None) -> Response:
        def kept(new_id: NewId) -> Response:
            made = asked.coach.record_session(
                asked.principal, mentorship_id, body.value(), new_id=new_id, wait=wait
            )
            return answer(made, status=201)

        return once(asked, idempotency_key, kept)

    return await patiently(asked, wait, act)


@router.get("/sessions", response_model=list[Session], responses=refusals(404))
def list_sessions(asked: Caller, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """Every session with the notes the caller may see, oldest first."""
    return answer_list(asked.coach.sessions(asked.principal, mentorship_id, query.as_of))


@router.get("/sessions/{session_id}", response_model=Session, responses=refusals(404))
def get_session(
    asked: Caller, mentorship_id: str, session_id: str, query: Annotated[AsOf, Query()]
) -> Response:
    """One session with the notes the caller may see."""
    return answer(asked.coach.session(asked.principal, mentorship_id, session_id, query.as_of))


@router.patch("/sessions/{session_id}", response_model=Session, responses=refusals(404, 409, 412))
def change_session(
    asked: Caller,
    mentorship_id: str,
    session_id: str,
    body: SessionPatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Correct a session's day, length or channel.

    Only its poster may, while nothing of others depends on it.
    """
    named = (asked.principal, mentorship_id, session_id)
    change = body.value()
    changed = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.newest_session(*named),
        lambda seen: asked.coach.change_session(*named, change, if_revision=seen),
    )
    return answer(changed)


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    responses={**ERASING, **refusals(404, 409, 412)},
)
def erase_session(
    asked: Caller,
    mentorship_id: str,
    session_id: str,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Erase a session: its poster while nothing of others hangs on it, or an admin."""
    named = (asked.principal, mentorship_id, session_id)
    erasure = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.newest_session(*named),
        lambda seen: asked.coach.erase_session(*named, if_revision=seen),
    )
    return erased(asked, erasure)


@router.get(
    "/sessions/{session_id}/report",
    response_model=Report,
    responses={**waited(200), **refusals(404)},
)
async def get_report(
    asked: Caller, mentorship_id: str, session_id: str, query: Annotated[AsOf, Query()], wait: Wait
) -> Response:
    """What the coach makes of one session."""

    def act(wait: float | None) -> Response:
        made = asked.coach.report(
            asked.principal, mentorship_id, session_id, query.as_of, wait=wait
        )
        return answer(made)

    return await patiently(asked, wait, act)
