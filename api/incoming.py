"""Reads headers and bodies within limits of size and time, and keeps nothing beyond them."""

import asyncio
from contextlib import suppress

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from api.problems import Refusal
from api.strict_json import strict_json

# Bytes: a note of many hours' talk fits. Chosen by hand; not measured.
LARGEST_BODY = 1_000_000
# Bytes; common web servers allow as much. Chosen by hand; not measured.
LARGEST_HEADERS = 16_384
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
# A body up to this size is parsed in a millisecond, whatever is in it (5 ms for 20,000 brackets).
# Handing it to a thread takes a tenth of that. A larger one would delay all other requests.
_SMALL = 4096
# A connection is read this long after its refusal. Closed at once, it would lose the refusal.
_LINGER_SECONDS = 1.0


class Gone(Exception):
    """The client left before its request was complete."""


class Incoming:
    """The body of one request as it arrives, and whether it is complete."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        self._receive = receive
        self.whole = not (
            "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        )

    async def __call__(self) -> Message:
        """Return the next message."""
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            self.whole = True
        return message

    async def drop_the_rest(self) -> None:
        """Read and drop what is still sent, for a moment and up to the size of a body."""
        left = LARGEST_BODY
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                while not self.whole and left > 0:
                    message = await self()
                    if message["type"] == "http.disconnect":
                        return
                    left -= len(message.get("body", b""))


class Checked(Request):
    """A request whose body is read and checked before it is used."""

    async def body(self) -> bytes:
        """Return the bytes as they came."""
        return bytes(self.state.body)

    async def json(self) -> object:
        """Return the value that was parsed from them."""
        return self.state.json


def check_headers(headers: Headers) -> None:
    """Raise Refusal when the headers alone show that the request cannot be taken."""
    if sum(len(name) + len(value) for name, value in headers.raw) > LARGEST_HEADERS:
        raise Refusal(431, f"at most {LARGEST_HEADERS} bytes of headers are taken")
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refusal(415, "compressed bodies are not taken")
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise Refusal(400, "Content-Length is not a number")
    # More digits are too large in any case, and `int` would work long on very many.
    if len(length.lstrip("0")) > 9 or int(length) > LARGEST_BODY:
        raise _too_large()


async def checked(request: Request, readers: CapacityLimiter, *, seconds: float) -> Checked:
    """Return the request with its whole body, which is at most 1 MB of strict JSON.

    Raises Refusal when it is not, or when it takes longer than `seconds`.
    """
    body, value = b"", None
    if request.method in WITH_BODY:
        body = await received(request.receive, seconds=seconds)
    if body:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Refusal(415, "send application/json")
        value = await _read(body, readers)
    request.state.body, request.state.json = body, value
    return Checked(request.scope, request.receive)


async def _read(body: bytes, readers: CapacityLimiter) -> object:
    if len(body) <= _SMALL:
        return strict_json(body)
    return await to_thread.run_sync(strict_json, body, limiter=readers)


async def received(receive: Receive, *, seconds: float) -> bytes:
    """The whole body; Refusal where it is too large or too slow, Gone where the client left."""
    try:
        async with asyncio.timeout(seconds):
            return await _received(receive)
    except TimeoutError:
        raise Refusal(408, f"the body did not arrive within {seconds:g} seconds") from None


async def _received(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            raise _too_large()
    return bytes(body)


def _too_large() -> Refusal:
    return Refusal(413, f"at most {LARGEST_BODY} bytes are taken")
