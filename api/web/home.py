"""Lists one's mentorships and where each stands.

An administrator sees who works with whom, and whether they meet.
"""

from datetime import date, timedelta
from typing import NamedTuple

from fastapi import APIRouter, Response

from api.mailing import is_address
from api.web.ground import Page, Visit, Visitor
from api.web.links import link_page
from api.web.pairs import Pair
from api.web.planning import Meeting, meeting_of
from api.web.standing import first_steps
from coach.agreement.access import Principal, check_admin
from coach.drift.decisions import unsettled
from coach.errors import NotAllowed, NotFound
from coach.ids import NewId
from coach.model.commitments import Commitment
from coach.model.people import Membership, Mentorship, Person

router = APIRouter(route_class=Page, include_in_schema=False)

_OWED = 3
"""So many promises stand on a card; the rest are a number."""


class Standing(NamedTuple):
    """How it stands with one mentorship, for one of its two people."""

    pair: Pair
    last: date | None
    expected: date | None
    owed: tuple[Commitment, ...]
    more_owed: int
    raised: int
    begun: bool
    today: date
    meeting: Meeting | None
    unsaid: bool
    """There is an agreement that this side has not said yes to."""


@router.get("/")
def mentorships(visit: Visitor) -> Response:
    """All that one is part of."""
    found = visit.coach.memberships(visit.person.person_id)
    samples = visit.coach.samples(visit.person.person_id)
    if not found and not samples and not visit.person.account.administers:
        return visit.page("web/no_mentorship.html")
    standings = [_standing(visit, each) for each in found]
    return visit.page("web/home.html", standings=standings, samples=samples)


@router.get("/people")
def people(visit: Visitor) -> Response:
    """For an administrator: people, days, and whether they meet; never what they say."""
    return _people(visit)


@router.post("/people")
def add_person(visit: Visitor) -> Response:
    """Add somebody who can sign in."""
    admin = _admin(visit)
    name, email = visit.form.get("name"), visit.form.get("email")
    if not name or len(name) > 300:
        return _people(visit, error="Please give a name of at most 300 letters.", status=422)
    if email and not is_address(email):
        return _people(visit, error="Please check the e-mail address, or leave it out.", status=422)

    def act(new_id: NewId) -> str:
        visit.coach.add_person(admin, Person(name=name, email=email or None), new_id=new_id)
        return "/people?said=person"

    return visit.once(admin, act)


@router.post("/people/pairs")
def pair_up(visit: Visitor) -> Response:
    """Have two people who can sign in work together."""
    admin = _admin(visit)
    mentor, mentee = (Person(id=visit.form.get(side), name="") for side in ("mentor", "mentee"))
    if not mentor.id or not mentee.id or mentor.id == mentee.id:
        return _people(visit, error="Please choose two people.", status=422)

    def act(new_id: NewId) -> str:
        pair = Mentorship(id="", mentor=mentor, mentee=mentee)
        visit.coach.create_mentorship(admin, pair, new_id=new_id)
        return "/people?said=person"

    return visit.once(admin, act)


@router.post("/people/{person_id}/link")
def link(visit: Visitor, person_id: str) -> Response:
    """Make a link for somebody; it is shown this once, and not kept."""
    admin = _admin(visit)
    made = visit.made_once(lambda: visit.coach.invite(admin, person_id))
    return link_page(visit, made, back="/people")


def _people(visit: Visit, *, error: str = "", status: int = 200) -> Response:
    admin = _admin(visit)
    return visit.page(
        "web/people.html",
        status=status,
        people=visit.coach.people(admin),
        mails=visit.mailer.there,
        meetings=visit.coach.meetings(admin),
        error=error,
    )


def _admin(visit: Visit) -> Principal:
    """An administrator acts for no side: only for people."""
    if not visit.person.account.administers:
        raise NotAllowed("only an administrator sees this page")
    admin = Principal(visit.person.person_id, "admin", None)
    check_admin(admin)
    return admin


def _standing(visit: Visit, membership: Membership) -> Standing:
    pair = visit.within(membership.mentorship.id)
    asked = (pair.principal, pair.id)
    sessions = visit.coach.sessions(*asked)
    last = sessions[-1].held_on if sessions else None
    owed = owed_by(visit.coach.commitments(*asked), pair)
    return Standing(
        pair,
        last,
        _expected(visit, pair, last),
        owed[:_OWED],
        max(0, len(owed) - _OWED),
        len(unsettled(visit.coach.drift(*asked))),
        all(step.done for step in first_steps(visit, pair)),
        visit.today(pair),
        meeting_of(visit, pair),
        _unsaid(visit, pair),
    )


def _unsaid(visit: Visit, pair: Pair) -> bool:
    try:
        return pair.side not in visit.coach.contract(pair.principal, pair.id).agreed_by
    except NotFound:
        return False


def owed_by(commitments: tuple[Commitment, ...], pair: Pair) -> tuple[Commitment, ...]:
    """What a side still owes, what is due first before the rest."""
    mine = [
        each
        for each in commitments
        if each.owner in {pair.side, "both"} and each.status not in {"done", "dropped"}
    ]
    return tuple(sorted(mine, key=lambda each: (each.due is None, each.due or date.max)))


def _expected(visit: Visit, pair: Pair, last: date | None) -> date | None:
    """When the two meet next by what they agreed."""
    if last is None or pair.mentorship.status != "active":
        return None
    try:
        cadence = visit.coach.contract(pair.principal, pair.id).cadence
    except NotFound:
        return None
    return last + timedelta(days=cadence.every_days) if cadence else None
