"""People who can sign in, and who asks."""

from datetime import datetime
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.auth import Call, Caller
from api.guard import GuardedQuick, WorkLimits
from api.idempotency import IdempotencyKey, once
from api.mailing import Mailer, letter_for
from api.openapi import refusals
from api.replies import answer
from api.schemas.fields import Nothing
from api.schemas.people import NewPerson
from api.schemas.queries import NoQuery
from api.web.addresses import base_of, sign_in_link
from api.web.signed_in import secret_of
from coach.agreement.access import Principal
from coach.bootstrap import Parts
from coach.ids import NewId
from coach.model.people import Person, Role
from coach.use_cases.people import INVITED_BEFORE, SignedIn


class ByKeyOrSignedIn(GuardedQuick):
    """A route for who has a key, and for who is signed in in a browser."""

    async def _asker(self, request: Request, limits: WorkLimits) -> Principal:
        request.state.signed_in = None
        secret = secret_of(request)
        if secret is None or "authorization" in request.headers:
            return await super()._asker(request, limits)
        parts: Parts = request.app.state.parts
        found = await to_thread.run_sync(parts.coach.signed_in, secret, limiter=limits.looking_up)
        request.state.signed_in = found
        return Principal(found.person_id, "admin" if found.account.administers else "tool", None)


router = APIRouter(prefix="/v1", tags=["people"], route_class=GuardedQuick)
me_router = APIRouter(prefix="/v1", tags=["people"], route_class=ByKeyOrSignedIn)


class InviteAnswer(BaseModel):
    """A link that signs somebody in once; it is shown this once.

    `mailed` tells whether it went to the person's e-mail address too.
    """

    url: str
    expires_at: datetime
    mailed: bool


class Part(BaseModel):
    """A mentorship, and as whom the asker acts in it."""

    id: str
    role: Literal["mentor", "mentee", "tool"]


class Me(BaseModel):
    """Who asks; `person` is given where somebody is signed in.

    That person acts in each mentorship on their side of it.
    """

    person: Person | None
    acts_as: Role | Literal["person"]
    mentorships: list[Part]


@router.post("/people", status_code=201, response_model=Person, responses=refusals(409))
def add_person(
    asked: Caller,
    body: NewPerson,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Record somebody who can sign in once a link was made for them."""

    def act(new_id: NewId) -> Response:
        made = asked.coach.add_person(asked.principal, body.value(), new_id=new_id)
        return answer(made, status=201)

    return once(asked, idempotency_key, act)


@router.post(
    "/people/{person_id}/invites",
    status_code=201,
    response_model=InviteAnswer,
    responses=refusals(404, 409),
)
def invite(
    asked: Caller,
    person_id: str,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
    body: Nothing | None = None,
) -> Response:
    """A link that signs somebody in once, in place of those they have not opened yet."""

    def act(_: NewId) -> Response:
        made = asked.coach.invite(asked.principal, person_id)
        url = sign_in_link(base_of(asked.request), made.token)
        account = asked.parts.store.account(made.person_id)
        mailer: Mailer = asked.request.app.state.mailer
        mailed = mailer.send(letter_for(account, url, made.expires_at))
        told = InviteAnswer(url=url, expires_at=made.expires_at, mailed=mailed)
        return answer(told, status=201)

    return once(asked, idempotency_key, act, secret=INVITED_BEFORE)


@me_router.get("/me", response_model=Me, responses=refusals())
def me(asked: Caller, _: Annotated[NoQuery, Query()]) -> Response:
    """Who asks, and what they are part of: by a key, or signed in."""
    found: SignedIn | None = asked.request.state.signed_in
    return answer(_of_key(asked) if found is None else _of_person(asked, found))


def _of_key(asked: Call) -> Me:
    principal = asked.principal
    if principal.acts_as == "admin" or principal.mentorship_id is None:
        return Me(person=None, acts_as=principal.acts_as, mentorships=[])
    part = Part(id=principal.mentorship_id, role=principal.acts_as)
    return Me(person=None, acts_as=principal.acts_as, mentorships=[part])


def _of_person(asked: Call, found: SignedIn) -> Me:
    return Me(
        person=found.account.person,
        acts_as="admin" if found.account.administers else "person",
        mentorships=[
            Part(id=each.mentorship.id, role=each.side)
            for each in asked.coach.memberships(found.person_id)
        ],
    )
