"""Sessions, their notes, and what each side prepares."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asking import Asking, IdempotencyKey, IfMatch, answer, answer_list, only_if
from api.bodies import AsOf, NewNote, NewPreparation, NewSession, NoQuery, NotePatch, SessionPatch
from api.erasures import ERASING, erased
from api.guard import Guarded
from api.once import once
from api.patience import Wait, patiently, waited
from api.responses import refusals
from coach.ids import NewId
from coach.model import Note, Preparation, Report, Session

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["sessions"], route_class=Guarded)


@router.post(
    "/sessions",
    status_code=201,
    response_model=Report,
    responses={**waited(201), **refusals(404, 409)},
)
async def record_session(
    asked: Asking,
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
def list_sessions(asked: Asking, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """Every session with the notes the caller may see, oldest first."""
    return answer_list(asked.coach.sessions(asked.principal, mentorship_id, query.as_of))


@router.get("/sessions/{session_id}", response_model=Session, responses=refusals(404))
def get_session(
    asked: Asking, mentorship_id: str, session_id: str, query: Annotated[AsOf, Query()]
) -> Response:
    """One session with the notes the caller may see."""
    return answer(asked.coach.session(asked.principal, mentorship_id, session_id, query.as_of))


@router.patch("/sessions/{session_id}", response_model=Session, responses=refusals(404, 409, 412))
def change_session(
    asked: Asking,
    mentorship_id: str,
    session_id: str,
    body: SessionPatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Correct a session's day, length or channel; only its poster may, while nothing of others hangs on it."""
    named = (asked.principal, mentorship_id, session_id)
    with only_if(mentorship_id, if_match, lambda: asked.coach.newest_session(*named)):
        return answer(asked.coach.change_session(*named, body.value()))


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    responses={**ERASING, **refusals(404, 409, 412)},
)
def erase_session(
    asked: Asking,
    mentorship_id: str,
    session_id: str,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Erase a session: its poster while nothing of others hangs on it, or an admin."""
    named = (asked.principal, mentorship_id, session_id)
    with only_if(mentorship_id, if_match, lambda: asked.coach.newest_session(*named)):
        erasure = asked.coach.erase_session(*named)
    return erased(asked, erasure)


@router.get(
    "/sessions/{session_id}/report",
    response_model=Report,
    responses={**waited(200), **refusals(404)},
)
async def get_report(
    asked: Asking, mentorship_id: str, session_id: str, query: Annotated[AsOf, Query()], wait: Wait
) -> Response:
    """What the coach makes of one session."""

    def act(wait: float | None) -> Response:
        made = asked.coach.report(
            asked.principal, mentorship_id, session_id, query.as_of, wait=wait
        )
        return answer(made)

    return await patiently(asked, wait, act)


@router.post(
    "/sessions/{session_id}/notes",
    status_code=201,
    response_model=Report,
    responses={**waited(201), **refusals(404, 409)},
)
async def add_note(  # noqa: PLR0913, PLR0917 - one parameter for each part of the request
    asked: Asking,
    mentorship_id: str,
    session_id: str,
    body: NewNote,
    _: Annotated[NoQuery, Query()],
    wait: Wait,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Keep one more note of a session, then read it."""

    def act(wait: float | None) -> Response:
        def kept(new_id: NewId) -> Response:
            made = asked.coach.add_note(
                asked.principal, mentorship_id, session_id, body.value(), new_id=new_id, wait=wait
            )
            return answer(made, status=201)

        return once(asked, idempotency_key, kept)

    return await patiently(asked, wait, act)


@router.get("/notes/{note_id}", response_model=Note, responses=refusals(404))
def get_note(
    asked: Asking, mentorship_id: str, note_id: str, _: Annotated[NoQuery, Query()]
) -> Response:
    """One note, with the ETag that its changes may insist on."""
    return answer(asked.coach.note(asked.principal, mentorship_id, note_id))


@router.patch("/notes/{note_id}", response_model=Note, responses=refusals(404, 412))
def share_note(
    asked: Asking,
    mentorship_id: str,
    note_id: str,
    body: NotePatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Change who may see a note; only its poster may."""
    with only_if(
        mentorship_id, if_match, lambda: asked.coach.note(asked.principal, mentorship_id, note_id)
    ):
        return answer(
            asked.coach.share_note(asked.principal, mentorship_id, note_id, body.visibility)
        )


@router.delete("/notes/{note_id}", status_code=204, responses={**ERASING, **refusals(404, 412)})
def erase_note(
    asked: Asking,
    mentorship_id: str,
    note_id: str,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Erase a note and all that was made of it; only its poster may."""
    with only_if(
        mentorship_id, if_match, lambda: asked.coach.note(asked.principal, mentorship_id, note_id)
    ):
        erasure = asked.coach.erase_note(asked.principal, mentorship_id, note_id)
    return erased(asked, erasure)


@router.post(
    "/preparations", status_code=201, response_model=Preparation, responses=refusals(404, 409)
)
def prepare(
    asked: Asking,
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
