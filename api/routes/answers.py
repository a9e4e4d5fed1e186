"""What the coach makes of it all: facts, commitments, brief, reflection, drift, search, export."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.asking import Asking, IfMatch, answer, answer_list, only_if
from api.bodies import (
    AsOf,
    CommitmentPatch,
    CommitmentsQuery,
    DriftQuery,
    FactsQuery,
    NoQuery,
    SearchQuery,
)
from api.guard import Guarded
from api.negotiation import preferred
from api.pages import brief_page, reflection_page
from api.patience import Wait, patiently, waited
from api.problems import problem, request_id
from api.responses import Responses, refusals
from coach.model import Brief, Commitment, Drift, Export, Fact, Reflection, SearchAnswer

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


@router.get("/facts", response_model=list[Fact], responses=refusals(404))
def list_facts(
    asked: Asking, mentorship_id: str, query: Annotated[FactsQuery, Query()]
) -> Response:
    """The facts read from the notes the caller may see, oldest first."""
    found = asked.coach.facts(
        asked.principal, mentorship_id, query.as_of, session_id=query.session_id
    )
    return answer_list(found)


@router.get("/commitments", response_model=list[Commitment], responses=refusals(404))
def list_commitments(
    asked: Asking, mentorship_id: str, query: Annotated[CommitmentsQuery, Query()]
) -> Response:
    """The commitments of both sides, oldest first."""
    found = asked.coach.commitments(
        asked.principal, mentorship_id, query.as_of, status=query.status
    )
    return answer_list(found)


@router.get("/commitments/{commitment_id}", response_model=Commitment, responses=refusals(404))
def get_commitment(
    asked: Asking, mentorship_id: str, commitment_id: str, query: Annotated[AsOf, Query()]
) -> Response:
    """One commitment, with the ETag that its changes may insist on."""
    return answer(
        asked.coach.commitment(asked.principal, mentorship_id, commitment_id, query.as_of)
    )


@router.patch(
    "/commitments/{commitment_id}", response_model=Commitment, responses=refusals(404, 412)
)
def correct_commitment(
    asked: Asking,
    mentorship_id: str,
    commitment_id: str,
    body: CommitmentPatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Put a commitment right: a person's word beats the reader's and counts from the day it was made."""
    named = (asked.principal, mentorship_id, commitment_id)
    with only_if(mentorship_id, if_match, lambda: asked.coach.newest_commitment(*named)):
        return answer(asked.coach.correct_commitment(*named, body.value()))


@router.get("/brief", response_model=Brief, responses={**_PAGES, **refusals(404, 406)})
async def get_brief(
    asked: Asking, mentorship_id: str, query: Annotated[AsOf, Query()], request: Request, wait: Wait
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
    asked: Asking, mentorship_id: str, query: Annotated[AsOf, Query()], request: Request, wait: Wait
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


@router.get("/drift", response_model=list[Drift], responses=refusals(404))
def list_drift(
    asked: Asking, mentorship_id: str, query: Annotated[DriftQuery, Query()]
) -> Response:
    """Where the sessions have left the contract, the gravest first."""
    found = asked.coach.drift(asked.principal, mentorship_id, query.as_of)
    wanted = [
        each for each in found if query.status == "all" or each.status in {"open", "to_confirm"}
    ]
    return answer_list(wanted)


@router.get("/search", response_model=SearchAnswer, responses=refusals(404))
def search(asked: Asking, mentorship_id: str, query: Annotated[SearchQuery, Query()]) -> Response:
    """The sessions that speak of something, best first."""
    found = asked.coach.search(
        asked.principal, mentorship_id, query.as_of, query=query.q, limit=query.limit
    )
    return answer(found)


@router.get("/export", response_model=Export, responses=refusals(404))
def export(asked: Asking, mentorship_id: str, query: Annotated[AsOf, Query()]) -> Response:
    """Everything the caller may see, as one JSON."""
    return answer(asked.coach.export(asked.principal, mentorship_id, query.as_of))


def _page(text: str, kind: str) -> Response:
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "Vary": "Accept",
    }
    return Response(text, media_type=kind, headers=headers)
