"""Pages that refuse, in plain words and with a way on.

What does not exist and what is hidden get the same words.
"""

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError

from api.problems import STATUS, Refusal
from api.web.rendering import HEADERS, Shown, rendered
from coach.bootstrap import Parts
from coach.errors import Invalid

_WORDS = {
    403: ("This is not for you to do", "Only somebody else may do this."),
    404: ("There is no such page", "It does not exist, or it is not yours to see."),
    409: ("This does not fit any more", "Something has changed meanwhile. Load the page anew."),
    413: (
        "That is too much at once",
        "A form may hold one megabyte. Add the rest in a second step.",
    ),
    422: ("This cannot be taken", "Something in the form is not right."),
    429: ("One moment, please", "Too much at once was asked for. Try again in a few seconds."),
    503: ("Not available right now", "Try again in a few seconds. What you saved is safe."),
}
_FAILED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Something went wrong – Session Coach</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/coach.css"></head>
<body><main class="narrow"><h1>Something went wrong</h1>
<p>That is our fault, not yours. What you saved before is safe.</p>
<p><a class="button" href="/">To your mentorships</a></p></main></body></html>
"""
_OTHER = ("This did not work", "Go back and try again.")


def page_of(request: Request, error: Exception) -> Response:
    """The page that says what went wrong and what to do."""
    status = status_of(error)
    title, words = _WORDS.get(status, _OTHER)
    if isinstance(error, (Invalid, Refusal)) or status in {403, 409}:
        words = f"{str(error)[:1].upper()}{str(error)[1:]}."
    return _rendered(request, status, title=title, words=words)


def sign_in_first(request: Request) -> Response:
    """The page that says how to sign in."""
    return rendered(
        Shown(request, _pepper(request), None), "web/sign_in_first.html", {}, status=401
    )


def not_there(request: Request, status: int) -> Response:
    """The page for an address that leads nowhere."""
    title, words = _WORDS.get(status, _OTHER)
    return _rendered(request, status, title=title, words=words)


def failed() -> Response:
    """The page for what must not happen; it needs nothing that may have failed."""
    return Response(
        _FAILED, status_code=500, media_type="text/html; charset=utf-8", headers=HEADERS
    )


def status_of(error: Exception) -> int:
    """The status of an answer to this error."""
    if isinstance(error, Refusal):
        return error.status
    if isinstance(error, RequestValidationError):
        return 422
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)


def _rendered(request: Request, status: int, *, title: str, words: str) -> Response:
    shown = Shown(request, _pepper(request), getattr(request.state, "who", None))
    return rendered(shown, "web/refused.html", {"title": title, "words": words}, status=status)


def _pepper(request: Request) -> bytes:
    parts: Parts = request.app.state.parts
    return parts.pepper
