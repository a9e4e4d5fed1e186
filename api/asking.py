"""What every route needs of a request: the coach, who asks, and the versions it may insist on."""

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, NamedTuple
from weakref import WeakValueDictionary

from fastapi import Depends, Header, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import BaseModel

from api.guard import bearer
from coach.access import Principal
from coach.bootstrap import Parts
from coach.errors import Invalid, Outdated
from coach.service import Coach
from coach.storage.line import holding, one_patience

# A change waits for the changes of the same two people, which may wait for the disk, and for nobody else's.
_turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
_taking = threading.Lock()


class Asked(NamedTuple):
    """One request: the coach that answers it, the parts below, and who asks."""

    coach: Coach
    parts: Parts
    principal: Principal
    request: Request


async def _asked(
    request: Request,
    # The key was looked at before; here it says in OpenAPI that one is needed.
    _: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Asked:
    parts: Parts = request.app.state.parts
    return Asked(parts.coach, parts, request.state.principal, request)


Asking = Annotated[Asked, Depends(_asked)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="the same key and body get the same answer for 24 hours",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, description="an ETag as the GET gave it"),
]


def answer(value: BaseModel, *, status: int = 200) -> Response:
    """A value as JSON with its ETag."""
    return as_json(value.model_dump_json().encode(), status=status)


def answer_list(values: Sequence[BaseModel]) -> Response:
    """Values as a bare JSON array with its ETag."""
    return as_json(
        b"[" + b",".join(each.model_dump_json().encode() for each in values) + b"]", status=200
    )


def as_json(body: bytes, *, status: int) -> Response:
    """A response of bytes that are JSON already."""
    return Response(
        body, status_code=status, media_type="application/json", headers={"ETag": etag(body)}
    )


def etag(body: bytes) -> str:
    """The strong ETag of an answer: it differs for each audience that sees something else."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


@contextmanager
def only_if(
    mentorship_id: str, expected: str | None, current: Callable[[], BaseModel | None]
) -> Iterator[None]:
    """Do something to a mentorship only while the caller's copy is the newest; raises Outdated.

    `current` gives what the caller would see now, None when there is nothing yet. Also those who expect
    nothing wait for their turn: nothing may change between another's look and its change.
    """
    with _taking:
        taken = _turns.setdefault(mentorship_id, threading.Lock())
    with one_patience() as patience, holding(taken, patience):
        if expected is not None and not _matches(expected, current()):
            raise Outdated("the copy that If-Match names is not the newest")
        yield


def _matches(expected: str, newest: BaseModel | None) -> bool:
    if newest is None:
        return False
    tag = etag(newest.model_dump_json().encode())
    return bool({"*", tag} & {each.strip() for each in expected.split(",")})


def signed_cursor(parts: Parts, position: str) -> str:
    """A cursor that only this service can make."""
    return f"{position}.{_signature(parts, position)}"


def position_of(parts: Parts, cursor: str | None) -> str | None:
    """The position that a cursor names; Invalid when it was not made here."""
    if cursor is None:
        return None
    position, _, signature = cursor.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(parts, position).encode()):
        raise Invalid("this cursor was not made here", pointer="/query/cursor")
    return position


def _signature(parts: Parts, position: str) -> str:
    return hmac.new(parts.pepper, b"cursor" + position.encode(), hashlib.sha256).hexdigest()[:32]
