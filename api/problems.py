"""Errors as RFC 9457 problems: what went wrong and where, never what was sent."""

from collections.abc import Mapping, Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path

from coach.errors import (
    AnswerMissing,
    CoachError,
    Conflict,
    EngineFailed,
    EngineUnavailable,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    Outdated,
    OutOfTime,
    StoreUnavailable,
)

# Errors that one answer lists; a body can hold thousands. Chosen by hand; not measured.
_MOST_ERRORS = 50
MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[CoachError], int] = {
    NotAuthenticated: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Outdated: 412,
    Invalid: 422,
    StoreUnavailable: 503,
    OutOfTime: 503,
    EngineUnavailable: 503,
    EngineFailed: 503,
    AnswerMissing: 503,
}
"""The status of each error that can reach the edge; the first matching class counts."""

TITLES = {
    400: "The request cannot be read",
    401: "A valid key is needed",
    403: "This key may not do that",
    404: "There is no such thing, or you may not see it",
    405: "This cannot be done here",
    406: "None of the accepted formats is offered",
    408: "The request took too long to arrive",
    409: "It does not fit what is there",
    412: "Your copy is not the newest",
    413: "The request is too large",
    415: "Only application/json is taken",
    422: "The request cannot be taken",
    429: "Too many requests of this key at once",
    431: "The headers are too large",
    500: "Something went wrong",
    503: "Not available right now",
}

_NAMES = {
    400: "unreadable",
    401: "not-authenticated",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    408: "too-slow",
    409: "conflict",
    412: "outdated",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    429: "too-many",
    431: "headers-too-large",
    500: "internal",
    503: "unavailable",
}

# Seconds: as long as a write waits for the database, and longer than a request waits for a place.
_HEADERS = {
    401: {"WWW-Authenticate": "Bearer"},
    429: {"Retry-After": "5"},
    503: {"Retry-After": "5"},
}
_KEPT = "what was kept by then stays kept, and the same request with its Idempotency-Key finds it"


class Refusal(Exception):
    """A request that is refused before it is worked on."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class ProblemError(BaseModel):
    """One error in what was sent."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What went wrong."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError] | None = None


def problem(
    request_id: str,
    status: int,
    detail: str = "",
    *,
    errors: Sequence[ProblemError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the response for a problem, with the headers that its status needs."""
    body = Problem(
        type=f"urn:session-coach:problem:{_NAMES.get(status, 'http')}",
        title=TITLES.get(status, "The request failed"),
        status=status,
        detail=detail or TITLES.get(status, "The request failed"),
        instance=f"urn:uuid:{request_id}",
        errors=list(errors) or None,
    )
    return JSONResponse(
        body.model_dump(exclude_none=True),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={**_HEADERS.get(status, {}), **(headers or {})},
    )


def refused(request_id: str, refusal: Refusal) -> Response:
    """Return the response to a request that is refused before it is worked on."""
    errors = [ProblemError(pointer="", detail=refusal.detail)] if refusal.status == 422 else []
    return problem(request_id, refusal.status, refusal.detail, errors=errors)


def install(app: FastAPI) -> None:
    """Answer every refusal and failure with a problem."""
    app.add_exception_handler(CoachError, _coach_error)
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, http_error)


def request_id(request: Request) -> str:
    """Return the id of a request."""
    return str(request.state.request_id)


def _coach_error(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if isinstance(error, Invalid):
        wrong = [ProblemError(pointer=error.pointer, detail=str(error))]
        return problem(request_id(request), status, str(error), errors=wrong)
    # The same words for what does not exist and for what the asker may not see.
    detail = "" if isinstance(error, NotFound) else str(error)
    if isinstance(error, OutOfTime) and request.method not in {"GET", "HEAD"}:
        detail = f"{detail}; {_KEPT}"
    return problem(request_id(request), status, detail)


def _refusal(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return refused(request_id(request), error)


def _validation_error(request: Request, error: Exception) -> Response:
    found = error.errors()[:_MOST_ERRORS] if isinstance(error, RequestValidationError) else []
    errors = [
        ProblemError(
            pointer=_pointer(each["loc"]), detail=str(each["msg"]).removeprefix("Value error, ")
        )
        for each in found
    ]
    return problem(request_id(request), 422, errors=errors)


def _pointer(location: Sequence[str | int]) -> str:
    # A key is what the asker sent, so only the start of a long one is repeated. Chosen by hand.
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')[:80]}" for part in location)


def http_error(request: Request, error: Exception) -> Response:
    """The problem of an address or a method that there is not."""
    if not isinstance(error, HTTPException):
        raise error
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return problem(request_id(request), error.status_code, headers=headers)


def _allowed(request: Request) -> str:
    """Return every method of a path; the router knows only those of its first matching route."""
    paths = request.app.openapi()["paths"]
    fitting = [path for path in paths if compile_path(path)[0].match(request.url.path)]
    return ", ".join(sorted({method.upper() for path in fitting for method in paths[path]}))
