"""Answers to an erasure: 204 when the last byte is gone, else 202 and where to ask."""

from typing import Literal

from fastapi import Response
from pydantic import BaseModel

from api.auth import Call
from api.openapi import Responses
from coach.model.people import BOTH, Mentorship, Side
from coach.ports import Erasure

_WAIT_SECONDS = 2.0
"""Most erasures are done by then: 0.5 s with 1,000 notes in the index, measured on 2 busy cores."""


class ErasureAnswer(BaseModel):
    """Something erased that nobody sees any more; `pending` while bytes of it are left in files."""

    id: str
    status: Literal["pending", "done"]


class ErasureAsked(BaseModel):
    """One side wants the mentorship erased; it is once those that are `needed` ask for the same."""

    status: Literal["asked"] = "asked"
    asked_by: list[Side]
    needed: list[Side]


ERASING: Responses = {
    202: {
        "model": ErasureAnswer,
        "description": "Nobody is told of it any more, and its bytes are gone soon: ask at "
        "Location",
        "headers": {"Location": {"schema": {"type": "string"}}},
    }
}
"""The OpenAPI response of an erasure that goes on."""


def erased(asked: Call, erasure: Erasure) -> Response:
    """Return the answer to an erasure, after a short wait for its end. Hold no lock meanwhile."""
    now = asked.coach.erased(
        asked.principal, erasure.mentorship_id, erasure.id, within_seconds=_WAIT_SECONDS
    )
    if now.done:
        return Response(status_code=204)
    place = f"/v1/mentorships/{erasure.mentorship_id}/erasures/{erasure.id}"
    return Response(
        told(now).model_dump_json(),
        status_code=202,
        media_type="application/json",
        headers={"Location": place},
    )


ASKING: Responses = {
    202: {
        **ERASING[202],
        "model": ErasureAnswer | ErasureAsked,
        "description": "Gone soon, or the other side has yet to ask too: see Location",
    }
}
"""What OpenAPI says where both people may have to ask."""


def asked_for(mentorship: Mentorship) -> Response:
    """The answer to the first of the two sides."""
    asking = mentorship.erasure_asked_by
    found = ErasureAsked(asked_by=list(asking), needed=sorted(BOTH - set(asking)))
    return Response(
        found.model_dump_json(),
        status_code=202,
        media_type="application/json",
        headers={"Location": f"/v1/mentorships/{mentorship.id}"},
    )


def told(erasure: Erasure) -> ErasureAnswer:
    """Return how far an erasure is."""
    return ErasureAnswer(id=erasure.id, status="done" if erasure.done else "pending")
