"""Facts and corrections of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.conditional import IfMatch, only_if
from api.guard import Guarded
from api.openapi import refusals
from api.replies import answer, answer_list
from api.schemas.facts import FactPatch
from api.schemas.queries import AsOf, FactsQuery, NoQuery
from coach.model.facts import Fact

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)


@router.get("/facts", response_model=list[Fact], responses=refusals(404))
def list_facts(
    asked: Caller, mentorship_id: str, query: Annotated[FactsQuery, Query()]
) -> Response:
    """The facts read from the notes the caller may see, oldest first."""
    found = asked.coach.facts(
        asked.principal,
        mentorship_id,
        query.as_of,
        session_id=query.session_id,
        hidden=query.hidden,
    )
    return answer_list(found)


@router.get("/facts/{fact_id}", response_model=Fact, responses=refusals(404))
def get_fact(
    asked: Caller, mentorship_id: str, fact_id: str, query: Annotated[AsOf, Query()]
) -> Response:
    """One fact, hidden or not, with the ETag that its changes may insist on."""
    return answer(asked.coach.fact(asked.principal, mentorship_id, fact_id, query.as_of))


@router.patch("/facts/{fact_id}", response_model=Fact, responses=refusals(404, 412))
def correct_fact(
    asked: Caller,
    mentorship_id: str,
    fact_id: str,
    body: FactPatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Give a fact another kind, or hide it.

    A person's word replaces every reader's, for all who may see the fact.
    """
    named = (asked.principal, mentorship_id, fact_id)
    word = body.value()
    corrected = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.newest_fact(*named),
        lambda seen: asked.coach.correct_fact(*named, word, if_revision=seen),
    )
    return answer(corrected)
