"""What every page stands on: who looks at it, in which mentorship, and what they sent."""

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from anyio import to_thread
from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.accesses import recorded
from api.auth import Call
from api.guard import WorkLimits, in_turn, on_time
from api.idempotency import STILL_ANSWERED, once
from api.incoming import Checked, received
from api.mailing import Mailer
from api.negotiation import preferred
from api.problems import Refusal, problem, request_id
from api.waiting import patiently
from api.web import refusing
from api.web.forgery import check_form, check_origin
from api.web.forms import Form
from api.web.pairs import Pair
from api.web.recent_links import RecentLinks
from api.web.rendering import Shown, rendered
from api.web.signed_in import secret_of, visitor_of
from coach.agreement.access import Principal
from coach.bootstrap import Parts
from coach.errors import CoachError, Conflict, NotAuthenticated, NotFound
from coach.ids import NewId
from coach.model.people import Side
from coach.use_cases.coach import Coach
from coach.use_cases.people import Invite, SignedIn

_PATIENCE_SECONDS = 5.0
"""How long a page waits for a model, since people leave a page that stays empty.

After that the page shows what is known without the model.
"""
_ONCE_CHARACTERS = 64
_LOOKS, _SECONDS_BETWEEN = 50, 0.1
"""How often, and how far apart, a form sent twice looks for the answer to the first try.

Together they make five seconds, as long as a change may wait.
"""


@dataclass(frozen=True)
class Visit:
    """One request of a person in a browser."""

    request: Request
    parts: Parts
    who: SignedIn | None
    form: Form

    @property
    def coach(self) -> Coach:
        """The coach that answers."""
        return self.parts.coach

    @property
    def person(self) -> SignedIn:
        """Who looks; NotAuthenticated where nobody is signed in."""
        if self.who is None:
            raise NotAuthenticated("nobody is signed in on this device")
        return self.who

    def within(self, mentorship_id: str) -> Pair:
        """The mentorship as the person sees it; NotFound where they are no part of it."""
        principal = self.coach.member(self.person.person_id, mentorship_id)
        mentorship = self.coach.mentorship(principal, mentorship_id)
        side: Side = "mentor" if principal.acts_as == "mentor" else "mentee"
        self.request.state.side = side
        return Pair(principal, mentorship, side)

    def today(self, pair: Pair) -> date:
        """The day it is for the two."""
        if pair.mentorship.sample_on is not None:
            return pair.mentorship.sample_on
        zone = ZoneInfo(pair.mentorship.timezone)
        now: datetime = self.request.app.state.clock()
        return now.astimezone(zone).date()

    def touched(self, pair: "Pair", note_id: str) -> None:
        """What is done here touches a note: where both may see that, both may know who did it."""
        try:
            self.parts.store.posted_note(pair.id, "tool", note_id)
        except NotFound:
            return
        self.shared()

    def shared(self) -> None:
        """What is done here is seen by both, and both may know who did it."""
        self.request.state.shared = True

    @property
    def mailer(self) -> Mailer:
        """Sends links, where a mail server is set."""
        mailer: Mailer = self.request.app.state.mailer
        return mailer

    def made_once(self, make: Callable[[], Invite]) -> Invite:
        """The link that a form makes; the same form sent again gets the same link."""
        links: RecentLinks = self.request.app.state.links
        shown_as = self.form.get("once")[:_ONCE_CHARACTERS] or secrets.token_hex(16)
        return links.once((self.person.person_id, self.request.url.path, shown_as), make)

    def asked(self, name: str) -> str:
        """A parameter of the address; empty where it is not there."""
        return self.request.query_params.get(name, "").strip()

    def page(
        self, template: str, pair: Pair | None = None, *, status: int = 200, **values: object
    ) -> Response:
        """A page of this template."""
        shown = Shown(self.request, self.parts.pepper, self.who, pair)
        return rendered(shown, template, values, status=status)

    def once(self, principal: Principal, act: Callable[[NewId], str]) -> Response:
        """Do what the form says once, and redirect to the address that `act` returns.

        The same form sent again redirects there again.
        """
        call = self._call(principal)
        shown_as = self.form.get("once")[:_ONCE_CHARACTERS] or secrets.token_hex(16)
        key = f"{shown_as}.{_digest(self.form)}"
        self.request.state.body = key.encode()

        def done(new_id: NewId) -> Response:
            return Response(act(new_id), status_code=303)

        for looked in range(1, _LOOKS + 1):
            try:
                place = bytes(once(call, key, done).body).decode()
            except Conflict as error:
                if str(error) != STILL_ANSWERED or looked == _LOOKS:
                    raise
                time.sleep(_SECONDS_BETWEEN)
            else:
                return gone_to(place)
        raise AssertionError("the last look raises")

    def _call(self, principal: Principal) -> Call:
        return Call(self.coach, self.parts, principal, self.request)

    async def patiently(
        self, mentorship_id: str, act: Callable[[Pair, float | None], Response]
    ) -> Response:
        """Do what may wait for a model, where it delays nobody else."""
        pair = await to_thread.run_sync(self.within, mentorship_id)
        call = self._call(pair.principal)
        return await patiently(call, _PATIENCE_SECONDS, lambda wait: act(pair, wait))


async def visit_of(request: Request) -> Visit:
    """The visit that the route made of a request."""
    visit: Visit = request.state.visit
    return visit


Visitor = Annotated[Visit, Depends(visit_of)]


def gone_to(place: str) -> Response:
    """Have the browser load another page of ours."""
    return Response(status_code=303, headers={"Location": place})


class Page(APIRoute):
    """A page for who is signed in: only in turn, in time, and forms only from these pages."""

    open_to_all: ClassVar[bool] = False

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer with a page, also where it is refused."""
        answer = super().get_route_handler()

        async def shown(request: Request) -> Response:
            limits: WorkLimits = request.app.state.limits
            work = self._answered(request, answer, limits)
            try:
                response = await on_time(work, limits.longest_seconds)
                return recorded(request, response, self.path, _side_of(request))
            except NotAuthenticated as error:
                if preferred(request.headers.get("accept")) != "text/html":
                    return problem(request_id(request), 401, str(error))
                return refusing.sign_in_first(request)
            except (CoachError, Refusal, RequestValidationError) as error:
                return refusing.page_of(request, error)

        return shown

    async def _answered(
        self,
        request: Request,
        answer: Callable[[Request], Coroutine[Any, Any, Response]],
        limits: WorkLimits,
    ) -> Response:
        parts: Parts = request.app.state.parts
        who = await _who(request, limits)
        request.state.who = who
        if who is None and not self.open_to_all:
            raise NotAuthenticated("nobody is signed in on this device")
        form = Form({})
        if request.method == "POST":
            check_origin(request)
            body = await received(request.receive, seconds=limits.body_seconds)
            kind = request.headers.get("content-type", "")
            form = await to_thread.run_sync(Form.of, body, kind, limiter=limits.readers)
            check_form(parts.pepper, secret_of(request) or visitor_of(request), form.get("csrf"))
        request.state.visit = Visit(request, parts, who, form)
        request.state.body = b""
        kind_of_work = "read" if request.method == "GET" else "write"
        places = limits.places[kind_of_work].taken(who.person_id if who else "visitors")
        return await in_turn(partial(answer, _checked(request)), places, limits)


class OpenPage(Page):
    """A page for everybody."""

    open_to_all = True


async def _who(request: Request, limits: WorkLimits) -> SignedIn | None:
    secret = secret_of(request)
    if secret is None:
        return None
    parts: Parts = request.app.state.parts
    try:
        return await to_thread.run_sync(parts.coach.signed_in, secret, limiter=limits.looking_up)
    except (NotAuthenticated, NotFound):
        return None


def _side_of(request: Request) -> Side | None:
    """On which side of a mentorship who asked is; None outside of one."""
    side: Side | None = getattr(request.state, "side", None)
    return side


def _checked(request: Request) -> Request:
    request.state.json = None
    return Checked(request.scope, request.receive)


def _digest(form: Form) -> str:
    """What the form says, apart from the tokens it carries."""
    said = {name: form.fields[name] for name in sorted(form.fields.keys() - {"csrf", "once"})}
    digest = hashlib.sha256(json.dumps(said).encode())
    for file in form.files:
        digest.update(file.name.encode("utf-8", "surrogatepass") + b"\0" + file.content)
    return digest.hexdigest()
