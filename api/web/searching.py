"""Search, with the words marked."""

import re
from datetime import date

from fastapi import APIRouter, Response
from markupsafe import Markup, escape

from api.web.ground import Page, Visit, Visitor
from api.web.pairs import Pair
from coach.language.words import stems
from coach.model.people import Author
from coach.model.search import SessionHit, Within

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

_LIMIT = 10
_LONGEST = 2000
_WORD = re.compile(r"[^\W_]+")


@router.get("/search")
def search(visit: Visitor, mentorship_id: str) -> Response:
    """The sessions that speak of something, best first."""
    pair = visit.within(mentorship_id)
    query = visit.asked("q")[:_LONGEST]
    within = _within(visit, pair)
    hits: tuple[SessionHit, ...] = ()
    if query:
        hits = visit.coach.search(
            pair.principal, pair.id, query=query, limit=_LIMIT, within=within
        ).sessions
    sought = stems(query)
    return visit.page(
        "web/search.html",
        pair,
        query=query,
        hits=hits,
        within=within,
        by=visit.asked("by"),
        marked=lambda text: marked(text, sought),
    )


def _within(visit: Visit, pair: Pair) -> Within:
    """The days and the author that were chosen; what is no day is as if it were left empty."""
    authors: dict[str, Author] = {"me": pair.side, "other": pair.other_side, "tool": "tool"}
    since, until = (_day(visit.asked(name)) for name in ("from", "to"))
    return Within(since, until, authors.get(visit.asked("by")))


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def marked(text: str, sought: frozenset[str] | set[str]) -> Markup:
    """The text with every word marked that was looked for, in whatever form."""
    told, at = Markup(), 0
    meant = {word for word in set(_WORD.findall(text)) if stems(word) & sought}
    for word in _WORD.finditer(text):
        if word[0] in meant:
            told += escape(text[at : word.start()]) + Markup("<mark>{}</mark>").format(word[0])
            at = word.end()
    return told + escape(text[at:])
