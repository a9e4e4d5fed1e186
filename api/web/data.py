"""Our data: who sees what, a model elsewhere, everything in one file, and a pause or an end."""

from collections import Counter

from fastapi import APIRouter, Response

from api.schemas.mentorships import MentorshipPatch
from api.web import exported
from api.web.ground import Page, Visit, Visitor, gone_to
from api.web.rendering import HEADERS
from api.web.words import taken
from coach.model.answers import Export
from coach.model.people import Role
from coach.ports import MentorshipChange
from coach.use_cases.keys import OWN_KEY_DAYS

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

_WORDS = {
    "paused_until": "please give the last day of the break as a date, or leave it empty",
    "ended_on": "please give the day on which it ended as a date, or leave it empty",
}


@router.get("/data")
def data(visit: Visitor, mentorship_id: str) -> Response:
    """Who sees what, and what can be done about it."""
    pair = visit.within(mentorship_id)
    sessions = visit.coach.sessions(pair.principal, pair.id)
    counted = Counter(note.visibility for session in sessions for note in session.notes)
    model = visit.parts.model
    return visit.page(
        "web/data.html",
        pair,
        sessions=len(sessions),
        shared=counted["shared"],
        private=counted[pair.side],
        keys=visit.coach.own_keys(pair.principal, pair.id),
        model=model and model.model,
        host=model and (None if model.stays_here else model.host),
    )


@router.post("/data/model")
def consent(visit: Visitor, mentorship_id: str) -> Response:
    """Agree to a model elsewhere for one's own side, or take it back."""
    pair = visit.within(mentorship_id)
    change = MentorshipChange(
        frozenset({"external_llm"}), external_llm=visit.form.get("agree") == "yes"
    )
    visit.coach.change_mentorship(pair.principal, pair.id, change)
    return gone_to(f"{pair.base}/data?said=consent")


@router.post("/data/keys")
def make_key(visit: Visitor, mentorship_id: str) -> Response:
    """Make a key for a tool; it is shown this once."""
    pair = visit.within(mentorship_id)
    acts_as: Role = pair.side if visit.form.get("acts_as") == "me" else "tool"
    made = visit.coach.mint_own_key(pair.principal, pair.id, acts_as=acts_as)
    return visit.page("web/key.html", pair, key=made.secret, days=OWN_KEY_DAYS)


@router.post("/data/keys/{key_id}")
def end_key(visit: Visitor, mentorship_id: str, key_id: str) -> Response:
    """Refuse a key from now on."""
    pair = visit.within(mentorship_id)
    visit.coach.revoke_own_key(pair.principal, pair.id, key_id)
    return gone_to(f"{pair.base}/data?said=key_ended")


@router.post("/data/rest")
def rest(visit: Visitor, mentorship_id: str) -> Response:
    """Pause or end the mentorship, or go on with it."""
    pair = visit.within(mentorship_id)
    dates = {"paused_until": visit.form.get("paused_until"), "ended_on": visit.form.get("ended_on")}
    said = {name: value or None for name, value in dates.items()}
    body = taken(MentorshipPatch, said, _WORDS)
    change = MentorshipChange(
        frozenset(dates), paused_until=body.paused_until, ended_on=body.ended_on
    )
    visit.coach.change_mentorship(pair.principal, pair.id, change)
    return gone_to(f"{pair.base}/data?said=changed")


@router.get("/data/export")
def export(visit: Visitor, mentorship_id: str) -> Response:
    """Everything that one may see, as a file for programs."""
    told = _all(visit, mentorship_id)
    return _file(told.model_dump_json(indent=2), "application/json", "mentorship.json")


@router.get("/data/export.md")
def readable_export(visit: Visitor, mentorship_id: str) -> Response:
    """The same as a text to read."""
    text = exported.as_markdown(_all(visit, mentorship_id))
    return _file(text, "text/markdown; charset=utf-8", "mentorship.md")


def _all(visit: Visit, mentorship_id: str) -> Export:
    pair = visit.within(mentorship_id)
    return visit.coach.export(pair.principal, pair.id)


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=media_type, headers=headers)
