"""Our data: who sees what, a model elsewhere, everything in one file, and a pause or an end."""

from collections import Counter

from fastapi import APIRouter, Response

from api.web.ground import Page, Visitor, gone_to
from api.web.rendering import HEADERS
from coach.ports import MentorshipChange

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")


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


@router.get("/data/export")
def export(visit: Visitor, mentorship_id: str) -> Response:
    """Everything that one may see, as a file."""
    pair = visit.within(mentorship_id)
    told = visit.coach.export(pair.principal, pair.id)
    return Response(
        told.model_dump_json(indent=2),
        media_type="application/json",
        headers={**HEADERS, "Content-Disposition": 'attachment; filename="mentorship.json"'},
    )
