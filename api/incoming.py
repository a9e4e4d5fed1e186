"""What arrives: headers and bodies of a size, within a time, and nothing kept of what is too much."""

import asyncio
from contextlib import suppress

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from api.problems import Refusal
from api.strict_json import strict_json

LARGEST_BODY = 1_000_000
LARGEST_HEADERS = 16_384
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
# A body of this size is read in a millisecond at most, whatever is in it (20,000 brackets take 5); handing it to a
# thread takes a tenth of that. A larger one would keep every other request waiting, /healthz too.
_SMALL = 4096
# For this long a connection is listened to after its refusal: closed at once, it would lose the refusal itself.
_LINGER_SECONDS = 1.0


class Gone(Exception):
    """The client left before its request was whole."""


class Incoming:
    """The body of one request as it arrives; knows whether it is whole."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        self._receive = receive
        self.whole = not (
            "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        )

    async def __call__(self) -> Message:
        """The next message."""
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            self.whole = True
        return message

    async def drop_the_rest(self) -> None:
        """Take what is still sent and forget it: for a moment, and at most as much as a body may have."""
        left = LARGEST_BODY
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                while not self.whole and left > 0:
                    message = await self()
                    if message["type"] == "http.disconnect":
                        return
                    left -= len(message.get("body", b""))


class Checked(Request):
    """A request whose body was read and checked before anything is made of it."""

    async def body(self) -> bytes:
        """The bytes as they came."""
        return bytes(self.state.body)

    async def json(self) -> object:
        """The value that was read from them."""
        return self.state.json


def check_headers(headers: Headers) -> None:
    """Raise Refusal for what the headers alone say cannot be taken."""
    if sum(len(name) + len(value) for name, value in headers.raw) > LARGEST_HEADERS:
        raise Refusal(431, f"at most {LARGEST_HEADERS} bytes of headers are taken")
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refusal(415, "compressed bodies are not taken")
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise Refusal(400, "Content-Length is not a number")
    if len(length.lstrip("0")) > 9 or int(length) > LARGEST_BODY:
        raise _too_large()


async def checked(request: Request, readers: CapacityLimiter, *, seconds: float) -> Checked:
    """The request with its whole body: at most 1 MB of strict JSON where one is sent, within so many seconds."""
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
