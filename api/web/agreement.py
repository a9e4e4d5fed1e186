"""Shows the contract in force, and takes new versions and the other side's agreement.

A new version is written clause by clause or in prose.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter, Response

from api.schemas.contracts import NewContract
from api.schemas.drift import Decision
from api.web.forms import Form
from api.web.ground import Page, Visit, Visitor
from api.web.pairs import Pair
from api.web.standing import onward
from api.web.words import taken
from coach.agreement.clauses import agreed_clauses
from coach.errors import Invalid, NotFound
from coach.ids import NewId
from coach.model.contract import ClauseName, Contract

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

_SPARE_GOALS, _LEAST_GOALS = 1, 3
_UNITS = {"days": 1, "weeks": 7, "months": 30}
"""A rhythm is kept in days; a month of it is 30 of them."""
NAMES: dict[ClauseName, str] = {
    "goals": "Goals",
    "roles": "What each of us does",
    "cadence": "How often we meet",
    "channels": "How we meet",
    "feedback": "Feedback",
    "confidentiality": "What stays between us",
    "phase": "Getting to know the situation",
    "ends_on": "When it ends",
    "change_signs": "Signs that something should change",
    "text": "In our own words",
}
_MORE = (
    "mentor",
    "mentee",
    "feedback",
    "method",
    "confidentiality",
    "phase",
    "ends_on",
    "change_signs",
)
"""What a first agreement can do without: it is folded away until it holds something."""
_WORDS = {
    "effective_from": "Please give the day from which it counts",
    "goals": "Please give each goal in words, and its day as a date",
    "cadence": "Please give how often you meet as a number, and the minutes too",
    "feedback": "Please give after how many sessions feedback is exchanged as a number",
    "phase": "Please give the day until which you get to know the situation as a date",
    "ends_on": "Please give the day on which it ends as a date",
    "channels": "Please say how you meet in at most 300 letters a line",
}


class Row(NamedTuple):
    """A clause as two versions have it, side by side."""

    name: str
    cells: tuple[tuple[str, ...], ...]


@router.get("/agreement")
def agreement(visit: Visitor, mentorship_id: str) -> Response:
    """What is in force, what is missing, and the versions side by side."""
    pair = visit.within(mentorship_id)
    versions = visit.coach.contract_versions(pair.principal, pair.id)
    shown = versions[-2:]
    return visit.page(
        "web/agreement.html",
        pair,
        now=_in_force(visit, pair),
        versions=versions,
        shown=shown,
        rows=list(_rows(shown)),
        names=NAMES,
        onward=onward(visit, pair) if visit.asked("said") else None,
    )


@router.get("/agreement/write")
def write(visit: Visitor, mentorship_id: str) -> Response:
    """The clauses to fill in or leave out; those in force stand there already."""
    pair = visit.within(mentorship_id)
    now = _in_force(visit, pair)
    return _form(visit, pair, _given(now, visit.today(pair)), amend=visit.asked("amend"))


@router.post("/agreement/write")
def written(visit: Visitor, mentorship_id: str) -> Response:
    """Keep the next version; where it settles a warning, settle that too."""
    pair = visit.within(mentorship_id)
    form, amend = visit.form, visit.form.get("amend")
    try:
        body = taken(NewContract, _values(form), _WORDS)
        agreed = body.agreed()
        _check_says_something(agreed)
    except Invalid as error:
        return _form(visit, pair, _as_sent(form), amend=amend, error=str(error))

    def act(new_id: NewId) -> str:
        if amend:
            settling = Decision(decision="amend", contract=body).value(new_id)
            visit.coach.decide(pair.principal, pair.id, amend, settling)
            return f"{pair.base}/left?said=settled"
        visit.coach.agree_on_contract(pair.principal, pair.id, agreed)
        return f"{pair.base}/agreement?said=agreed"

    return visit.once(pair.principal, act)


@router.post("/agreement/{version}/agree")
def agree(visit: Visitor, mentorship_id: str, version: int) -> Response:
    """Add one's own side to those that agreed."""
    pair = visit.within(mentorship_id)

    def act(_: NewId) -> str:
        visit.coach.agree(pair.principal, pair.id, version)
        return f"{pair.base}/agreement?said=agreed_too"

    return visit.once(pair.principal, act)


def _check_says_something(agreed: Contract) -> None:
    """Raise Invalid where nothing is agreed: that is easily sent by mistake."""
    if not agreed.text and not any(agreed_clauses(agreed)):
        raise Invalid("Please write down one thing at least, such as how often you meet")


def _in_force(visit: Visit, pair: Pair) -> Contract | None:
    try:
        return visit.coach.contract(pair.principal, pair.id)
    except NotFound:
        return None


def _form(
    visit: Visit, pair: Pair, given: dict[str, Any], *, amend: str, error: str = ""
) -> Response:
    return visit.page(
        "web/agreement_write.html",
        pair,
        status=422 if error else 200,
        error=error,
        given=given,
        amend=amend,
        units=_UNITS,
        folded=max(1, sum(bool(each.get("statement")) for each in given["goals"])) + 1,
        more_said=any(given.get(name) for name in _MORE),
    )


def _given(now: Contract | None, today: date) -> dict[str, Any]:
    """What the form shows of the contract in force."""
    if now is None:
        return {"effective_from": today.isoformat(), "goals": [{}] * _LEAST_GOALS, "unit": "weeks"}
    days = now.cadence.every_days if now.cadence else None
    unit = "weeks" if days is None or days % 7 == 0 else "days"
    goals: list[dict[str, Any]] = [each.model_dump(mode="json") for each in now.goals]
    return {
        "effective_from": today.isoformat(),
        "goals": goals + [{}] * max(_SPARE_GOALS, _LEAST_GOALS - len(goals)),
        "every": days // _UNITS[unit] if days else "",
        "unit": unit,
        "minutes": (now.cadence.duration_minutes if now.cadence else None) or "",
        "mentor": "\n".join(now.roles.mentor),
        "mentee": "\n".join(now.roles.mentee),
        "channels": "\n".join(now.channels),
        "feedback": now.feedback.every_sessions if now.feedback else "",
        "method": (now.feedback.method if now.feedback else None) or "",
        "confidentiality": now.confidentiality or "",
        "phase": _iso(now.phase.diagnosis_until if now.phase else None),
        "ends_on": _iso(now.ends_on),
        "change_signs": "\n".join(now.change_signs),
        "text": now.text or "",
    }


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _as_sent(form: Form) -> dict[str, Any]:
    """What the form showed when it was sent."""
    given: dict[str, Any] = {name: form.text(name) for name in form.fields}
    given["goals"] = [dict(zip(_GOAL, each, strict=True)) for each in _goals(form)] or [{}]
    return given


_GOAL = ("id", "statement", "success_criteria", "target_date", "status")


def _goals(form: Form) -> Iterator[tuple[str, ...]]:
    columns = [form.fields.get(f"goal_{name}", []) for name in _GOAL]
    yield from zip(*columns, strict=False)


def _values(form: Form) -> dict[str, object]:
    """What the form says, as the API takes a contract: what is left out is not agreed."""
    roles = {side: form.lines(side) for side in ("mentor", "mentee")}
    values: dict[str, object] = {
        "effective_from": form.get("effective_from"),
        "goals": list(_goal_values(form)),
        "roles": roles if any(roles.values()) else None,
        "cadence": _cadence(form),
        "channels": form.lines("channels"),
        "feedback": _feedback(form),
        "confidentiality": form.text("confidentiality").strip() or None,
        "phase": {"diagnosis_until": form.get("phase")} if form.get("phase") else None,
        "ends_on": form.get("ends_on") or None,
        "change_signs": form.lines("change_signs"),
        "text": form.text("text").strip() or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _goal_values(form: Form) -> Iterator[dict[str, object]]:
    taken_ids = {goal_id for goal_id, *_ in _goals(form) if goal_id}
    for number, each in enumerate(_goals(form), start=1):
        said = {name: value.strip() for name, value in zip(_GOAL, each, strict=True)}
        if said["statement"]:
            said["id"] = said["id"] or _free_id(number, taken_ids)
            taken_ids.add(said["id"])
            yield {name: value for name, value in said.items() if value}


def _free_id(number: int, taken_ids: set[str]) -> str:
    while f"g{number}" in taken_ids:
        number += 1
    return f"g{number}"


def _cadence(form: Form) -> dict[str, object] | None:
    if not form.get("every"):
        return None
    every = _number(form.get("every"))
    minutes = _number(form.get("minutes")) if form.get("minutes") else None
    unit = _UNITS.get(form.get("unit"), 1)
    return {
        "every_days": every * unit if isinstance(every, int) else every,
        "duration_minutes": minutes,
    }


def _feedback(form: Form) -> dict[str, object] | None:
    if not form.get("feedback"):
        return None
    return {
        "every_sessions": _number(form.get("feedback")),
        "method": form.get("method") or None,
    }


def _number(said: str) -> int | str:
    """A whole number; else what was said, which the API's own check then refuses."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else said


def _rows(versions: list[Contract]) -> Iterator[Row]:
    """Every clause that one of the versions has, in words."""
    said = [
        {
            name: tuple(
                _to_both(each.clause.text)
                for each in agreed_clauses(version)
                if each.clause.name == name
            )
            for name in NAMES
        }
        for version in versions
    ]
    for name, words in NAMES.items():
        cells = tuple(each[name] for each in said)
        if any(cells):
            yield Row(words, cells)


def _to_both(words: str) -> str:
    """A clause as it is told to the two themselves."""
    return f"You {words.removeprefix('The two ')}" if words.startswith("The two ") else words
