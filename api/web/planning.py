"""Before a session: when the two meet next, and questions that somebody strikes for themselves."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from api.schemas.planning import NewNextSession
from api.web.forms import Form
from api.web.ground import Page, Visit, Visitor
from api.web.pairs import Pair
from api.web.promises import back_to
from api.web.words import taken
from coach.errors import Invalid, NotFound
from coach.ids import NewId
from coach.model.questions import Question
from coach.model.sessions import NextSession

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

_QUESTION = re.compile(r"question_[0-9a-f]{8,64}")
_WORDS = {
    "starts_at": "please give the day and the time at which you meet next",
    "channel": "please say in at most 300 letters how you meet",
    "duration_minutes": "please give the length as a number of minutes",
}


class Meeting(NamedTuple):
    """When the two meet next, by the clock on their wall."""

    on: date
    at: str
    channel: str | None
    minutes: int | None


class Asked(NamedTuple):
    """Questions to ask, and those that this person has struck."""

    open: Sequence[Question]
    struck: Sequence[Question]


@router.post("/next")
def plan(visit: Visitor, mentorship_id: str) -> Response:
    """Keep when the two meet next, or take it back."""
    pair = visit.within(mentorship_id)
    form = visit.form
    back = "/" if form.get("back") == "home" else back_to(form, pair)
    planned = None if form.get("word") == "drop" else _planned(form, pair)

    def act(_: NewId) -> str:
        visit.coach.plan_session(pair.principal, pair.id, planned)
        return f"{back}?said={'planned' if planned else 'unplanned'}"

    return visit.once(pair.principal, act)


@router.post("/questions/{question_id}")
def strike(visit: Visitor, mentorship_id: str, question_id: str) -> Response:
    """Strike a question for oneself, or bring it back."""
    pair = visit.within(mentorship_id)
    if not _QUESTION.fullmatch(question_id):
        raise NotFound("no such question")
    struck = visit.form.get("word") != "back"
    back = back_to(visit.form, pair)

    def act(_: NewId) -> str:
        who = visit.person.person_id
        visit.coach.strike_question(who, pair.id, question_id, struck=struck)
        return f"{back}?said={'struck' if struck else 'brought_back'}#questions"

    return visit.once(pair.principal, act)


def meeting_of(visit: Visit, pair: Pair) -> Meeting | None:
    """When the two meet next, None where they have not said."""
    try:
        planned = visit.coach.next_session(pair.principal, pair.id)
    except NotFound:
        return None
    local = planned.starts_at.astimezone(ZoneInfo(pair.mentorship.timezone))
    return Meeting(local.date(), f"{local:%H:%M}", planned.channel, planned.duration_minutes)


def asked_of(visit: Visit, pair: Pair, questions: Sequence[Question]) -> Asked:
    """The questions of a page without those that this person has struck."""
    gone = visit.coach.struck_questions(visit.person.person_id, pair.id)
    return Asked(
        [each for each in questions if each.id not in gone],
        [each for each in questions if each.id in gone],
    )


def _planned(form: Form, pair: Pair) -> NextSession:
    length = form.get("duration_minutes")
    values = {
        "starts_at": _moment(form, pair),
        "channel": form.get("channel") or None,
        "duration_minutes": int(length)
        if length.isascii() and length.isdigit()
        else length or None,
    }
    return taken(NewNextSession, values, _WORDS).value()


def _moment(form: Form, pair: Pair) -> str:
    """The day and the time of the form as one moment, by the clock of the two."""
    said = f"{form.get('on')}T{form.get('at')}"
    try:
        local = datetime.strptime(said, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - its zone comes next
    except ValueError:
        raise Invalid(_WORDS["starts_at"]) from None
    return local.replace(tzinfo=ZoneInfo(pair.mentorship.timezone)).isoformat()
