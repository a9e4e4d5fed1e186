"""The connection to a model server: one limited answer each, and a reason code for every error."""

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom
from typing import Any, NamedTuple

import httpx2

from coach.ports import Barred

BARRED: ContextVar[Barred | None] = ContextVar("barred", default=None)
"""Called once more when a connection is open and before anything is sent on it."""
# Answers have some kilobytes. A hostile one of 195 KB unpacked to 384 MB when it was tried.
MOST_BYTES = 4 * 2**20
# No headers from the vendor's variables, and none that describe this machine.
_SENT = frozenset(
    "accept accept-encoding authorization connection content-length content-type host"
    " transfer-encoding user-agent".split()
)
_KEPT = frozenset({b"content-type", b"retry-after", b"retry-after-ms"})
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Bounds of a random pause, when the server gives none. Chosen by hand; not measured.
_PAUSE_SECONDS = (0.2, 0.5)
_MAY_PASS = frozenset({"unreachable", *(f"http_{code}" for code in (429, 500, 502, 503, 504))})
_DOWN = frozenset({"broken_off", "http_429", "timeout", "unreachable"})
# Errors by class name, parents included, because each vendor has its own class of that name.
_NAMED = {
    **dict.fromkeys(
        ("AttributeError", "LookupError", "RecursionError", "TypeError", "ValueError"),
        "no_completion",
    ),
    **dict.fromkeys(("APITimeoutError", "TimeoutError"), "timeout"),
    "APIConnectionError": "unreachable",
    "ContentFilterFinishReasonError": "filtered",
    "ContextOverflowError": "too_long",
    "LengthFinishReasonError": "cut_short",
}
# Codes that a server sends with its status.
_CALLED = {
    **dict.fromkeys(("content_filter", "content_policy_violation"), "filtered"),
    **dict.fromkeys(("context_length_exceeded", "exceed_context_size_error"), "too_long"),
    **dict.fromkeys(
        ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active"), "quota"
    ),
}


class Fault(NamedTuple):
    """Why no answer came, and the seconds to wait before another try, None for no other try."""

    reason: str
    pause_seconds: float | None


class BrokenAnswer(Exception):
    """An answer that cannot be used, or a question that may no longer be sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Opens a connection for each request and reads the whole answer, up to MOST_BYTES unpacked.

    No connection is kept or shared, because it belongs to the event loop of its call.
    """

    def __init__(self) -> None:
        self._trusted = httpx2.create_ssl_context(trust_env=False)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and return its answer, fully read."""
        sent = httpx2.Request(
            request.method,
            request.url,
            headers={name: request.headers[name] for name in _SENT if name in request.headers},
            stream=request.stream,
            extensions={**request.extensions, "trace": _last_look},
        )
        async with httpx2.AsyncHTTPTransport(verify=self._trusted, trust_env=False) as wire:
            response = await wire.handle_async_request(sent)
            content = await _read(response)
        kept = [(name, value) for name, value in response.headers.raw if name.lower() in _KEPT]
        return httpx2.Response(response.status_code, headers=kept, content=content)


async def _last_look(event: str, _: Mapping[str, Any]) -> None:
    """Check again before sending: connecting takes seconds in which consent may be withdrawn."""
    barred = BARRED.get()
    if barred and event.endswith("send_request_headers.started") and (reason := barred()):
        raise BrokenAnswer(reason)


async def _read(response: httpx2.Response) -> bytes:
    content = bytearray()
    try:
        # Unpacks at most a mebibyte at a time, and no more than is read.
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) > MOST_BYTES:
                raise BrokenAnswer("too_large")
    except httpx2.DecodingError as error:
        raise BrokenAnswer("no_completion") from error
    except httpx2.TransportError as error:
        raise BrokenAnswer("broken_off") from error
    return bytes(content)


def fault(error: BaseException) -> Fault:
    """Return the reason code for an error of any vendor, never the vendor's words."""
    reason = _reason(error)
    return Fault(reason, _pause(error) if reason in _MAY_PASS else None)


def says_down(reason: str) -> bool:
    """Whether a reason code says that the server is down, and not that it refused the question."""
    return reason in _DOWN or reason.startswith("http_5")


def _reason(error: BaseException) -> str:
    for each in _chain(error):
        if isinstance(each, BrokenAnswer):
            return each.reason
    status = getattr(error, "status_code", None)
    called = [str(getattr(error, name, None)) for name in ("code", "type")]
    if status and (known := next((_CALLED[each] for each in called if each in _CALLED), None)):
        return known
    names = (each.__name__ for each in type(error).__mro__)
    if known := next((_NAMED[name] for name in names if name in _NAMED), None):
        return known
    return f"http_{status}" if isinstance(status, int) else "failed"


def _chain(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    while at is not None:
        yield at
        at = at.__cause__ or at.__context__


def _pause(error: BaseException) -> float:
    """Return the seconds the server asks for, else a random pause so that callers spread out."""
    headers: Any = getattr(getattr(error, "response", None), "headers", {})
    asked = _seconds(headers.get("retry-after-ms"), unit=0.001)
    if asked is None:
        asked = _seconds(headers.get("retry-after"), unit=1)
    return SystemRandom().uniform(*_PAUSE_SECONDS) if asked is None else asked


def _seconds(told: str | None, *, unit: float) -> float | None:
    if told is None:
        return None
    return float(told) * unit if _NUMBER.fullmatch(told) else _until(told)


def _until(told: str) -> float | None:
    try:
        day = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return None
    if day.tzinfo is None:
        day = day.replace(tzinfo=UTC)
    return max(0.0, (day - datetime.now(UTC)).total_seconds())
