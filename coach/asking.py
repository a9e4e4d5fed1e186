"""Which questions to offer: templates filled with what was said, then the rules as gates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach.contract import active_goals
from coach.facts import ReadNote, cite, plain, read_notes
from coach.goals import goal_words
from coach.ids import derived_id
from coach.model import (
    Audience,
    Commitment,
    FactKind,
    Finding,
    History,
    Intent,
    Question,
    Session,
    Side,
)
from coach.phrasing import addressed, day
from coach.questions import chosen
from coach.words import count, stems
from prompts import newest, render

_SHORTEST_QUOTE = 4
_LONGEST_QUOTE = 13
_CLAUSE_END = re.compile(r"(?:[;:!.]|,|\s[-–—])\s+")
_LABEL = re.compile(r"^[^\W\d_][\w '()/-]{1,30}:\s+")
_FIRST_PERSON = re.compile(r"(?<!\w)(?:i|i'm|i’m|my|me|we|our)(?!\w)", re.IGNORECASE)


class Asked(NamedTuple):
    """Questions that keep every rule, the versions of the prompts used, and how many did not keep them."""

    questions: tuple[Question, ...]
    prompts: dict[str, str]
    dropped: int


class _Slot(NamedTuple):
    """Which facts a question is built on and how it is worded."""

    prompt: str
    kinds: tuple[FactKind, ...]
    intent: Intent


_BRIEF: tuple[_Slot, ...] = (
    _Slot("ask_concern", ("concern",), "progress"),
    _Slot("ask_doubt", ("doubt",), "exploration"),
    _Slot("ask_win", ("win",), "learning"),
    _Slot("ask_attempt", ("attempt",), "learning"),
    _Slot("ask_insight", ("insight",), "learning"),
)
_REFLECTION: tuple[_Slot, ...] = (
    _Slot("reflect_keep", ("win",), "learning"),
    _Slot("reflect_aloud", ("doubt", "insight"), "exploration"),
    _Slot("reflect_learned", ("attempt", "stopper"), "learning"),
    _Slot("reflect_ask", ("concern", "ask"), "exploration"),
)


def brief_questions(history: History, commitments: Sequence[Commitment]) -> Asked:
    """At most five questions for the reader to ask: first what was left open, one on what worked, one on a goal."""
    ask_of: Side = "mentor" if history.audience == "mentee" else "mentee"
    writer = _Writer(history, ask_of, _last(history))
    offered = [
        *writer.on_facts(_BRIEF),
        *writer.on_goals(),
        *writer.on_overdue("ask_commitment", commitments),
    ]
    return _asked(_balanced(offered))


def session_questions(
    history: History, session: Session, commitments: Sequence[Commitment]
) -> Asked:
    """At most five questions that one session leaves open."""
    ask_of: Side = "mentor" if history.audience == "mentee" else "mentee"
    writer = _Writer(history, ask_of, session)
    made_here = [each for each in commitments if each.made_in.session_id == session.id]
    offered = [*writer.on_facts(_BRIEF), *writer.on_overdue("ask_commitment", made_here)]
    return _asked(_balanced(offered))


def reflection_prompts(history: History, commitments: Sequence[Commitment]) -> Asked:
    """At most five prompts for the mentee, the last one towards one specific ask."""
    writer = _Writer(history, "mentee", _last(history))
    offered = [
        *writer.on_facts(_REFLECTION),
        *writer.on_overdue("reflect_commitment", commitments),
    ]
    return _asked(offered)


def _last(history: History) -> Session | None:
    return history.sessions[-1] if history.sessions else None


def _balanced(offered: list[tuple[str, Question]]) -> list[tuple[str, Question]]:
    """What was left open first, then a goal, a commitment and what was learned, before any second of a kind."""
    order: tuple[Intent, ...] = ("progress", "exploration", "goal", "commitment", "learning")
    first: list[tuple[str, Question]] = []
    for intent in order:
        first += [each for each in offered if each[1].intent == intent][:1]
    return [*first, *(each for each in offered if each not in first)]


def _asked(offered: Sequence[tuple[str, Question]]) -> Asked:
    kept = chosen(question for _, question in offered)
    ids = {question.id for question in kept}
    used = {prompt: f"v{newest(prompt)}" for prompt, question in offered if question.id in ids}
    return Asked(kept, dict(sorted(used.items())), 0)


class _Writer:
    """Words questions to one side from what one audience may see."""

    def __init__(self, history: History, ask_of: Side, session: Session | None) -> None:
        self._history = history
        self._ask_of = ask_of
        self._last = [read for read in read_notes(history) if read.session == session]

    def on_facts(self, slots: Iterable[_Slot]) -> Iterator[tuple[str, Question]]:
        """One question a slot on the last session, where it has words short enough to quote."""
        for slot in slots:
            for read, finding in self._told(slot.kinds):
                if question := self._question(slot, read, finding):
                    yield slot.prompt, question
                    break

    def on_goals(self) -> Iterator[tuple[str, Question]]:
        """One question on the goal that was spoken of last."""
        telling = goal_words(active_goals(self._history), self._history.mentorship)
        slot = _Slot("ask_goal", (), "goal")
        for read in reversed(list(read_notes(self._history))[-6:]):
            for finding in reversed(read.reading.findings):
                goal = telling.about(read.note.text[finding.start : finding.end])
                if goal and (question := self._question(slot, read, finding, about=goal)):
                    yield slot.prompt, question
                    return

    def on_overdue(
        self, prompt: str, commitments: Sequence[Commitment]
    ) -> Iterator[tuple[str, Question]]:
        """One question on the commitment of this side that is overdue longest."""
        for commitment in commitments:
            quote = _own_words(commitment)
            mine = commitment.owner in {self._ask_of, "both"}
            if commitment.status != "overdue" or commitment.due is None or not mine or not quote:
                continue
            due = day(commitment.due, near=self._history.as_of)
            yield (
                prompt,
                Question(
                    id=derived_id("question", prompt, commitment.id),
                    ask_of=self._ask_of,
                    text=render(prompt, quote=quote, due=due),
                    intent="commitment",
                    about=commitment.id,
                    carried=self._was_overdue(commitment.due),
                    citations=(commitment.made_in,),
                ),
            )

    def _was_overdue(self, due: date) -> bool:
        return bool(self._history.sessions) and due < self._history.sessions[-1].held_on

    def _told(self, kinds: tuple[FactKind, ...]) -> list[tuple[ReadNote, Finding]]:
        """The facts of these kinds from the last session, the weightiest first, the asked side's own before others'."""
        told = [
            (read, finding)
            for read in self._last
            for finding in read.reading.findings
            if finding.kind in kinds
        ]
        return sorted(
            told, key=lambda each: (each[1].said_by != self._ask_of, -each[1].weight, each[1].start)
        )

    def _question(
        self, slot: _Slot, read: ReadNote, finding: Finding, *, about: str | None = None
    ) -> Question | None:
        citation = cite(read.session, read.note, finding.start, finding.end)
        quote = _quotable(plain(citation.quote))
        if quote is None:
            return None
        on = day(citation.held_on, near=self._history.as_of)
        text = render(slot.prompt, day=on, said=self._said(finding, quote), quote=quote)
        return Question(
            id=derived_id("question", slot.prompt, citation.note_id, citation.start),
            ask_of=self._ask_of,
            text=text,
            intent=slot.intent,
            about=about,
            citations=(citation,),
        )

    def _said(self, finding: Finding, quote: str) -> str:
        """`you said`, where the asked side said it; a first person needs its person."""
        if finding.said_by == self._ask_of:
            return "you said"
        if finding.said_by is not None and _FIRST_PERSON.search(quote):
            audience: Audience = self._ask_of
            return f"{addressed(self._history.mentorship, finding.said_by, audience)} said"
        return "the notes said"


def _own_words(commitment: Commitment) -> str | None:
    """What to quote of a commitment: its action, or where a person put that right, what the note says."""
    said = plain(commitment.made_in.quote)
    action = plain(commitment.action)
    return _quotable(action if stems(action) <= stems(said) else said)


def _quotable(quote: str) -> str | None:
    """The words of a quote short enough for a question: all of them, or its first whole clause."""
    quote = _LABEL.sub("", quote)
    if "?" in quote or "“" in quote or "”" in quote or "(" in quote:
        quote = re.split(r"[?“”(]", quote)[0].strip(" ,;:-")
    if _SHORTEST_QUOTE <= count(quote) <= _LONGEST_QUOTE:
        return quote.strip(" .,;:!-")
    for mark in _CLAUSE_END.finditer(quote):
        clause = quote[: mark.start()].strip(" .,;:!-")
        if _SHORTEST_QUOTE <= count(clause) <= _LONGEST_QUOTE:
            return clause
    return None
