"""Gives every request an id and checked headers, and always an answer."""

import logging
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.incoming import Gone, Incoming, check_headers
from api.negotiation import preferred
from api.problems import Refusal, refused
from api.web.refusing import failed

logger = logging.getLogger("coach.api")


class Edge:
    """The ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; if its body was not read, the connection closes after the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        incoming = Incoming(scope, receive)
        answer = _Answer(scope, send, incoming)
        scope.setdefault("state", {})["request_id"] = answer.request_id
        failure = None
        try:
            check_headers(Headers(scope=scope))
            await self._app(scope, incoming, answer.send)
        except Refusal as refusal:
            await answer.refuse(refusal)
        except Gone:
            pass
        except Exception as error:  # noqa: BLE001 - last resort: nothing private may be logged
            failure = error
        # Not in the handler, where a failing log would print the error that is being handled.
        if failure is not None:
            answer.failed(failure)
            await answer.refuse(Refusal(500, ""))
        answer.log()


class _Answer:
    """Sends one answer with the headers of all answers, and logs it without private text."""

    def __init__(self, scope: Scope, send: Send, incoming: Incoming) -> None:
        self.request_id = str(uuid.uuid4())
        self._scope = scope
        self._send = send
        self._incoming = incoming
        self._began = time.perf_counter()
        self._status = 0
        self._closing = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self.request_id
            headers["Cache-Control"] = "no-store"
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Server-Timing"] = f"app;dur={self._milliseconds():.1f}"
            self._closing = not self._incoming.whole
            if self._closing:
                headers["Connection"] = "close"
        elif self._closing and not message.get("more_body", False):
            await self._send({**message, "more_body": True})
            await self._incoming.drop_the_rest()
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        if self._status:
            return  # the answer has begun: the connection closes on it
        wants_page = preferred(Headers(scope=self._scope).get("accept")) == "text/html"
        if refusal.status == 500 and wants_page and not self._scope["path"].startswith("/v1"):
            response = failed()
        else:
            response = refused(self.request_id, refusal)
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
