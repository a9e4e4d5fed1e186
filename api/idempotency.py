"""Idempotency-Key: a request that is sent again gets its first answer, and acts only once.

Ids are derived from the key, so a retry after a crash finds what the first try stored. Answers are
kept for 24 hours, encrypted with the pepper, for the same asker only. A secret is never kept, and
nothing that was taken back since the answer began.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Annotated

from fastapi import Header, Response

from api.auth import Call
from api.replies import as_json
from coach.errors import Conflict, Invalid, StoreUnavailable
from coach.ids import NewId, random_id
from coach.ports import Answer, Claim
from coach.storage.line import one_patience

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

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

STILL_ANSWERED = "the first request with this Idempotency-Key is still being answered"
_TAKEN_BACK = "this was answered before, and something of it was erased or shared anew since"


def once(
    asked: Call, key: str | None, act: Callable[[NewId], Response], *, secret: str | None = None
) -> Response:
    """Act, or return the stored answer.

    Raises Invalid for another request under the same key. Raises Conflict while the first one runs,
    and when its answer may not be repeated: something of it was taken back, or it held a secret.
    Then `secret` tells the asker what to do.
    """
    if key is None:
        return act(random_id)
    with one_patience():
        return _once(asked, _Names(asked, key), act, secret=secret)


def _once(
    asked: Call, names: "_Names", act: Callable[[NewId], Response], *, secret: str | None
) -> Response:
    store, claim = asked.parts.store, names.claim
    earlier = store.begin_answer(claim, at=asked.request.app.state.clock())
    if earlier is not None:
        return _again(asked, claim, earlier, secret=secret)
    try:
        response = act(names)
    except BaseException:
        store.drop_answer(claim)
        raise
    body = None if secret else _box(asked).encrypt(bytes(response.body))
    try:
        store.keep_answer(names.claim, status=response.status_code, body=body)
    except StoreUnavailable:
        # It is done; a repeated request would find it again by its derived ids.
        store.drop_answer(claim)
    return response


def _again(asked: Call, claim: Claim, earlier: Answer, *, secret: str | None) -> Response:
    if earlier.request_digest != claim.request_digest:
        raise Invalid("this Idempotency-Key was used for another request")
    if earlier.status is None:
        raise Conflict(STILL_ANSWERED)
    if earlier.body is None:
        raise Conflict(secret or _TAKEN_BACK)
    return as_json(_box(asked).decrypt(earlier.body), status=earlier.status)


class _Names:
    """Derives the ids of what a request makes, so that a repeated request gets the same ones."""

    def __init__(self, asked: Call, key: str) -> None:
        principal = asked.principal
        about = asked.request.path_params.get("mentorship_id") or principal.mentorship_id
        self.claim = Claim(principal.key_id, key, _digest(asked), principal.acts_as, about)
        self._pepper = asked.parts.pepper
        self._numbers = count()

    def __call__(self, kind: str) -> str:
        # The digest is part of the id: without the stored answer, another body makes another thing.
        scope, key, digest = self.claim[:3]
        named = f"{scope}\n{key}\n{digest}\n{next(self._numbers)}".encode()
        made = f"{kind}_{hmac.new(self._pepper, named, hashlib.sha256).hexdigest()[:32]}"
        if kind == "mentorship":
            self.claim = self.claim._replace(mentorship_id=made)
        return made


def _digest(asked: Call) -> str:
    request = asked.request
    named = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(named + request.state.body).hexdigest()


def _box(asked: Call) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 - only for requests with a key

    secret = hmac.new(asked.parts.pepper, b"stored answers", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
