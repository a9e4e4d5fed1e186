"""LlmEngine: a language model reads notes, words pages and asks questions. Code checks each answer.

The model sees numbered passages, and answers with numbers and quotes. What it cannot quote is
dropped, and so is an owner, a day or an outcome that contradicts the quoted words.
"""

import hashlib
from time import monotonic
from typing import NamedTuple

from coach.engines.gateway.gateway import Gateway, Prompt, check
from coach.engines.llm.answers import AskAnswer, ReadAnswer, WordAnswer
from coach.engines.llm.checks import Checks
from coach.engines.llm.gathered import Gathered
from coach.engines.llm.memory import Memory, Shape
from coach.engines.llm.passages import numbered, windows
from coach.engines.llm.shown import ask_values, read_values, word_values
from coach.errors import EngineFailed
from coach.language.detection import foreign_language
from coach.model.material import Material, Suggested, Worded, Wording
from coach.model.people import Side, Visibility
from coach.model.readings import EngineName, Reading
from coach.model.sessions import Note
from coach.notes.meetings import meetings_and_absences
from coach.ports import Barred, ReadingContext
from prompts import newest, rendered

_LEAST_SECONDS = 0.05
"""With less time left, no question is sent. Chosen by hand; not measured."""
_PROMPTS = ("read", "word", "ask")


class _View(NamedTuple):
    """What one caller adds to an engine: its deadline, and what may speak against asking."""

    memory: Memory
    until: float | None = None
    barred: Barred | None = None


class LlmEngine:
    """A Model over one gateway; see `coach.ports.Model`.

    `pinned` names prompt versions to use instead of the newest.
    """

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
        self._view = view or _View(Memory())
        self._versions = {each: self._pinned.get(each) or newest(each) for each in _PROMPTS}
        self.seconds = seconds
        self.model = gateway.name
        self.host = gateway.host
        self.stays_here = gateway.stays_here
        self.prompts = {each: f"v{version}" for each, version in self._versions.items()}
        self.version = f"{self.model} read {self.prompts['read']}"

    @property
    def tokens(self) -> int:
        """Return how many tokens were sent and received so far."""
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
        gathered = Gathered(Checks(context, found))
        parts = windows(found)
        for part in parts.taken:
            prompt = self._prompt("read", read_values(note, context, part))
            gathered.take(self._answered(prompt, ReadAnswer))
        return Reading(
            engine=self.name,
            version=self.version_for(note.visibility),
            signals=(
                *gathered.signals(),
                *meetings_and_absences([each.unit for each in found], context.held_on),
            ),
            unread_from=parts.unread_from,
            checked=gathered.checked,
            left_open=gathered.left_open,
        )

    def word(self, material: Material) -> Wording:
        """See Engine."""
        answer = self._remembered(
            "word", WordAnswer, word_values(material), about=material.mentorship.id
        )
        return Wording(
            tuple(Worded(each.text, tuple(each.of)) for each in answer.sentences), answer.headline
        )

    def ask(self, material: Material, *, of: Side) -> tuple[Suggested, ...]:
        """See Model. What only the reader may see is not shown if another person is asked."""
        values = ask_values(material, of=of)
        if not values["lines"]:
            return ()
        answer = self._remembered("ask", AskAnswer, values, about=material.mentorship.id)
        return tuple(
            Suggested(each.text, tuple(each.of), each.intent, each.goal)
            for each in answer.questions
            if not foreign_language(each.text)
        )

    def _prompt(self, name: str, values: dict[str, object]) -> Prompt:
        return Prompt(*rendered(name, version=self._versions[name], **values))

    def _remembered(
        self, name: str, shape: type[Shape], values: dict[str, object], *, about: str
    ) -> Shape:
        """Return an answer about a mentorship, from memory if it was given before.

        Readings are kept in the store instead.
        """
        prompt, memory = self._prompt(name, values), self._view.memory
        key = hashlib.sha256("\0".join((name, *prompt)).encode()).hexdigest()
        check(self._view.barred)
        if known := memory.known(key, shape):
            return known
        answer = self._answered(prompt, shape)
        memory.keep(key, answer, about=about)
        try:
            # The answer is in memory now. So a later withdrawal finds it there and forgets it.
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
