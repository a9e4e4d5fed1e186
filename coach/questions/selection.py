"""Which questions to offer: templates filled with what was said, then the rules as gates.

A question is worth asking only about these two people's own matters: where nobody said any such thing, nothing is asked.
"""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.people import Audience, Side
from coach.model.questions import Intent, Question
from coach.model.sessions import Session
from coach.questions.rules.sets import chosen
from coach.questions.templates import MOST_COMPARED, Offer, Slot, Writer
from prompts import newest

_BRIEF: tuple[Slot, ...] = (
    Slot("ask_concern", ("concern",), "progress"),
    Slot("ask_doubt", ("doubt",), "exploration"),
    Slot("ask_win", ("win",), "learning"),
    Slot("ask_attempt", ("attempt",), "learning"),
    Slot("ask_insight", ("insight",), "learning"),
)
_LEARNING = _BRIEF[2:]
_OPENINGS = _BRIEF[:4]
"""What a first question may be about: the concern, doubt, happy point or attempt of the last session."""
_KEEP, _CHANGE, _ALOUD, _LEARNED, _ASK = (
    Slot("reflect_keep", ("win",), "learning"),
    Slot("reflect_change", ("stopper", "insight", "decision"), "learning"),
    Slot("reflect_aloud", ("doubt", "insight", "concern"), "exploration"),
    Slot("reflect_learned", ("attempt",), "learning"),
    Slot("reflect_ask", ("ask", "concern", "doubt"), "exploration"),
)


class AskedQuestions(NamedTuple):
    """Questions that keep every rule, the versions of the prompts used, and how many did not keep them."""

    questions: tuple[Question, ...]
    prompts: dict[str, str]
    dropped: int


def asked_side(audience: Audience) -> Side:
    """Whom a reader asks: the other of the two; a tool's questions are for the mentee."""
    return "mentor" if audience == "mentee" else "mentee"


def brief_questions(
    history: History, commitments: Sequence[Commitment], *, most: int = MOST_COMPARED
) -> AskedQuestions:
    """At most five questions for the reader to ask: first what was left open, then a goal and what was learned."""
    ask_of = asked_side(history.audience)
    writer = Writer(history, ask_of, _last(history), most=most)
    offered = [
        *islice(writer.on_facts(_OPENINGS), 1),
        *writer.on_goals(),
        *writer.on_facts(_BRIEF),
        *writer.on_overdue("ask_commitment", commitments),
        *writer.on_stoppers("ask_stopper"),
    ]
    if not any(question.intent == "learning" for _, question in offered):
        offered += writer.on_earlier_facts(_LEARNING)
    return _asked(_balanced(offered))


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
    made_here = [each for each in commitments if each.made_in.session_id == session.id]
    offered = [
        *islice(writer.on_facts(_OPENINGS), 1),
        *writer.on_facts(_BRIEF),
        *writer.on_overdue("ask_commitment", made_here),
    ]
    return _asked(_balanced(offered))


def reflection_prompts(
    history: History, commitments: Sequence[Commitment], *, most: int = MOST_COMPARED
) -> AskedQuestions:
    """At most five prompts for the mentee: keep, stop or start, say it aloud, teach it; the last one towards one ask."""
    writer = Writer(history, "mentee", _last(history), most=most)
    last = [*writer.on_preparations("reflect_prepared"), *writer.on_facts([_ASK])][:1]
    taught = [*writer.on_mastery("reflect_teach")]
    before = [
        *writer.on_facts([_KEEP]),
        *taught,
        *writer.on_facts([_ALOUD]),
        *writer.on_stoppers("ask_stopper"),
        *writer.on_facts([_CHANGE, _LEARNED]),
        *writer.on_overdue("reflect_commitment", commitments),
    ]
    kept = chosen(question for _, question in [*last, *before])
    ids = [question.id for question in kept]
    return _asked([each for each in [*before, *last] if each[1].id in ids])


def _last(history: History) -> Session | None:
    return history.sessions[-1] if history.sessions else None


def _balanced(offered: list[Offer]) -> list[Offer]:
    """What the last session left open first, then a goal, what was learned and a commitment, before any second of a kind."""
    order: tuple[Intent, ...] = ("goal", "learning", "commitment", "exploration", "progress")
    opens = {slot.prompt for slot in _OPENINGS}
    first = [each for each in offered[:1] if each[0] in opens]
    taken = {question.id for _, question in first}
    for intent in order:
        rest = (each for each in offered if each[1].intent == intent and each[1].id not in taken)
        first += islice(rest, 1)
        taken = {question.id for _, question in first}
    return [*first, *(each for each in offered if each[1].id not in taken)]


def _asked(offered: Sequence[Offer]) -> AskedQuestions:
    kept = chosen(question for _, question in offered)
    ids = {question.id for question in kept}
    used = {prompt: f"v{newest(prompt)}" for prompt, question in offered if question.id in ids}
    return AskedQuestions(kept, dict(sorted(used.items())), 0)
