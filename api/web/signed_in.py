"""Sets the cookie of a signed-in device: for this host and the browser alone.

It is secure where the pages are.
"""

from fastapi import Request, Response

from api.web.addresses import base_of

_PLAIN, _SECURE = "coach", "__Host-coach"
_SECONDS = 400 * 24 * 3600
"""How long a browser keeps the cookie: the most that browsers allow.

The server's own limit is shorter (IDLE_DAYS).
"""


def secret_of(request: Request) -> str | None:
    """What the cookie of this device holds."""
    return request.cookies.get(_name(request))


def remember(request: Request, response: Response, secret: str) -> None:
    """Have the device keep it."""
    response.set_cookie(
        _name(request),
        secret,
        max_age=_SECONDS,
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response) -> None:
    """Have the device forget it."""
    response.delete_cookie(
        _name(request), path="/", secure=_secure(request), httponly=True, samesite="lax"
    )


def _name(request: Request) -> str:
    return _SECURE if _secure(request) else _PLAIN


def _secure(request: Request) -> bool:
    return base_of(request).startswith("https://")


def visitor_of(request: Request) -> str | None:
    """What names a device on which nobody is signed in."""
    return request.cookies.get(f"{_name(request)}-visit")


def remember_visitor(request: Request, response: Response, visitor: str) -> None:
    """Have the device name itself until the browser closes."""
    response.set_cookie(
        f"{_name(request)}-visit",
        visitor,
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="lax",
    )
