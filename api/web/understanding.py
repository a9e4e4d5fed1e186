"""What was understood of a session.

All of it to be put right in one form, and every word undone again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Response

from api.schemas.commitments import CommitmentPatch, NewCommitment
from api.schemas.facts import FactPatch
from api.web.forms import Form
from api.web.ground import Page, Visit, Visitor
from api.web.pairs import Pair
from api.web.standing import onward
from api.web.words import taken
from coach.errors import Invalid, NotFound
from coach.ids import NewId
from coach.model.commitments import Commitment, CommitmentEvent
from coach.model.facts import Fact
from coach.model.sessions import Session

router = APIRouter(route_class=Page, include_in_schema=False, prefix="/m/{mentorship_id}")

KINDS: Mapping[str, str] = {
    "topic": "what you talked about",
    "win": "something to be glad of",
    "concern": "a worry",
    "change": "a change",
    "attempt": "something that was tried",
    "doubt": "a doubt",
    "commitment": "a promise",
    "decision": "a decision",
    "feedback": "feedback",
    "ask": "a request",
    "stopper": "something in the way",
    "insight": "an insight",
}
_PARTS = ("owner", "due", "status", "action")
_WORDS = {
    "owner": "please choose whose promise it is",
    "action": "please say in at most 300 letters what was promised",
    "due": "please give the day as a date, or leave it empty",
    "status": "please choose how it stands",
    "visibility": "please say who may see the promise that you add",
    "kind": "please choose what it is from the list",
}
_MOST_PROMISES, _MOST_FACTS = 40, 60
"""So many stand on one page.

Measured, such a page weighs under 100 kB, and its form has under 300 fields.
"""
_NO_PROMISE, _HIDDEN, _AS_READ = "none", "hidden", "read"


class Outcome(NamedTuple):
    """A promise of an earlier session, and what this one says became of it."""

    promise: Commitment
    event: CommitmentEvent
    yes: str
    no: str
    said: str
    """A person's word on it, empty where nobody has spoken."""


class _Row(NamedTuple):
    """A field of the form that stands for one thing: what it was, and what it is to be."""

    about: str
    was: str
    chosen: str


@router.get("/sessions/{session_id}")
def understood(visit: Visitor, mentorship_id: str, session_id: str) -> Response:
    """What was understood of a session, to put right."""
    return _page(visit, visit.within(mentorship_id), session_id)


@router.post("/sessions/{session_id}/understood")
def put_right(visit: Visitor, mentorship_id: str, session_id: str) -> Response:
    """Keep a person's word on all that they changed in the form, and add what they added."""
    pair = visit.within(mentorship_id)
    session = visit.coach.newest_session(pair.principal, pair.id, session_id)
    try:
        added = _added(visit.form, pair)
        words = dict(_promise_words(visit.form))
        facts = dict(_fact_words(visit.form))
    except Invalid as error:
        return _page(visit, pair, session_id, error=f"{str(error)[:1].upper()}{str(error)[1:]}.")

    def act(new_id: NewId) -> str:
        kept = _Kept(visit, pair, session)
        kept.all_of(words, facts)
        if added:
            made = visit.coach.add_commitment(pair.principal, pair.id, added.value(), new_id=new_id)
            visit.touched(pair, made.made_in.note_id)
        said = "some_gone" if kept.gone else "understood"
        return f"{pair.base}/sessions/{session_id}?said={said}"

    return visit.once(pair.principal, act)


class _Kept:
    """Keeps words one by one; what is not there any more is passed over, and told of."""

    def __init__(self, visit: Visit, pair: Pair, session: Session) -> None:
        self._visit, self._pair, self._session = visit, pair, session
        self._coach, self._asked = visit.coach, (pair.principal, pair.id)
        self.gone = False

    def all_of(
        self, words: Mapping[str, CommitmentPatch | None], facts: Mapping[str, FactPatch]
    ) -> None:
        """Keep them all; None is no promise at all."""
        for promise_id, word in words.items():
            try:
                self._promise(promise_id, word)
            except NotFound:
                self.gone = True
        for fact_id, said in facts.items():
            try:
                fact = self._coach.correct_fact(*self._asked, fact_id, said.value())
                self._visit.touched(self._pair, fact.citation.note_id)
            except NotFound:
                self.gone = True

    def _promise(self, promise_id: str, word: CommitmentPatch | None) -> None:
        if word is not None:
            made = self._coach.correct_commitment(*self._asked, promise_id, word.value())
            self._visit.touched(self._pair, made.made_in.note_id)
            return
        promise = self._coach.newest_commitment(*self._asked, promise_id)
        self._visit.touched(self._pair, promise.made_in.note_id)
        if promise.made_in.session_id is None:
            self._coach.erase_note(*self._asked, promise.made_in.note_id)
            return
        fact = self._fact_of(promise)
        if fact is None:
            dropped = CommitmentPatch(status="dropped").value()
            self._coach.correct_commitment(*self._asked, promise_id, dropped)
        else:
            self._coach.correct_fact(*self._asked, fact.id, FactPatch(hidden=True).value())

    def _fact_of(self, promise: Commitment) -> Fact | None:
        """The fact that a promise was read from."""
        found = self._coach.facts(
            *self._asked, self._session.held_on, session_id=promise.made_in.session_id
        )
        place = (promise.made_in.note_id, promise.made_in.start)
        there = (each.citation for each in found)
        at = {(c.note_id, c.start): each for c, each in zip(there, found, strict=True)}
        return at.get(place)


def _page(visit: Visit, pair: Pair, session_id: str, *, error: str = "") -> Response:
    session = visit.coach.newest_session(pair.principal, pair.id, session_id)
    today = visit.today(pair)
    as_of = max(today, session.held_on)
    made = visit.coach.commitments(pair.principal, pair.id, as_of)
    promises = [each for each in made if each.made_in.session_id == session.id]
    facts = visit.coach.facts(pair.principal, pair.id, as_of, session_id=session.id, hidden=True)
    listed = {(each.made_in.note_id, each.made_in.start) for each in promises}
    others = [f for f in facts if f.hidden or (f.citation.note_id, f.citation.start) not in listed]
    return visit.page(
        "web/understood.html",
        pair,
        status=422 if error else 200,
        error=error,
        sent=lambda name, otherwise: visit.form.fields.get(name, [otherwise])[0],
        session=session,
        promises=_part(visit, "promises", promises, _MOST_PROMISES),
        by_hand=_by_hand(visit, pair, session, made),
        outcomes=_outcomes(made, session),
        facts=_part(visit, "facts", others, _MOST_FACTS),
        facts_asked=bool(visit.asked("facts")),
        kinds=KINDS,
        mine=_posted(visit, pair, session),
        added_it=visit.parts.store.poster(pair.id, pair.side, session.id) == pair.side,
        to_come=session.held_on > today,
        onward=onward(visit, pair) if visit.asked("said") == "added" else None,
    )


class Part(NamedTuple):
    """As many of a list as stand on one page, and where the next ones begin."""

    shown: Sequence[Commitment | Fact]
    all: int
    more: int | None


def _part(visit: Visit, name: str, found: Sequence[Commitment | Fact], most: int) -> Part:
    said = visit.asked(name)
    first = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
    more = first + most if len(found) > first + most else None
    return Part(found[first : first + most], len(found), more)


def _by_hand(
    visit: Visit, pair: Pair, session: Session, made: Iterable[Commitment]
) -> list[Commitment]:
    """The promises that were added by hand since this session and before the next one."""
    held = visit.coach.sessions(pair.principal, pair.id)
    after = [each.held_on for each in held if each.held_on > session.held_on]
    until = after[0] if after else None
    return [
        each
        for each in made
        if each.made_in.session_id is None
        and each.made_in.held_on >= session.held_on
        and (until is None or each.made_in.held_on < until)
    ]


def _outcomes(made: Sequence[Commitment], session: Session) -> list[Outcome]:
    """What a session says became of earlier promises, the last word of each."""
    found = []
    for promise in made:
        said = [
            event
            for event in promise.history
            if event.session_id == session.id and event.status != "open" and event.by != "person"
        ]
        if said and promise.made_in.session_id != session.id:
            found.append(_outcome(promise, said[-1]))
    return found


def _outcome(promise: Commitment, event: CommitmentEvent) -> Outcome:
    last = promise.history[-1]
    word = ""
    if last.by == "person":
        word = promise.status if promise.status in {"done", "dropped", "partly"} else "open"
    yes = {"done": "done", "dropped": "dropped", "partly": "partly"}.get(event.status, "open")
    if not word and yes in {"partly", "open"}:
        yes = (
            ""  # what is under way stays the notes' to tell: the next ones may say that it is done
        )
    return Outcome(promise, event, yes, "done" if event.status == "not_done" else "open", word)


def _posted(visit: Visit, pair: Pair, session: Session) -> frozenset[str]:
    """The notes of a session that this side put there."""
    store = visit.parts.store
    return frozenset(
        note.id
        for note in session.notes
        if store.posted_note(pair.id, pair.side, note.id).posted_by == pair.side
    )


def _promise_words(form: Form) -> Iterator[tuple[str, CommitmentPatch | None]]:
    """What a person says of each promise.

    Only what they changed, so that later notes still count for the rest.
    """
    for row in _rows(form, "outcome"):
        if row.chosen and row.chosen != row.was:
            yield row.about, taken(CommitmentPatch, {"status": row.chosen}, _WORDS)
    for name in form.fields:
        if name.startswith("was."):
            about = name.removeprefix("was.")
            now = {part: form.get(f"{part}.{about}") for part in _PARTS}
            before = dict(zip(_PARTS, form.get(name).split("|", 3), strict=False))
            if now["status"] == _NO_PROMISE:
                yield about, None
            elif changed := {p: now[p] or None for p in _PARTS if now[p] != before.get(p)}:
                yield about, taken(CommitmentPatch, changed, _WORDS)


def _fact_words(form: Form) -> Iterator[tuple[str, FactPatch]]:
    """What a person says of each fact that they changed."""
    for row in _rows(form, "fact"):
        if row.chosen == row.was:
            continue
        if row.chosen == _HIDDEN:
            said: dict[str, object] = {"hidden": True}
        elif row.chosen == _AS_READ:
            said = {"kind": None, "hidden": False}
        else:
            said = {"kind": row.chosen, **({"hidden": False} if row.was == _HIDDEN else {})}
        yield row.about, taken(FactPatch, said, _WORDS)


def _rows(form: Form, sort: str) -> Iterator[_Row]:
    """The fields of one sort, named `sort.about.was`."""
    for name in form.fields:
        if name.startswith(f"{sort}.") and name.count(".") == 2:
            _, about, was = name.split(".")
            yield _Row(about, was, form.get(name))


def _added(form: Form, pair: Pair) -> NewCommitment | None:
    """The promise that a person adds; None where they add none."""
    if not form.get("new.action"):
        return None
    seen: dict[str, object] = {"shared": "shared", "me": pair.side}
    values = {
        "owner": form.get("new.owner"),
        "action": form.get("new.action"),
        "due": form.get("new.due") or None,
        "visibility": seen.get(form.get("new.visibility")),
    }
    return taken(NewCommitment, values, _WORDS)
