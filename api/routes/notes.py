"""Notes of a session."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.conditional import IfMatch, only_if
from api.erasures import ERASING, erased
from api.guard import Guarded
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer
from api.schemas.queries import NoQuery
from api.schemas.sessions import NewNote, NotePatch
from api.waiting import Wait, patiently, waited
from coach.ids import NewId
from coach.model.answers import Report
from coach.model.sessions import Note

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["sessions"], route_class=Guarded)


@router.post(
    "/sessions/{session_id}/notes",
    status_code=201,
    response_model=Report,
    responses={**waited(201), **refusals(404, 409)},
)
async def add_note(  # noqa: PLR0913, PLR0917 - one parameter for each part of the request
    asked: Caller,
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
    asked: Caller, mentorship_id: str, note_id: str, _: Annotated[NoQuery, Query()]
) -> Response:
    """One note, with the ETag that its changes may insist on."""
    return answer(asked.coach.note(asked.principal, mentorship_id, note_id))


@router.patch("/notes/{note_id}", response_model=Note, responses=refusals(404, 412))
def share_note(
    asked: Caller,
    mentorship_id: str,
    note_id: str,
    body: NotePatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Change who may see a note; only its poster may."""
    named = (asked.principal, mentorship_id, note_id)
    changed = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.note(*named),
        lambda seen: asked.coach.share_note(*named, body.visibility, if_revision=seen),
    )
    return answer(changed)


@router.delete("/notes/{note_id}", status_code=204, responses={**ERASING, **refusals(404, 412)})
def erase_note(
    asked: Caller,
    mentorship_id: str,
    note_id: str,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Erase a note and all that was made of it; only its poster may."""
    named = (asked.principal, mentorship_id, note_id)
    erasure = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.note(*named),
        lambda seen: asked.coach.erase_note(*named, if_revision=seen),
    )
    return erased(asked, erasure)
