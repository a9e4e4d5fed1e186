"""Commitments and corrections of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Caller
from api.conditional import IfMatch, only_if
from api.guard import Guarded
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer, answer_list
from api.schemas.commitments import CommitmentPatch, CommitmentsQuery, NewCommitment
from api.schemas.queries import AsOf, NoQuery
from coach.ids import NewId
from coach.model.commitments import Commitment

router = APIRouter(prefix="/v1/mentorships/{mentorship_id}", tags=["answers"], route_class=Guarded)


@router.get("/commitments", response_model=list[Commitment], responses=refusals(404))
def list_commitments(
    asked: Caller, mentorship_id: str, query: Annotated[CommitmentsQuery, Query()]
) -> Response:
    """The commitments of both sides, oldest first."""
    found = asked.coach.commitments(
        asked.principal, mentorship_id, query.as_of, status=query.status
    )
    return answer_list(found)


@router.post(
    "/commitments", status_code=201, response_model=Commitment, responses=refusals(404, 409)
)
def add_commitment(
    asked: Caller,
    mentorship_id: str,
    body: NewCommitment,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Add a promise by hand; it becomes a note of its own.

    Its poster may share that note with others or erase it, by the id in `made_in.note_id`.
    """

    def act(new_id: NewId) -> Response:
        made = asked.coach.add_commitment(
            asked.principal, mentorship_id, body.value(), new_id=new_id
        )
        return answer(made, status=201)

    return once(asked, idempotency_key, act)


@router.get("/commitments/{commitment_id}", response_model=Commitment, responses=refusals(404))
def get_commitment(
    asked: Caller, mentorship_id: str, commitment_id: str, query: Annotated[AsOf, Query()]
) -> Response:
    """One commitment, with the ETag that its changes may insist on."""
    return answer(
        asked.coach.commitment(asked.principal, mentorship_id, commitment_id, query.as_of)
    )


@router.patch(
    "/commitments/{commitment_id}", response_model=Commitment, responses=refusals(404, 412)
)
def correct_commitment(
    asked: Caller,
    mentorship_id: str,
    commitment_id: str,
    body: CommitmentPatch,
    _: Annotated[NoQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Correct a commitment: a person's word replaces the reader's.

    The correction counts from the day on which the commitment was made.
    """
    named = (asked.principal, mentorship_id, commitment_id)
    word = body.value()
    corrected = only_if(
        asked.parts.store,
        mentorship_id,
        if_match,
        lambda: asked.coach.newest_commitment(*named),
        lambda seen: asked.coach.correct_commitment(*named, word, if_revision=seen),
    )
    return answer(corrected)
