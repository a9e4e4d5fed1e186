"""The mentor's brief and the mentee's reflection."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.auth import Caller
from api.guard import Guarded
from api.negotiation import preferred
from api.openapi import Responses, refusals
from api.problems import problem, request_id
from api.replies import answer
from api.schemas.queries import AsOf
from api.waiting import Wait, patiently, waited
from api.web.pages import brief_page, reflection_page
from coach.model.answers import Brief, Reflection

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)

_PAGES: Responses = {
    200: {
        **waited(200)[200],
        "content": {
            "text/markdown": {"schema": {"type": "string"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }
}


@router.get("/brief", response_model=Brief, responses={**_PAGES, **refusals(404, 406)})
async def get_brief(
    asked: Caller, mentorship_id: str, query: Annotated[AsOf, Query()], request: Request, wait: Wait
) -> Response:
    """The page to read before the next session, for the key's side."""
    kind = preferred(request.headers.get("accept"))
    if kind is None:
        return problem(request_id(request), 406)

    def act(wait: float | None) -> Response:
        brief = asked.coach.brief(asked.principal, mentorship_id, query.as_of, wait=wait)
        if kind == "application/json":
            return answer(brief)
        mentorship = asked.coach.mentorship(asked.principal, mentorship_id, query.as_of)
        if kind == "text/html":
            return _page(brief_page(brief, mentorship, "html"), kind)
        return _page(brief_page(brief, mentorship, "md"), kind)

    return await patiently(asked, wait, act)


@router.get("/reflection", response_model=Reflection, responses={**_PAGES, **refusals(404, 406)})
async def get_reflection(
    asked: Caller, mentorship_id: str, query: Annotated[AsOf, Query()], request: Request, wait: Wait
) -> Response:
    """Prompts for the mentee to prepare with."""
    kind = preferred(request.headers.get("accept"))
    if kind is None:
        return problem(request_id(request), 406)

    def act(wait: float | None) -> Response:
        reflection = asked.coach.reflection(asked.principal, mentorship_id, query.as_of, wait=wait)
        if kind == "application/json":
            return answer(reflection)
        mentorship = asked.coach.mentorship(asked.principal, mentorship_id, query.as_of)
        if kind == "text/html":
            return _page(reflection_page(reflection, mentorship, "html"), kind)
        return _page(reflection_page(reflection, mentorship, "md"), kind)

    return await patiently(asked, wait, act)


def _page(text: str, kind: str) -> Response:
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "Vary": "Accept",
    }
    return Response(text, media_type=kind, headers=headers)
