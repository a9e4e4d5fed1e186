"""Which questions to offer: templates filled with what is surely known, then the rules as gates.

A question is asked about an open promise in its own words, a doubt, a worry or an ask that is still open, a goal and
what it is met by, or what has changed. Where none of these is sure, nothing is asked.
"""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.people import Audience, Side
from coach.model.questions import Intent, Question
from coach.model.sessions import Session
from coach.questions.promises import on_done, on_open
from coach.questions.rules.sets import chosen
from coach.questions.templates import MOST_COMPARED, Offer, Slot, Writer
from prompts import newest_questions

_NOTED = ("own", "noted")
_OF_THE_MENTEE: tuple[Slot, ...] = (
    Slot("ask_doubt", ("doubt",), "exploration", _NOTED),
    Slot("ask_concern", ("concern",), "progress", _NOTED),
    Slot("ask_asked", ("ask",), "exploration"),
    Slot("ask_win", ("win",), "learning"),
    Slot("ask_change", ("change",), "exploration"),
)
_OF_THE_MENTOR: tuple[Slot, ...] = (
    Slot("ask_advice", ("doubt", "concern"), "exploration", ("theirs",)),
)
_OPEN = 3
"""The first slots: what a first question may be about, and what is carried from earlier sessions."""
_TELL = Slot("reflect_win", ("win",), "learning")
_DECIDE = Slot("reflect_decide", ("doubt",), "exploration")
_ASKED = Slot("reflect_asked", ("ask",), "exploration")
_ASK = Slot("reflect_ask", ("concern",), "exploration")


class AskedQuestions(NamedTuple):
    """Questions that keep every rule, the versions of the prompts used, and how many did not keep them."""

    questions: tuple[Question, ...]
    prompts: dict[str, str]
    dropped: int


def asked_side(audience: Audience) -> Side:
    """Whom a reader asks: the other of the two; a tool's questions are for the mentee."""
    return "mentor" if audience == "mentee" else "mentee"


def _slots(ask_of: Side) -> tuple[Slot, ...]:
    return _OF_THE_MENTEE if ask_of == "mentee" else _OF_THE_MENTOR


def brief_questions(
    history: History, commitments: Sequence[Commitment], *, most: int = MOST_COMPARED
) -> AskedQuestions:
    """At most five questions for the reader to ask: first what was left open, then a goal and what was done."""
    ask_of = asked_side(history.audience)
    writer = Writer(history, ask_of, _last(history), most=most)
    slots = _slots(ask_of)
    offered = [
        *writer.on_facts(slots),
        *on_done(writer, "ask_done", commitments),
        *writer.on_goals("ask_goal"),
        *on_open(writer, "ask_promise", commitments),
    ]
    if not any(prompt in _opening(slots) for prompt, _ in offered):
        offered += writer.on_earlier_facts(slots[:_OPEN])
    return _asked(_balanced(offered, _opening(slots)))


def session_questions(
    history: History,
    session: Session,
    commitments: Sequence[Commitment],
    *,
    most: int = MOST_COMPARED,
) -> AskedQuestions:
    """At most five questions that one session leaves open."""
    ask_of = asked_side(history.audience)
    writer = Writer(history, ask_of, session, most=most)
    slots = _slots(ask_of)
    made_here = [each for each in commitments if each.made_in.session_id == session.id]
    offered = [*writer.on_facts(slots), *on_open(writer, "ask_promise", made_here)]
    return _asked(_balanced(offered, _opening(slots)))


def reflection_prompts(
    history: History, commitments: Sequence[Commitment], *, most: int = MOST_COMPARED
) -> AskedQuestions:
    """At most five prompts for the mentee to prepare with: what to tell, what to decide, and last what to ask."""
    writer = Writer(history, "mentee", _last(history), most=most)
    last = [
        *writer.on_preparations("reflect_prepared"),
        *writer.on_facts([_ASKED, _ASK]),
        *writer.on_earlier_facts([_ASKED, _ASK]),
    ][:1]
    before = [
        *on_done(writer, "reflect_done", commitments),
        *writer.on_facts([_TELL]),
        *on_open(writer, "reflect_promise", commitments),
        *writer.on_facts([_DECIDE]),
        *writer.on_goals("reflect_goal"),
    ]
    kept = chosen(question for _, question in [*last, *before])
    ids = [question.id for question in kept]
    return _asked([each for each in [*before, *last] if each[1].id in ids])


def _opening(slots: Sequence[Slot]) -> frozenset[str]:
    return frozenset(slot.prompt for slot in slots[:_OPEN])


def _last(history: History) -> Session | None:
    return history.sessions[-1] if history.sessions else None


def _balanced(offered: Sequence[Offer], opens: frozenset[str]) -> list[Offer]:
    """What the last session left open first, then a goal, what was learned and a promise, before any second of a kind."""
    order: tuple[Intent, ...] = ("goal", "learning", "commitment", "exploration", "progress")
    first = [*islice((each for each in offered if each[0] in opens), 1)]
    taken = {question.id for _, question in first}
    for intent in order:
        rest = (each for each in offered if each[1].intent == intent and each[1].id not in taken)
        first += islice(rest, 1)
        taken = {question.id for _, question in first}
    return [*first, *(each for each in offered if each[1].id not in taken)]


def _asked(offered: Sequence[Offer]) -> AskedQuestions:
    kept = chosen(question for _, question in offered)
    ids = {question.id for question in kept}
    version = f"v{newest_questions()}"
    used = {prompt: version for prompt, question in offered if question.id in ids}
    return AskedQuestions(kept, dict(sorted(used.items())), 0)
