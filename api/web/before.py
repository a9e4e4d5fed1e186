"""The page before the session, and the mentee's own."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fastapi import APIRouter, Response

from api.schemas.preparations import NewPreparation
from api.web.ground import Page, Visit, Visitor
from api.web.home import owed_by
from api.web.pairs import Pair
from api.web.planning import asked_of, meeting_of
from api.web.promises import back_to
from api.web.words import taken
from coach.errors import NotAllowed
from coach.ids import NewId
from coach.model.commitments import Commitment
from coach.model.sessions import Preparation
from coach.pages.printed import Promises, promises, sections

_MOST = 6
"""Promises of one kind that a page shows at once, so that it stays one sheet; the rest unfold."""


class Shortened(NamedTuple):
    """Promises under one heading, and those that unfold."""

    title: str
    shown: list[Commitment]
    more: list[Commitment]


router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")


@router.get("/before")
async def before(visit: Visitor, mentorship_id: str) -> Response:
    """What to read before the next session."""

    def act(pair: Pair, wait: float | None) -> Response:
        brief = visit.coach.brief(pair.principal, pair.id, wait=wait)
        return visit.page(
            "web/before.html",
            pair,
            brief=brief,
            sections=sections(brief),
            promises=_shortened(promises(brief.commitments), visit.today(pair)),
            wanted=_wanted(visit, pair),
            asked=asked_of(visit, pair, brief.questions),
            meeting=meeting_of(visit, pair),
        )

    return await visit.patiently(mentorship_id, act)


@router.get("/prepare")
async def prepare(visit: Visitor, mentorship_id: str) -> Response:
    """The mentee's page: prompts to think about, and own promises."""

    def act(pair: Pair, wait: float | None) -> Response:
        if pair.side != "mentee":
            raise NotAllowed("this page is the mentee's")
        reflection = visit.coach.reflection(pair.principal, pair.id, wait=wait)
        made = visit.coach.commitments(pair.principal, pair.id)
        return visit.page(
            "web/prepare.html",
            pair,
            asked=asked_of(visit, pair, reflection.prompts),
            meeting=meeting_of(visit, pair),
            owed=_nearest_first(owed_by(made, pair), visit.today(pair)),
            most=_MOST,
            wanted=_wanted(visit, pair),
        )

    return await visit.patiently(mentorship_id, act)


@router.post("/want")
def want(visit: Visitor, mentorship_id: str) -> Response:
    """Keep what one side wants from the next session."""
    pair = visit.within(mentorship_id)
    shared = visit.form.get("visibility") == "shared"
    values = {"text": _with_prompt(visit), "visibility": "shared" if shared else pair.side}
    words = {"text": "please write something first, at most 20,000 letters"}
    body = taken(NewPreparation, values, words)
    back = back_to(visit.form, pair)

    def act(new_id: NewId) -> str:
        if shared:
            visit.shared()
        visit.coach.prepare(
            pair.principal, pair.id, text=body.text, visibility=body.visibility, new_id=new_id
        )
        return f"{back}?said=asked#wanted"

    return visit.once(pair.principal, act)


def _shortened(groups: Sequence[Promises], today: date) -> list[Shortened]:
    """The promises under their headings: of many, those whose day is near stand on the page."""
    ordered = [(each.title, _nearest_first(each.commitments, today)) for each in groups]
    return [Shortened(title, found[:_MOST], found[_MOST:]) for title, found in ordered]


def _nearest_first(found: Sequence[Commitment], today: date) -> list[Commitment]:
    """Return promises by how near their day is to today, past or future; those without one last."""
    return sorted(found, key=lambda each: abs((each.due or date.max) - today))


def _with_prompt(visit: Visit) -> str:
    """The answer, under the prompt that it answers."""
    answer, prompt = visit.form.text("text").strip(), visit.form.get("prompt")
    return f"“{prompt}”\n{answer}" if prompt and answer else answer


def _wanted(visit: Visit, pair: Pair) -> list[Preparation]:
    """What is wanted from the session that comes next, as far as this side may see it."""
    sessions = visit.coach.sessions(pair.principal, pair.id)
    since = sessions[-1].held_on if sessions else date.min
    found = visit.parts.store.preparations(pair.id, pair.side, visit.today(pair))
    return [each for each in found if each.made_on >= since]
