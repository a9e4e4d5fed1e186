"""LlmEngine: a language model reads a note, words a page and asks questions; code looks up every word of it.

The model sees passages behind small numbers and answers with numbers and quotes. What it cannot quote is dropped,
and so is an owner, a day or an outcome that contradicts the words it quotes.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from time import monotonic
from typing import Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from coach.engines.gateway.gateway import Gateway, Prompt, check
from coach.engines.llm.checks import Checks
from coach.engines.llm.passages import Passage, clean, numbered, windows
from coach.errors import EngineFailed
from coach.language.detection import foreign_language
from coach.language.phrasing import first_name
from coach.model.commitments import OutcomeStatus, Owner
from coach.model.contract import Goal
from coach.model.facts import Certainty, FactKind
from coach.model.material import Material, PageLine, Suggested, Worded, Wording
from coach.model.people import Mentorship, Side, Visibility
from coach.model.readings import CommitmentSignal, EngineName, FactSignal, OutcomeSignal, Reading
from coach.model.sessions import Note
from coach.notes.meetings import meetings_and_absences
from coach.ports import Barred, ReadingContext
from prompts import newest, rendered

_REMEMBERED = 256
_LEAST_SECONDS = 0.05
_MOST_LINES = 60
_PROMPTS = ("read", "word", "ask")
SIDES: tuple[Side, Side] = ("mentor", "mentee")

Shape = TypeVar("Shape", bound=BaseModel)
ModelIntent = Literal["progress", "learning", "exploration", "goal", "commitment", "teach_back"]


class _Answer(BaseModel):
    """Part of an answer, as the model is told to give it."""

    model_config = ConfigDict(extra="forbid")


class _Fact(_Answer):
    n: int
    quote: str = Field(max_length=330)
    kind: FactKind
    certainty: Certainty


class _Promise(_Answer):
    n: int
    quote: str = Field(max_length=330)
    owner: Owner
    action: str = Field(max_length=160)
    due: str | None = Field(max_length=10)
    due_at_next: bool


class _Outcome(_Answer):
    n: int
    quote: str = Field(max_length=330)
    commitment: int
    status: OutcomeStatus
    new_due: str | None = Field(max_length=10)


class ReadAnswer(_Answer):
    """What a note says."""

    facts: list[_Fact] = Field(max_length=60)
    commitments: list[_Promise] = Field(max_length=30)
    outcomes: list[_Outcome] = Field(max_length=30)


class _Sentence(_Answer):
    of: list[int] = Field(max_length=6)
    text: str = Field(max_length=330)


class WordAnswer(_Answer):
    """A page."""

    sentences: list[_Sentence] = Field(max_length=40)
    headline: int | None


class _Question(_Answer):
    of: list[int] = Field(max_length=4)
    text: str = Field(max_length=300)
    intent: ModelIntent
    goal: str | None = Field(max_length=60)


class AskAnswer(_Answer):
    """A set of questions."""

    questions: list[_Question] = Field(max_length=6)


class _Memory:
    """What is shared by all views of one engine: answers given before, and how many tokens were spent."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, tuple[str, BaseModel]] = OrderedDict()
        self._lock = Lock()
        self.tokens = 0

    def known(self, key: str, shape: type[Shape]) -> Shape | None:
        with self._lock:
            _, answer = self._answers.get(key, (None, None))
        return answer if isinstance(answer, shape) else None

    def keep(self, key: str, answer: BaseModel, *, about: str) -> None:
        """Remember an answer about a mentorship."""
        with self._lock:
            self._answers[key] = (about, answer)
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)

    def forget(self, mentorship_id: str) -> None:
        with self._lock:
            for key in [key for key, (about, _) in self._answers.items() if about == mentorship_id]:
                del self._answers[key]

    def spend(self, tokens: int) -> None:
        with self._lock:
            self.tokens += tokens


class _View(NamedTuple):
    """What one asker adds to an engine: until when it answers, and what may stand against asking it."""

    memory: _Memory
    until: float | None = None
    barred: Barred | None = None


class LlmEngine:
    """A Model over one gateway; see `coach.ports.Model`. `pinned` names prompt versions to use instead of the newest."""

    name: EngineName = "llm"

    def __init__(
        self,
        gateway: Gateway,
        *,
        seconds: float,
        pinned: dict[str, int] | None = None,
        view: _View | None = None,
    ) -> None:
        self._gateway = gateway
        self._pinned = pinned or {}
        self._view = view or _View(_Memory())
        self._versions = {each: self._pinned.get(each) or newest(each) for each in _PROMPTS}
        self.seconds = seconds
        self.model = gateway.name
        self.host = gateway.host
        self.stays_here = gateway.stays_here
        self.prompts = {each: f"v{version}" for each, version in self._versions.items()}
        self.version = f"{self.model} read {self.prompts['read']}"

    @property
    def tokens(self) -> int:
        """How many tokens were sent and received so far."""
        return self._view.memory.tokens

    def ready(self) -> None:
        """See Model."""
        self._gateway.ready()

    def close(self) -> None:
        """See Model."""
        self._gateway.close()

    def version_for(self, visibility: Visibility) -> str:
        """See Model."""
        return f"{self.version} {visibility}"

    def within(self, seconds: float) -> "LlmEngine":
        """See Model."""
        return self._seen(self._view._replace(until=monotonic() + seconds))

    def unless(self, barred: Barred) -> "LlmEngine":
        """See Model."""
        return self._seen(self._view._replace(barred=barred))

    def _seen(self, view: _View) -> "LlmEngine":
        return LlmEngine(self._gateway, seconds=self.seconds, pinned=self._pinned, view=view)

    def forget(self, mentorship_id: str) -> None:
        """See Model."""
        self._view.memory.forget(mentorship_id)

    def read(self, note: Note, context: ReadingContext) -> Reading:
        """See Engine."""
        found = numbered(note, context.mentorship)
        checks = Checks(context, found)
        parts = windows(found)
        findings: dict[int, FactSignal] = {}
        promises: dict[int, CommitmentSignal] = {}
        outcomes: dict[tuple[int, str], OutcomeSignal] = {}
        for part in parts.taken:
            prompt = self._prompt("read", self._read_values(note, context, part))
            told = self._answered(prompt, ReadAnswer)
            for fact in told.facts:
                if (at := checks.located(fact.n, fact.quote)) is not None:
                    findings.setdefault(
                        at, checks.finding(at, kind=fact.kind, certainty=fact.certainty)
                    )
            for said in told.commitments:
                if (at := checks.located(said.n, said.quote)) is not None:
                    promise = checks.promise(
                        at, said.owner, said.action, due=said.due, at_next=said.due_at_next
                    )
                    promises.setdefault(at, promise)
            for told_of in told.outcomes:
                at = checks.located(told_of.n, told_of.quote)
                if at is not None and (
                    outcome := checks.outcome(
                        at, told_of.commitment, told_of.status, new_due=told_of.new_due
                    )
                ):
                    outcomes.setdefault((at, outcome.about or ""), outcome)
        return Reading(
            engine=self.name,
            version=self.version_for(note.visibility),
            signals=(
                *checks.chosen([findings[at] for at in sorted(findings)]),
                *(promises[at] for at in sorted(promises)),
                *checks.believable([outcomes[each] for each in sorted(outcomes)]),
                *meetings_and_absences([each.unit for each in found], context.held_on),
            ),
            unread_from=parts.unread_from,
        )

    def word(self, material: Material) -> Wording:
        """See Engine."""
        lines = material.lines[:_MOST_LINES]
        values = {
            **_people(material),
            "reader": _reader(material),
            "names": _first_person(material),
            "you": _second_person(material),
            "most_words": material.most_words,
            "lines": [
                _line(number, each, material.mentorship) for number, each in enumerate(lines)
            ],
        }
        answer = self._remembered("word", WordAnswer, values, about=material.mentorship.id)
        return Wording(
            tuple(Worded(each.text, tuple(each.of)) for each in answer.sentences), answer.headline
        )

    def ask(self, material: Material, *, of: Side) -> tuple[Suggested, ...]:
        """See Model. What only the reader may see is not shown where another is to be asked."""
        reflecting = material.audience == of
        lines = [
            _line(number, each, material.mentorship)
            for number, each in enumerate(material.lines[:_MOST_LINES])
            if each.shared or reflecting
        ]
        if not lines:
            return ()
        values = {
            **_people(material),
            "reader": _reader(material),
            "asked": clean(first_name(material.mentorship.person(of).name)),
            "reflecting": reflecting,
            "lines": lines,
        }
        answer = self._remembered("ask", AskAnswer, values, about=material.mentorship.id)
        return tuple(
            Suggested(each.text, tuple(each.of), each.intent, each.goal)
            for each in answer.questions
            if not foreign_language(each.text)
        )

    def _read_values(
        self, note: Note, context: ReadingContext, part: Sequence[Passage]
    ) -> dict[str, object]:
        pair = context.mentorship
        return {
            "held_on": context.held_on.isoformat(),
            "weekday": f"{context.held_on:%A}",
            "mentor": clean(pair.mentor.name),
            "mentee": clean(pair.mentee.name),
            "author": "a tool" if note.author == "tool" else f"the {note.author}",
            "goals": [_goal(each) for each in context.contract.goals] if context.contract else [],
            "open": [
                {
                    "owner": each.owner,
                    "action": clean(each.action),
                    "due": each.due.isoformat() if each.due else "",
                }
                for each in context.open_commitments
            ],
            "passages": [
                {"number": each.number, "who": each.who, "text": each.shown} for each in part
            ],
        }

    def _prompt(self, name: str, values: dict[str, object]) -> Prompt:
        return Prompt(*rendered(name, version=self._versions[name], **values))

    def _remembered(
        self, name: str, shape: type[Shape], values: dict[str, object], *, about: str
    ) -> Shape:
        """An answer about a mentorship, from memory where it was given before. Readings are kept in the store instead."""
        prompt, memory = self._prompt(name, values), self._view.memory
        key = hashlib.sha256("\0".join((name, *prompt)).encode()).hexdigest()
        check(self._view.barred)
        if known := memory.known(key, shape):
            return known
        answer = self._answered(prompt, shape)
        memory.keep(key, answer, about=about)
        try:
            # What is withdrawn from here on is forgotten by who withdraws it: now it is there to be found.
            check(self._view.barred)
        except EngineFailed:
            memory.forget(about)
            raise
        return answer

    def _answered(self, prompt: Prompt, shape: type[Shape]) -> Shape:
        barred, until, seconds = self._view.barred, self._view.until, self.seconds
        check(barred)
        if until is not None:
            seconds = min(seconds, until - monotonic())
        if seconds < _LEAST_SECONDS:
            raise EngineFailed("timeout")
        answered = self._gateway.answered(prompt, shape=shape, seconds=seconds, barred=barred)
        self._view.memory.spend(answered.prompt_tokens + answered.answer_tokens)
        return answered.value


def _people(material: Material) -> dict[str, object]:
    pair = material.mentorship
    return {
        "as_of": material.as_of.isoformat(),
        "mentor": clean(pair.mentor.name),
        "mentee": clean(pair.mentee.name),
        "goals": [_goal(each) for each in material.goals],
    }


def _goal(goal: Goal) -> str:
    met = f" Met when: {clean(goal.success_criteria)}" if goal.success_criteria else ""
    until = f" (by {goal.target_date.isoformat()})" if goal.target_date else ""
    return f"{clean(goal.id)}: {clean(goal.statement)}{until}{met}"


def _line(number: int, line: PageLine, pair: Mentorship) -> dict[str, object]:
    return {
        "number": number,
        "chosen": line.chosen,
        "held_on": line.statement.citations[0].held_on.isoformat(),
        "section": line.section.replace("_", " "),
        "who": clean(first_name(pair.person(line.said_by).name)) if line.said_by else "",
        "text": clean(line.statement.text),
    }


def _reader(material: Material) -> str:
    if material.audience == "tool":
        return "the mentor"
    return clean(first_name(material.mentorship.person(material.audience).name))


def _first_person(material: Material) -> str:
    pair = material.mentorship
    names = " or ".join(clean(first_name(pair.person(side).name)) for side in SIDES)
    return f"the name of who says it ({names})"


def _second_person(material: Material) -> str:
    if material.audience == "tool":
        return "Name both people."
    return f'{_reader(material)} is the reader and may be called "you".'
