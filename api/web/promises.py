"""Putting a promise right in one tap."""

import re

from fastapi import APIRouter, Response

from api.schemas.commitments import CommitmentPatch
from api.web.forms import Form
from api.web.ground import Page, Visitor
from api.web.pairs import Pair
from api.web.words import taken
from coach.errors import Invalid
from coach.ids import NewId

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

_WORDS = {"due": "please give the new day as a date"}
_INSIDE = re.compile(r"(?:/[a-z0-9_]{1,80}){1,2}")
_TAPS = frozenset({"done", "dropped", "open", "partly"})


@router.post("/promises/{commitment_id}")
def put_right(visit: Visitor, mentorship_id: str, commitment_id: str) -> Response:
    """Keep a person's word on a promise, and go back to where it was said."""
    pair = visit.within(mentorship_id)
    values = _said(visit.form)
    back = back_to(visit.form, pair)

    def act(_: NewId) -> str:
        word = taken(CommitmentPatch, values, _WORDS).value()
        made = visit.coach.correct_commitment(pair.principal, pair.id, commitment_id, word)
        visit.touched(pair, made.made_in.note_id)
        return f"{back}?said=promise#{commitment_id}"

    return visit.once(pair.principal, act)


def back_to(form: Form, pair: Pair) -> str:
    """The page of this mentorship that a form stood on."""
    back = form.get("back")
    return f"{pair.base}{back}" if _INSIDE.fullmatch(back) else pair.base


def _said(form: Form) -> dict[str, object]:
    """Return what a person says of a promise, as the fields that it changes."""
    word = form.get("word")
    if word in _TAPS:
        return {"status": word}
    if word == "moved":
        if not form.get("due"):
            raise Invalid("please give the new day, and tap Move it again")
        return {"due": form.get("due")}
    raise Invalid("please tap how it stands")
