"""Refuses forged forms: a form names the device it was shown on, and comes from these pages."""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import Request

from api.problems import Refusal
from api.web.addresses import base_of

_FORGED = "this form did not come from a page of yours: go back, load the page anew and try again"


def form_token(pepper: bytes, device: str) -> str:
    """What a form shown on this device carries."""
    nonce = secrets.token_hex(16)
    return f"{nonce}.{_signature(pepper, device, nonce)}"


def check_form(pepper: bytes, device: str | None, token: str) -> None:
    """Refusal unless a form of this token was shown on this device."""
    nonce, _, signature = token.partition(".")
    good = _signature(pepper, device or "", nonce)
    if not device or not hmac.compare_digest(good.encode(), signature.encode()):
        raise Refusal(403, _FORGED)


def check_origin(request: Request) -> None:
    """Refusal where the browser says that another site sends this."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    ours = {request.url.netloc, urlsplit(base_of(request)).netloc}
    if (origin is not None and urlsplit(origin).netloc not in ours) or site not in {
        "same-origin",
        "none",
    }:
        raise Refusal(403, _FORGED)


def _signature(pepper: bytes, device: str, nonce: str) -> str:
    named = f"form\n{device}\n{nonce}".encode()
    return hmac.new(pepper, named, hashlib.sha256).hexdigest()
