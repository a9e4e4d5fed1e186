"""A sample to look at: one click makes it, one click takes it away."""

from functools import cache

from fastapi import APIRouter, Response

from api.web.ground import Page, Visitor
from coach.agreement.access import Principal
from coach.errors import Invalid
from coach.ids import NewId
from coach.model.people import Side
from coach.use_cases import casefile

router = APIRouter(route_class=Page, include_in_schema=False)

_SAMPLE = "ceramics-studio"
"""The shorter of the two samples of `coach demo`: it is read in a second."""


@router.post("/sample")
def look(visit: Visitor) -> Response:
    """Show a sample from the side that was chosen."""
    sides: dict[str, Side] = {"mentor": "mentor", "mentee": "mentee"}
    side = sides.get(visit.form.get("side"))
    if side is None:
        raise Invalid("please choose from which side you want to look")
    who = visit.person.person_id

    def act(new_id: NewId) -> str:
        made = visit.coach.look_at_sample(who, _sample(), side=side, new_id=new_id)
        return f"/m/{made.id}/{'prepare' if side == 'mentee' else 'before'}"

    return visit.once(Principal(who, "tool", None), act)


@router.post("/m/{mentorship_id}/end-sample")
def end(visit: Visitor, mentorship_id: str) -> Response:
    """Take the sample away."""
    who = visit.person.person_id

    def act(_: NewId) -> str:
        visit.coach.end_sample(who, mentorship_id)
        return "/?said=sample_ended"

    return visit.once(Principal(who, "tool", None), act)


@cache
def _sample() -> casefile.CaseFile:
    return casefile.sample(_SAMPLE)
