"""Which questions to offer: templates filled with what is surely known, then the rules as gates.

A question is asked about an open promise in its own words, a doubt, a worry or an ask that is still
open, a goal whose day is near, or what has changed. Where none of these is sure, nothing is asked.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.people import Audience, Side
from coach.model.questions import Intent, Question
from coach.model.sessions import Session
from coach.questions.goals import on_goals
from coach.questions.prepared import on_preparations
from coach.questions.promises import on_open
from coach.questions.rules.sets import chosen
from coach.questions.templates import MOST_COMPARED, Offer, Slot, Writer
from prompts import newest_questions

_NOTED = ("own", "noted")
_ASKS = re.compile(
    r"\A\W{0,8}(?:who|whom|whose|what|which|where|when|why|how|whether)(?!\w)"
    r"|\A\W{0,8}(?:am|is|are|was|were|do|does|did|has|have|can|may|must|should)"
    r" (?:i|we|my|our|it)(?!\w)",
    re.IGNORECASE,
)
"""An ask that is a question. A request (“please read my text”) is the other's to answer."""
_REQUESTS = re.compile(
    rf"{_ASKS.pattern}|\A\W{{0,8}}(?:please|kindly|tell|show|help|could you|can you|would you"
    r"|will you"
    r"|do you|are you|have you|i (?:want|wanted|would like|'d like) to (?:ask|know))(?!\w)",
    re.IGNORECASE,
)
"""An ask that is a question or a request, by its first words."""
_CHANGED = re.compile(
    r"(?<!\w)(?:new (?:boss|manager|director|job|head|chair\w*|owners?|lead|system|contract|role)"
    r"|moved|leaving|left|clos(?:ed|ing)|merg(?:ed|ing)|promoted|appointed|no longer|resigned"
    r"|postponed|sold|given to|cancelled|redundan\w+|laid off|taken over)(?!\w)",
    re.IGNORECASE,
)
"""Words of a change in somebody's situation; what else was read as one is news of any sort."""
_OF_THE_MENTEE: tuple[Slot, ...] = (
    Slot("ask_doubt", ("doubt",), "exploration", _NOTED),
    Slot("ask_concern", ("concern",), "progress", _NOTED),
    Slot("ask_asked", ("ask",), "exploration", only=_ASKS),
    Slot("ask_win", ("win",), "learning", open_only=False),
    Slot("ask_change", ("change",), "exploration", open_only=False, only=_CHANGED),
)
_OF_THE_MENTOR: tuple[Slot, ...] = (
    Slot("ask_advice", ("doubt", "concern"), "exploration", ("theirs",)),
)
_OPEN = 3
"""The first slots: what a first question is about, and what is carried from an earlier session."""
_CHOICE = re.compile(
    r"(?<!\w)(?:whether (?:to|i|we)|(?:sure|know|decide|wonder(?:s|ing)?) if (?:i|we)"
    r"|should (?:i|we))(?!\w)"
    r"|(?<!\w)(?:undecided|torn|in two minds|haven['’]t decided)(?!\w)",
    re.IGNORECASE,
)
"""Words of a doubt that leaves a choice open; of another one nothing is to be decided."""
_DECIDE = Slot("reflect_decide", ("doubt",), "exploration", only=_CHOICE)
_DOUBT = Slot("reflect_doubt", ("doubt",), "exploration", _NOTED)
_ASKED = Slot("reflect_asked", ("ask",), "exploration", only=_REQUESTS)
_ASK = Slot("reflect_ask", ("concern",), "exploration", _NOTED)
_TELL = Slot("reflect_win", ("win",), "learning", open_only=False)
_LARGEST = 3
"""Few and sound: of more, a reader of half a minute asks none."""


class AskedQuestions(NamedTuple):
    """Questions that keep every rule, with the versions of their prompts.

    `dropped` counts those that did not keep them.
    """

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
    """At most three questions for the reader to ask: first what was left open, then a promise."""
    ask_of = asked_side(history.audience)
    writer = Writer(history, ask_of, _last(history), most=most)
    slots = _slots(ask_of)
    offered = [
        *writer.on_facts(slots),
        *on_open(writer, "ask_promise", commitments),
        *on_goals(writer, "ask_goal", talks=2),
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
    """At most three questions that one session leaves open."""
    ask_of = asked_side(history.audience)
    writer = Writer(history, ask_of, session, most=most)
    slots = _slots(ask_of)
    made_here = [each for each in commitments if each.made_in.session_id == session.id]
    offered = [*writer.on_facts(slots), *on_open(writer, "ask_promise", made_here)]
    return _asked(_balanced(offered, _opening(slots)))


def reflection_prompts(
    history: History, commitments: Sequence[Commitment], *, most: int = MOST_COMPARED
) -> AskedQuestions:
    """At most three prompts for the mentee: what to tell, what to decide, and last what to ask."""
    writer = Writer(history, "mentee", _last(history), most=most)
    to_ask = [_ASKED, _ASK, _DOUBT]
    before = [
        *on_open(writer, "reflect_promise", commitments),
        *writer.on_facts([_DECIDE]),
        *on_goals(writer, "reflect_goal"),
    ]
    last = [
        *on_preparations(writer, "reflect_prepared"),
        *writer.on_facts(to_ask),
        *writer.on_earlier_facts(to_ask),
    ][:1]
    kept = chosen((question for _, question in [*last, *before]), limit=_LARGEST)
    ids = [question.id for question in kept]
    return _asked([each for each in [*before, *last] if each[1].id in ids])


def _opening(slots: Sequence[Slot]) -> frozenset[str]:
    return frozenset(slot.prompt for slot in slots[:_OPEN])


def _last(history: History) -> Session | None:
    return history.sessions[-1] if history.sessions else None


def _balanced(offered: Sequence[Offer], opens: frozenset[str]) -> list[Offer]:
    """Put first what the last session left open, then a promise and a goal."""
    order: tuple[Intent, ...] = ("commitment", "goal", "exploration", "progress", "learning")
    first = [*islice((each for each in offered if each[0] in opens), 1)]
    taken = {question.id for _, question in first}
    for intent in order:
        rest = (each for each in offered if each[1].intent == intent and each[1].id not in taken)
        first += islice(rest, 1)
        taken = {question.id for _, question in first}
    return [*first, *(each for each in offered if each[1].id not in taken)]


def _asked(offered: Sequence[Offer]) -> AskedQuestions:
    kept = chosen((question for _, question in offered), limit=_LARGEST)
    ids = {question.id for question in kept}
    version = f"v{newest_questions()}"
    used = {prompt: version for prompt, question in offered if question.id in ids}
    return AskedQuestions(kept, dict(sorted(used.items())), 0)
