"""What every route needs of a request: the coach, the asker, and If-Match."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials

from api.guard import bearer
from coach.agreement.access import Principal
from coach.bootstrap import Parts
from coach.use_cases.coach import Coach


class Call(NamedTuple):
    """One request: the coach that answers it, its parts, and the asker."""

    coach: Coach
    parts: Parts
    principal: Principal
    request: Request


async def call_of(
    request: Request,
    # The key is checked before; this parameter only documents it in OpenAPI.
    _: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Call:
    """Return the request with its asker."""
    parts: Parts = request.app.state.parts
    return Call(parts.coach, parts, request.state.principal, request)


Caller = Annotated[Call, Depends(call_of)]
