"""The way of a newcomer: two people, what they agree, the other's link, the first session."""

from functools import cache
from zoneinfo import available_timezones

from fastapi import APIRouter, Response

from api.mailing import is_address
from api.web.ground import Page, Visitor, gone_to
from api.web.links import link_page
from api.web.standing import first_steps, next_step
from coach.agreement.access import Principal
from coach.errors import Invalid
from coach.ids import NewId
from coach.model.people import Mentorship, Person, Side

router = APIRouter(route_class=Page, include_in_schema=False)

_LONGEST = 300


@router.get("/new")
def new(visit: Visitor) -> Response:
    """Ask who works with whom."""
    return visit.page("web/new.html", error="", given={}, zones=sorted(available_timezones()))


@router.post("/new")
def set_up(visit: Visitor) -> Response:
    """Record the two, and go on to what they agree."""
    form = visit.form
    given = {name: form.get(name) for name in ("name", "side", "timezone")}
    side: Side | None = {"mentor": "mentor", "mentee": "mentee"}.get(given["side"])  # type: ignore[assignment]

    def refused(why: str) -> Response:
        zones = sorted(available_timezones())
        return visit.page("web/new.html", status=422, error=why, given=given, zones=zones)

    if side is None or not given["name"] or len(given["name"]) > _LONGEST:
        return refused("Please say which of the two you are, and how the other is called.")
    zone = _zone(given["timezone"] or "UTC")
    if zone is None:  # before anything is recorded: no account is left of what is refused
        return refused("Please choose a time zone from the list, or the nearest big city.")
    me, other = visit.person.account.person, Person(name=given["name"])
    pair = Mentorship(
        id="",
        mentor=me if side == "mentor" else other,
        mentee=other if side == "mentor" else me,
        timezone=zone,
    )

    def act(new_id: NewId) -> str:
        made = visit.coach.set_up(visit.person.person_id, pair, side=side, new_id=new_id)
        return f"/m/{made.id}"

    # Not yet of a mentorship: whoever sets one up is answered as an unknown reader of it.
    return visit.once(Principal(visit.person.person_id, "tool", None), act)


def _zone(said: str) -> str | None:
    """The time zone that is meant by its name or by its city; None where there is no such one."""
    if said in available_timezones():
        return said
    return _cities().get("_".join(said.split()).casefold())


@cache
def _cities() -> dict[str, str]:
    """Each time zone by its city; of zones with cities of one name, the first by the alphabet."""
    named = (zone for zone in sorted(available_timezones(), reverse=True) if "/" in zone)
    return {zone.rpartition("/")[2].casefold(): zone for zone in named if _is_place(zone)}


def _is_place(zone: str) -> bool:
    return not zone.startswith(("Etc/", "SystemV/", "posix/", "right/"))


@router.get("/m/{mentorship_id}")
def begin(visit: Visitor, mentorship_id: str) -> Response:
    """The first steps; once they are done, the page before the session."""
    pair = visit.within(mentorship_id)
    steps = first_steps(visit, pair)
    if all(step.done for step in steps):
        return gone_to(f"{pair.base}/{'prepare' if pair.side == 'mentee' else 'before'}")
    return visit.page("web/begin.html", pair, steps=steps, onward=next_step(steps))


@router.get("/m/{mentorship_id}/invite")
def other(visit: Visitor, mentorship_id: str) -> Response:
    """Say what a link for the other is."""
    pair = visit.within(mentorship_id)
    there = pair.other.id is None or visit.coach.has_signed_in(pair.other.id)
    return visit.page("web/invite.html", pair, there=there, mails=visit.mailer.there)


@router.post("/m/{mentorship_id}/invite")
def invite(visit: Visitor, mentorship_id: str) -> Response:
    """Make the link; it is shown this once, and not kept."""
    pair = visit.within(mentorship_id)
    email = visit.form.get("email")
    if email and not is_address(email):
        raise Invalid("please check the e-mail address, or leave it out")
    made = visit.made_once(lambda: visit.coach.invite_other(visit.person.person_id, pair.id))
    return link_page(visit, made, back=pair.base, pair=pair)
