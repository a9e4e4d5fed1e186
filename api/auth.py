"""What every route needs of a request: the coach, who asks, and the versions it may insist on."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials

from api.guard import bearer
from coach.agreement.access import Principal
from coach.bootstrap import Parts
from coach.use_cases.coach import Coach


class Call(NamedTuple):
    """One request: the coach that answers it, the parts below, and who asks."""

    coach: Coach
    parts: Parts
    principal: Principal
    request: Request


async def call_of(
    request: Request,
    # The key was looked at before; here it says in OpenAPI that one is needed.
    _: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Call:
    """Return the request with who asks."""
    parts: Parts = request.app.state.parts
    return Call(parts.coach, parts, request.state.principal, request)


Caller = Annotated[Call, Depends(call_of)]
