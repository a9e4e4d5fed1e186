"""Where we left it: what was raised, and how the two settle it."""

from fastapi import APIRouter, Response

from api.schemas.drift import Decision
from api.web.ground import Page, Visitor, gone_to
from api.web.words import taken
from coach.drift.decisions import unsettled
from coach.ids import NewId

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

_WORDS = {
    "until": "please give a day after today until which it shall rest",
    "decision": "please choose what you want to do",
}


@router.get("/left")
def left(visit: Visitor, mentorship_id: str) -> Response:
    """What was raised, the gravest first, then what was settled."""
    pair = visit.within(mentorship_id)
    found = visit.coach.drift(pair.principal, pair.id)
    asking = unsettled(found)
    settled = [each for each in found if each not in asking]
    return visit.page("web/left.html", pair, asking=asking, settled=settled)


@router.post("/left/{drift_id}")
def settle(visit: Visitor, mentorship_id: str, drift_id: str) -> Response:
    """Return, mute or dispute; an amendment is written on the page of the agreement."""
    pair = visit.within(mentorship_id)
    decision = visit.form.get("decision")
    if decision == "amend":
        return gone_to(f"{pair.base}/agreement/write?amend={drift_id}")
    values = {"decision": decision}
    if decision == "mute":
        values["until"] = visit.form.get("until")
    body = taken(Decision, values, _WORDS)

    def act(new_id: NewId) -> str:
        visit.coach.decide(pair.principal, pair.id, drift_id, body.value(new_id))
        return f"{pair.base}/left?said=settled"

    return visit.once(pair.principal, act)
