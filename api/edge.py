"""The edge: every request gets an id, one strict JSON parser, and an answer, whatever happens."""

import json
import logging
import math
import re
import time
import uuid
from collections.abc import Iterator
from typing import NoReturn

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ProblemError, problem

LARGEST_BODY = 1_000_000
DEEPEST = 64
_LONGEST_NUMBER = 18
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})

logger = logging.getLogger("coach.api")


class Refusal(Exception):
    """A body that cannot be taken."""

    def __init__(self, status: int, detail: str, *, pointer: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.pointer = pointer


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
        try:
            body = await _body(scope, receive)
            scope["state"]["body"] = body
            await self._app(scope, _replay(body, receive), answer.send)
        except Refusal as refusal:
            await answer.refuse(refusal)
        except Exception as error:  # noqa: BLE001 - the last resort: nothing private may reach a log
            answer.failed(error)
            await answer.refuse(Refusal(500, ""))
        finally:
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
        errors = (
            [ProblemError(pointer=refusal.pointer, detail=refusal.detail)]
            if refusal.status == 422
            else []
        )
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
    if headers.get("content-encoding", "identity") != "identity":
        raise Refusal(415, "compressed bodies are not taken")
    if (
        headers.get("content-length", "0").isdigit()
        and int(headers.get("content-length", "0")[:12]) > LARGEST_BODY
    ):
        raise Refusal(413, f"at most {LARGEST_BODY} bytes are taken")
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            raise Refusal(413, f"at most {LARGEST_BODY} bytes are taken")
    if body and scope["method"] in _WITH_BODY:
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refusal(415, "send application/json")
        check_json(bytes(body))
    return bytes(body)


def check_json(body: bytes) -> None:
    """Raise Refusal unless this is one strict JSON value that every part of the service can keep.

    UTF-8 without a byte order mark, depth at most 64, no NaN or infinity, no key twice, integers of at most
    18 digits, no NUL and no lone surrogate in any string.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "the body is not UTF-8") from error
    if _depth(text) > DEEPEST:
        raise Refusal(422, f"nested deeper than {DEEPEST}")
    try:
        value = json.loads(
            text,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_finite,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "the body is not JSON") from error
    for pointer, said in _strings(value):
        if "\x00" in said:
            raise Refusal(422, "a NUL character cannot be kept", pointer=pointer)
        if any("\ud800" <= sign <= "\udfff" for sign in said):
            raise Refusal(422, "a lone surrogate cannot be kept", pointer=pointer)


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in _STRUCTURE.finditer(text):
        if sign[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign[0] in "]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> NoReturn:
    raise Refusal(422, f"{name} is not a JSON number")


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise Refusal(422, f"a number has more than {_LONGEST_NUMBER} digits")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Refusal(422, "a number is too large")
    return number


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Refusal(422, "a key occurs twice")
    return value


def _strings(value: object, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a value with the pointer to it; keys are at their object."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, list):
        for position, each in enumerate(value):
            yield from _strings(each, f"{pointer}/{position}")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield pointer, key
            yield from _strings(each, f"{pointer}/{key if key.isidentifier() else '?'}"[:200])
