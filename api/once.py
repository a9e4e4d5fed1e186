"""Idempotency-Key: a request that is sent again gets the answer it got, and happens once.

Ids are derived from the key, so that a retry after a crash finds what the first try already kept. Answers are
stored under a key made from the pepper, for 24 hours, for the same principal alone.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from fastapi import Response

from api.asking import Asked, as_json
from coach.errors import Conflict, Invalid
from coach.ids import NewId, random_id

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def once(asked: Asked, key: str | None, act: Callable[[NewId], Response]) -> Response:
    """Do it, or give the stored answer. Invalid for another request under the same key, Conflict while it runs."""
    if key is None:
        return act(random_id)
    store, scope = asked.parts.store, asked.principal.key_id
    digest = _digest(asked)
    earlier = store.begin_answer(
        scope,
        key,
        digest,
        mentorship_id=asked.principal.mentorship_id,
        at=asked.request.app.state.clock(),
    )
    if earlier is not None:
        if earlier.request_digest != digest:
            raise Invalid("this Idempotency-Key was used for another request")
        if earlier.status is None:
            raise Conflict("the first request with this Idempotency-Key is still being answered")
        if earlier.body is None:
            raise Conflict("this was answered before, and a note was erased or shared anew since")
        return as_json(_box(asked).decrypt(earlier.body), status=earlier.status)
    try:
        response = act(_ids(asked, key, digest))
    except BaseException:
        store.drop_answer(scope, key)
        raise
    body = bytes(response.body)
    store.keep_answer(scope, key, status=response.status_code, body=_box(asked).encrypt(body))
    return response


def _digest(asked: Asked) -> str:
    request = asked.request
    named = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(named + request.state.body).hexdigest()


def _ids(asked: Asked, key: str, digest: str) -> NewId:
    # The digest is part of them: where the stored answer is gone, another body is another thing.
    numbers = count()

    def derived(kind: str) -> str:
        named = f"{asked.principal.key_id}\n{key}\n{digest}\n{next(numbers)}".encode()
        return f"{kind}_{hmac.new(asked.parts.pepper, named, hashlib.sha256).hexdigest()[:32]}"

    return derived


def _box(asked: Asked) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 - only for requests with a key

    secret = hmac.new(asked.parts.pepper, b"stored answers", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
