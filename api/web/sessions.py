"""Sessions: all of them, adding one, changing or erasing it, and its notes."""

from datetime import date
from pathlib import PurePath

from fastapi import APIRouter, Response

from api.schemas.sessions import NewNote, NewSession, SessionPatch
from api.web.forms import Form
from api.web.ground import Page, Visit, Visitor, gone_to
from api.web.pairs import Pair
from api.web.words import taken
from coach.errors import Invalid, NotFound
from coach.ids import NewId
from coach.model.people import Visibility
from coach.model.sessions import Session

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

_FORMATS = {".md": "markdown", ".markdown": "markdown", ".vtt": "vtt", ".srt": "srt"}
_READABLE = {*_FORMATS, ".txt", ".text"}
_WORDS = {
    "held_on": "Please give the day on which you met",
    "duration_minutes": "Please give the length as a number of minutes, at most a week of them",
    "channel": "Please say in at most 300 letters how you met",
    "notes": "Please say who wrote the note and who may see it",
}
_A_PAGE = 50
"""Two years of a session every fortnight."""
_CHANNELS = ("in person", "video call", "phone", "messages")


@router.get("/sessions")
def sessions(visit: Visitor, mentorship_id: str) -> Response:
    """Every session, the newest first, so many a page."""
    pair = visit.within(mentorship_id)
    found = visit.coach.sessions(pair.principal, pair.id, date.max)[::-1]
    first = _offset(visit.asked("after"), len(found))
    return visit.page(
        "web/sessions.html",
        pair,
        sessions=found[first : first + _A_PAGE],
        older=first + _A_PAGE if len(found) > first + _A_PAGE else None,
        today=visit.today(pair),
    )


@router.get("/sessions/new")
def new(visit: Visitor, mentorship_id: str) -> Response:
    """Ask for a session."""
    pair = visit.within(mentorship_id)
    return _form(visit, pair, {"held_on": visit.today(pair).isoformat()})


@router.post("/sessions/new")
def add(visit: Visitor, mentorship_id: str) -> Response:
    """Keep a session; go on to what was understood of it."""
    pair = visit.within(mentorship_id)
    try:
        session = _session(visit.form, pair)
    except Invalid as error:
        given = {name: visit.form.text(name) for name in visit.form.fields}
        return _form(visit, pair, given, error=str(error))

    def act(new_id: NewId) -> str:
        # No model is waited for: the page that follows shows what is read by then.
        made = visit.coach.record_session(pair.principal, pair.id, session, new_id=new_id, wait=0.0)
        return f"{pair.base}/sessions/{made.session.id}?said=added"

    return visit.once(pair.principal, act)


@router.post("/sessions/{session_id}/change")
def change(visit: Visitor, mentorship_id: str, session_id: str) -> Response:
    """Correct the day, the length or the way of a session that one has added."""
    pair = visit.within(mentorship_id)
    values = {
        "held_on": visit.form.get("held_on"),
        "duration_minutes": _length(visit.form),
        "channel": visit.form.get("channel") or None,
    }
    body = taken(SessionPatch, values, _WORDS)
    visit.coach.change_session(pair.principal, pair.id, session_id, body.value())
    return gone_to(f"{pair.base}/sessions/{session_id}?said=changed")


@router.post("/sessions/{session_id}/erase")
def erase_session(visit: Visitor, mentorship_id: str, session_id: str) -> Response:
    """Erase a session that one has added, with one's own notes of it."""
    pair = visit.within(mentorship_id)
    _check_sure(visit.form)
    visit.coach.erase_session(pair.principal, pair.id, session_id)
    return gone_to(f"{pair.base}/sessions?said=session_erased")


@router.post("/sessions/{session_id}/notes")
def add_note(visit: Visitor, mentorship_id: str, session_id: str) -> Response:
    """Keep one more note of a session."""
    pair = visit.within(mentorship_id)
    notes = _notes(visit.form, pair)
    if not notes:
        raise Invalid("please write or paste the note first")
    (first, *_) = [taken(NewNote, each, _WORDS).value() for each in notes]

    def act(new_id: NewId) -> str:
        if first.visibility == "shared":
            visit.shared()
        visit.coach.add_note(pair.principal, pair.id, session_id, first, new_id=new_id, wait=0.0)
        return f"{pair.base}/sessions/{session_id}?said=note"

    return visit.once(pair.principal, act)


@router.get("/notes/{note_id}")
def note(visit: Visitor, mentorship_id: str, note_id: str) -> Response:
    """A note as it was written, with the cited words marked."""
    pair = visit.within(mentorship_id)
    posted = visit.parts.store.posted_note(pair.id, pair.side, note_id)
    if posted.session_id is None:  # a promise that was added by hand stands on no page of notes
        raise NotFound("no such note")
    session = visit.coach.newest_session(pair.principal, pair.id, posted.session_id)
    text = posted.note.text
    start, end = (_offset(visit.asked(name), len(text)) for name in ("start", "end"))
    end = max(start, end)
    return visit.page(
        "web/note.html",
        pair,
        session=session,
        note=posted.note,
        before=text[:start],
        words=text[start:end],
        after=text[end:],
        mine=posted.posted_by == pair.side,
    )


@router.post("/notes/{note_id}/visibility")
def share(visit: Visitor, mentorship_id: str, note_id: str) -> Response:
    """Change who may see a note of one's own."""
    pair = visit.within(mentorship_id)
    visit.coach.share_note(pair.principal, pair.id, note_id, _visibility(visit.form, pair))
    return gone_to(f"{pair.base}/notes/{note_id}?said=shared")


@router.post("/notes/{note_id}/erase")
def erase(visit: Visitor, mentorship_id: str, note_id: str) -> Response:
    """Erase a note of one's own, for good."""
    pair = visit.within(mentorship_id)
    _check_sure(visit.form)
    posted = visit.parts.store.posted_note(pair.id, pair.side, note_id)
    visit.coach.erase_note(pair.principal, pair.id, note_id)
    return gone_to(f"{pair.base}/sessions/{posted.session_id}?said=erased")


def _check_sure(form: Form) -> None:
    if form.get("sure") != "yes":
        raise Invalid("please tick that you are sure: what is erased cannot be brought back")


def _form(visit: Visit, pair: Pair, given: dict[str, str], *, error: str = "") -> Response:
    return visit.page(
        "web/session_new.html",
        pair,
        status=422 if error else 200,
        error=error,
        given=given,
        channels=_channels(visit, pair),
    )


def _channels(visit: Visit, pair: Pair) -> tuple[str, ...]:
    """The ways to meet that the two agreed on, then the usual ones."""
    try:
        agreed = visit.coach.contract(pair.principal, pair.id).channels
    except NotFound:
        agreed = ()
    return (*agreed, *(each for each in _CHANNELS if each not in agreed))


def _session(form: Form, pair: Pair) -> Session:
    notes = _notes(form, pair)
    if not notes and form.get("no_notes") != "yes":
        raise Invalid("Paste a note or choose a file, or tick that there are no notes")
    values = {
        "held_on": form.get("held_on"),
        "duration_minutes": _length(form),
        "channel": form.get("channel") or None,
        "notes": notes,
    }
    return taken(NewSession, values, _WORDS).value()


def _length(form: Form) -> int | None:
    length = form.get("duration_minutes")
    if length and not (length.isascii() and length.isdigit() and len(length) < 10):
        raise Invalid(_WORDS["duration_minutes"])
    return int(length) if length else None


def _notes(form: Form, pair: Pair) -> list[dict[str, object]]:
    """What was pasted, and each file, as the API takes notes."""
    common = {"author": _author(form, pair), "visibility": _visibility(form, pair)}
    notes: list[dict[str, object]] = []
    if form.text("text").strip():
        notes.append({**common, "format": "markdown", "text": form.text("text")})
    for file in form.files:
        suffix = PurePath(file.name).suffix.lower()
        if suffix not in _READABLE:
            raise Invalid("Files of these kinds are taken: .md, .txt, .vtt, .srt")
        notes.append(
            {**common, "format": _FORMATS.get(suffix, "text"), "text": _text(file.content)}
        )
    return notes


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("That file is not plain text (UTF-8)") from error
    if "\0" in text:
        raise Invalid("That file holds a NUL character, and so is no plain text")
    return text


def _author(form: Form, pair: Pair) -> str:
    return {"me": pair.side, "other": pair.other_side, "tool": "tool"}.get(
        form.get("author"), pair.side
    )


def _visibility(form: Form, pair: Pair) -> Visibility:
    """Who may see it; Invalid where it was not said, for a guess may tell a secret."""
    chosen = form.get("visibility")
    if chosen == "shared":
        return "shared"
    if chosen == "me":
        return pair.side
    raise Invalid("Please say who may see it")


def _offset(said: str, most: int) -> int:
    return min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 10 else 0
