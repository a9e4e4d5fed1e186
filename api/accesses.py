"""What is recorded of an answer: who opened or changed what, who may know it, no content."""

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import Request, Response
from starlette.background import BackgroundTask

from coach.bootstrap import Parts
from coach.model.accesses import Access, Did, Looked, Way
from coach.model.people import Role, Visibility


class Kind(NamedTuple):
    """What a call is told as; with `own` a private note may be behind it, and one side knows it."""

    what: Looked | Did
    own: bool = False


_PAGES: Mapping[tuple[str, str], Kind] = {
    ("GET", "/before"): Kind("before"),
    ("GET", "/prepare"): Kind("prepare", own=True),
    ("GET", "/sessions"): Kind("sessions"),
    ("GET", "/sessions/{session_id}"): Kind("sessions"),
    ("GET", "/over-time"): Kind("sessions"),
    ("GET", "/notes/{note_id}"): Kind("note", own=True),
    ("GET", "/agreement"): Kind("agreement"),
    ("GET", "/left"): Kind("warnings"),
    ("GET", "/search"): Kind("search"),
    ("GET", "/data"): Kind("data"),
    ("GET", "/data/export"): Kind("export"),
    ("GET", "/data/export.md"): Kind("export"),
    ("POST", "/sessions/new"): Kind("session_added"),
    ("POST", "/sessions/{session_id}/change"): Kind("session_changed"),
    ("POST", "/sessions/{session_id}/erase"): Kind("session_erased"),
    ("POST", "/sessions/{session_id}/notes"): Kind("note_added", own=True),
    ("POST", "/sessions/{session_id}/understood"): Kind("put_right", own=True),
    ("POST", "/promises/{commitment_id}"): Kind("put_right", own=True),
    ("POST", "/notes/{note_id}/visibility"): Kind("note_changed", own=True),
    ("POST", "/notes/{note_id}/erase"): Kind("note_changed", own=True),
    ("POST", "/want"): Kind("asked", own=True),
    ("POST", "/agreement/write"): Kind("agreement_written"),
    ("POST", "/agreement/{version}/agree"): Kind("agreed"),
    ("POST", "/left/{drift_id}"): Kind("settled", own=True),
    ("POST", "/next"): Kind("next_session"),
    ("POST", "/data/model"): Kind("model", own=True),
    ("POST", "/data/keys"): Kind("key_made", own=True),
    ("POST", "/data/keys/{key_id}"): Kind("key_ended", own=True),
    ("POST", "/data/rest"): Kind("rest"),
    ("POST", "/invite"): Kind("invited"),
}
_CALLS: Mapping[tuple[str, str], Kind] = {
    ("GET", "/brief"): Kind("before"),
    ("GET", "/reflection"): Kind("prepare", own=True),
    ("GET", "/sessions"): Kind("sessions"),
    ("GET", "/sessions/{session_id}"): Kind("sessions"),
    ("GET", "/sessions/{session_id}/report"): Kind("sessions"),
    ("GET", "/notes/{note_id}"): Kind("note", own=True),
    ("GET", "/facts"): Kind("promises"),
    ("GET", "/commitments"): Kind("promises"),
    ("GET", "/contract"): Kind("agreement"),
    ("GET", "/contract/versions"): Kind("agreement"),
    ("GET", "/drift"): Kind("warnings"),
    ("GET", "/search"): Kind("search"),
    ("GET", "/export"): Kind("export"),
    ("POST", "/sessions"): Kind("session_added"),
    ("PATCH", "/sessions/{session_id}"): Kind("session_changed"),
    ("DELETE", "/sessions/{session_id}"): Kind("session_erased"),
    ("POST", "/sessions/{session_id}/notes"): Kind("note_added", own=True),
    ("PATCH", "/notes/{note_id}"): Kind("note_changed", own=True),
    ("DELETE", "/notes/{note_id}"): Kind("note_changed", own=True),
    ("POST", "/preparations"): Kind("asked", own=True),
    ("POST", "/commitments"): Kind("put_right", own=True),
    ("PATCH", "/commitments/{commitment_id}"): Kind("put_right", own=True),
    ("PATCH", "/facts/{fact_id}"): Kind("put_right", own=True),
    ("PUT", "/contract"): Kind("agreement_written"),
    ("POST", "/contract/{version}/agreement"): Kind("agreed"),
    ("POST", "/drift/{drift_id}/decision"): Kind("settled", own=True),
    ("PUT", "/next-session"): Kind("next_session"),
    ("DELETE", "/next-session"): Kind("next_session"),
    ("PATCH", ""): Kind("rest", own=True),
    ("DELETE", ""): Kind("erasure_asked"),
    ("POST", "/keys"): Kind("key_made"),
    ("DELETE", "/keys/{key_id}"): Kind("key_ended"),
}
_SORTS: tuple[tuple[Way, str, Mapping[tuple[str, str], Kind]], ...] = (
    ("page", "/m/{mentorship_id}", _PAGES),
    ("key", "/v1/mentorships/{mentorship_id}", _CALLS),
)


def recorded(request: Request, response: Response, path: str, by: Role | None) -> Response:
    """The answer, after which it is recorded who got it; nothing is where it was refused."""
    mentorship_id = request.path_params.get("mentorship_id")
    found = _kind(request.method, path)
    if by is None or mentorship_id is None or found is None or response.status_code >= 400:
        return response
    way, kind = found
    entry = Access(
        by=by,
        way=way,
        what=kind.what,
        visibility=_known_to(by, own=kind.own and not getattr(request.state, "shared", False)),
        last_at=request.app.state.clock(),
    )
    parts: Parts = request.app.state.parts

    async def noted() -> None:
        parts.coach.record.note(mentorship_id, entry)

    if response.background is None:
        response.background = BackgroundTask(noted)
    return response


def _kind(method: str, path: str) -> tuple[Way, Kind] | None:
    for way, base, kinds in _SORTS:
        if path.startswith(base):
            kind = kinds.get((method, path.removeprefix(base)))
            return None if kind is None else (way, kind)
    return None


def _known_to(by: Role, *, own: bool) -> Visibility:
    """What a tool or an administrator does is known to both: neither sees a private note."""
    return by if own and by in {"mentor", "mentee"} else "shared"
