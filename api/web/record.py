"""Who opened or changed what, and when: never what stands there."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from api.web.ground import Page, Visitor
from api.web.pairs import Pair
from coach.model.accesses import Access, Did, Looked
from coach.model.people import Role
from coach.storage.accesses import ACCESS_DAYS

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

WORDS: Mapping[Looked | Did, str] = {
    "before": "looked at the page before the session",
    "prepare": "looked at the page to prepare with",
    "sessions": "looked at the sessions",
    "note": "opened a note",
    "promises": "looked at the promises",
    "agreement": "looked at the agreement",
    "warnings": "looked at what was raised",
    "search": "searched",
    "data": "looked at our data",
    "export": "took a copy of everything they may see",
    "session_added": "added a session",
    "session_changed": "changed a session",
    "session_erased": "erased a session",
    "note_added": "added a note",
    "note_changed": "shared, kept or erased a note",
    "put_right": "put right what was understood",
    "asked": "wrote down what they want from the next session",
    "settled": "settled something that was raised",
    "agreement_written": "wrote what is agreed",
    "agreed": "agreed to a version",
    "next_session": "said when you meet next",
    "rest": "changed a break, the end or the consent",
    "model": "changed their consent to a model elsewhere",
    "invited": "made a link for the other",
    "key_made": "made a key",
    "key_ended": "ended a key",
    "erasure_asked": "asked for all of it to be erased",
}
_A_PAGE = 100
"""Two people who use the pages daily fill one in a fortnight."""


class Line(NamedTuple):
    """One line of the record, by the clock of the two."""

    on: date
    at: str
    who: str
    key: bool
    did: str
    own: bool


@router.get("/data/record")
def record(visit: Visitor, mentorship_id: str) -> Response:
    """Who opened or changed what, the newest first."""
    pair = visit.within(mentorship_id)
    found = visit.coach.accesses(pair.principal, pair.id)
    said = visit.asked("after")
    first = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
    return visit.page(
        "web/record.html",
        pair,
        lines=[_line(pair, each) for each in found[first : first + _A_PAGE]],
        older=first + _A_PAGE if len(found) > first + _A_PAGE else None,
        days=ACCESS_DAYS,
    )


def _line(pair: Pair, found: Access) -> Line:
    local = found.last_at.astimezone(ZoneInfo(pair.mentorship.timezone))
    return Line(
        local.date(),
        f"{local:%H:%M}",
        _who(pair, found.by),
        found.way == "key" and found.by not in {"tool", "admin"},
        WORDS[found.what],
        found.visibility != "shared",
    )


def _who(pair: Pair, by: Role) -> str:
    words = {pair.side: "You", "tool": "A tool with a key", "admin": "An administrator"}
    return words.get(by, pair.other.name)
