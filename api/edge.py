"""The edge: every request gets an id, its size and JSON checked, and an answer, whatever happens."""

import logging
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ProblemError, Refusal, problem
from api.strict_json import check_json

LARGEST_BODY = 1_000_000
LARGEST_HEADERS = 16_384
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})

logger = logging.getLogger("coach.api")


class _Gone(Exception):
    """The client left before its request was whole."""


class Edge:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        scope.setdefault("state", {})["request_id"] = answer.request_id
        failure = None
        try:
            body = await _body(scope, receive)
            scope["state"]["body"] = body
            await self._app(scope, _replay(body, receive), answer.send)
        except Refusal as refusal:
            await answer.refuse(refusal)
        except _Gone:
            pass
        except Exception as error:  # noqa: BLE001 - the last resort: nothing private may reach a log
            failure = error
        # Not in the handler: a log that cannot be written tells the error that is being handled.
        if failure is not None:
            answer.failed(failure)
            await answer.refuse(Refusal(500, ""))
        answer.log()


class _Answer:
    """Sends one answer, with the headers that all answers have, and logs it without private text."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.request_id = str(uuid.uuid4())
        self._scope = scope
        self._send = send
        self._began = time.perf_counter()
        self._status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self.request_id
            headers["Cache-Control"] = "no-store"
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Server-Timing"] = f"app;dur={self._milliseconds():.1f}"
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        if self._status:
            return  # the answer has begun: the connection closes on it
        errors = [ProblemError(pointer="", detail=refusal.detail)] if refusal.status == 422 else []
        response = problem(self.request_id, refusal.status, refusal.detail, errors=errors)
        await response(self._scope, _nothing, self.send)

    def failed(self, error: Exception) -> None:
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        line = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        logger.error(
            "request failed",
            extra={"request_id": self.request_id, "error": type(error).__name__, "at": line},
        )

    def log(self) -> None:
        route = self._scope.get("route")
        logger.info(
            "answered",
            extra={
                "request_id": self.request_id,
                "method": self._scope["method"],
                "route": getattr(route, "path", "-"),
                "status": self._status,
                "ms": round(self._milliseconds(), 1),
            },
        )

    def _milliseconds(self) -> float:
        return (time.perf_counter() - self._began) * 1000


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the application the body that was read here, then what the connection says."""
    given = False

    async def again() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return again


async def _body(scope: Scope, receive: Receive) -> bytes:
    """The whole body, checked: at most 1 MB of strict JSON where one is sent."""
    headers = Headers(scope=scope)
    _check_headers(headers)
    body = await _received(receive)
    if body and scope["method"] in _WITH_BODY:
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refusal(415, "send application/json")
        check_json(body)
    return body


def _check_headers(headers: Headers) -> None:
    if sum(len(name) + len(value) for name, value in headers.raw) > LARGEST_HEADERS:
        raise Refusal(431, f"at most {LARGEST_HEADERS} bytes of headers are taken")
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refusal(415, "compressed bodies are not taken")
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise Refusal(400, "Content-Length is not a number")
    if len(length.lstrip("0")) > 9 or int(length) > LARGEST_BODY:
        raise _too_large()


async def _received(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            raise _too_large()
    return bytes(body)


def _too_large() -> Refusal:
    return Refusal(413, f"at most {LARGEST_BODY} bytes are taken")
