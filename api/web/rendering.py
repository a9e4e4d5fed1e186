"""Renders pages from templates: escaped, with names set apart.

Their headers allow nothing from other sites.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from fastapi import Request, Response
from jinja2 import Environment
from markupsafe import Markup, escape

from api.web.forgery import form_token
from api.web.pages import environment
from api.web.pairs import Pair
from api.web.said import SAID
from api.web.signed_in import remember_visitor, secret_of, visitor_of
from api.web.tabs import tabs
from coach.language.phrasing import day, first_name
from coach.model.commitments import Commitment
from coach.use_cases.people import SignedIn

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_BY_A_DAY = re.compile(
    r",? (?:by|before|until) (?:the )?(?:[A-Z][a-z]{2,5}day,? )?(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"[A-Za-z]{3,9}(?: \d{1,4}){0,2}\.?$"
)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    # Not no-referrer: with it a browser sends no origin with a form, and the form would be refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


class Shown(NamedTuple):
    """For whom a page is made, and where."""

    request: Request
    pepper: bytes
    who: SignedIn | None
    pair: Pair | None = None


def rendered(
    shown: Shown, template: str, values: Mapping[str, object], *, status: int = 200
) -> Response:
    """A page of this template, with all that every page needs."""
    request = shown.request
    device = secret_of(request) or visitor_of(request)
    fresh = None if device else secrets.token_urlsafe(32)
    text = (
        site()
        .get_template(template)
        .render(
            who=shown.who,
            pair=shown.pair,
            path=request.url.path,
            said=SAID.get(request.query_params.get("said", ""), ""),
            form_fields=_fields(shown.pepper, device or fresh or ""),
            **values,
        )
    )
    response = Response(
        text, status_code=status, media_type="text/html; charset=utf-8", headers=HEADERS
    )
    if fresh:
        remember_visitor(request, response, fresh)
    return response


def _fields(pepper: bytes, device: str) -> Callable[[], Markup]:
    """What every form carries: that it is one of these pages', and which one it is."""

    def fields() -> Markup:
        return Markup(
            '<input type="hidden" name="csrf" value="{}">'
            '<input type="hidden" name="once" value="{}">'
        ).format(form_token(pepper, device), secrets.token_hex(16))

    return fields


@cache
def site() -> Environment:
    """The templates of the pages, which show lists and forms as they are."""
    made = environment().overlay()
    made.filters = {
        **made.filters,
        "day": day,
        "name": _name,
        "first": lambda name: _name(first_name(name)),
        "promised": promised,
        "in_words": in_words,
    }
    made.globals = {**made.globals, "tabs": tabs}
    return made


def in_words(text: str) -> str:
    """The text with its days as people write them; what only looks like a day stays."""
    return _DAY.sub(_day_in_words, text)


def _day_in_words(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def promised(commitment: Commitment) -> str:
    """What was promised as a line of its own; the day stands beside it, and is not said twice."""
    action = commitment.action
    if commitment.due is not None:
        action = _BY_A_DAY.sub("", action) or action
    return action[:1].upper() + action[1:]


def _name(name: str) -> Markup:
    """A name, set apart from the words around it: it may be written from right to left."""
    return Markup("<bdi>{}</bdi>").format(escape(name))
