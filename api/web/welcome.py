"""Signing in with a link, and out again."""

from fastapi import APIRouter, Response

from api.web.ground import OpenPage, Page, Visitor, gone_to
from api.web.signed_in import forget, remember, secret_of
from coach.errors import Invalid, NotAuthenticated

router = APIRouter(route_class=OpenPage, include_in_schema=False)
devices_router = APIRouter(route_class=Page, include_in_schema=False)

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux")


@router.get("/welcome/{token}")
def welcome(visit: Visitor, token: str) -> Response:
    """Whom a link signs in; looking at it does not open it, as mail programs look at every link."""
    try:
        account = visit.coach.invited(token)
    except NotAuthenticated as error:
        return visit.page("web/welcome.html", status=410, account=None, why=_sentence(error))
    return visit.page("web/welcome.html", account=account, error=False)


@router.post("/welcome/{token}")
def sign_in(visit: Visitor, token: str) -> Response:
    """Open the link: this device is signed in."""
    device = _device(visit.request.headers.get("user-agent", ""))
    try:
        who, secret = visit.coach.open_invite(token, device=device, name=visit.form.get("name"))
    except Invalid:
        account = visit.coach.invited(token)
        return visit.page("web/welcome.html", status=422, account=account, error=True)
    except NotAuthenticated as error:
        if visit.who is not None and secret_of(visit.request):
            return gone_to("/")  # the same form sent twice: this device is signed in
        return visit.page("web/welcome.html", status=410, account=None, why=_sentence(error))
    if visit.who is not None:
        visit.coach.end_sign_in(visit.who.person_id, visit.who.sign_in_id)
    response = gone_to("/" if visit.coach.memberships(who.person_id) else "/new")
    remember(visit.request, response, secret)
    return response


@devices_router.post("/sign-out")
def sign_out(visit: Visitor) -> Response:
    """Sign this device out."""
    visit.coach.end_sign_in(visit.person.person_id, visit.person.sign_in_id)
    response = gone_to("/")
    forget(visit.request, response)
    return response


@devices_router.get("/devices")
def devices(visit: Visitor) -> Response:
    """Where one is signed in."""
    found = visit.coach.sign_ins(visit.person.person_id)
    return visit.page("web/devices.html", devices=found, here=visit.person.sign_in_id)


@devices_router.post("/devices/{sign_in_id}")
def end(visit: Visitor, sign_in_id: str) -> Response:
    """Sign another device out."""
    visit.coach.end_sign_in(visit.person.person_id, sign_in_id)
    return gone_to("/devices?said=signed_out")


def _device(agent: str) -> str:
    """What kind of device it is, so that its owner tells it from another."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    if not browser and "Safari" in agent:
        browser = "Safari"
    system = next((name for name in _SYSTEMS if name in agent), "")
    return " on ".join(each for each in (browser, system) if each) or "A device"


def _sentence(error: Exception) -> str:
    words = str(error)
    return f"{words[:1].upper()}{words[1:]}."
