"""Makes one answer: who words it, within which time, and how it was made."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from time import monotonic

from coach.commitments.current import current
from coach.commitments.remembered import Remembered
from coach.deadline import waiting_for_a_model
from coach.drift import detection, weighing
from coach.drift.decisions import decided, unsettled
from coach.model.answers import Dropped, Provenance
from coach.model.commitments import Commitment
from coach.model.drift import Drift
from coach.model.history import History
from coach.model.material import Material, Suggested, Wording
from coach.model.people import Side
from coach.pages.candidates import Known
from coach.pages.context import in_context
from coach.pages.support import Alike
from coach.pages.wording import Settled, settled
from coach.ports import Engine, Model
from coach.questions.model_questions import combined
from coach.questions.rules.sets import chosen
from coach.questions.selection import AskedQuestions
from coach.reading.model_clauses import ModelClauses
from coach.reading.model_reader import ModelReader
from coach.reading.queue import OF_THE_NOTE
from coach.use_cases.confirming import to_confirm
from coach.use_cases.fallback import Attempts

_FOR_READING = 0.6
"""Share of a request's time that may go into reading notes; wording and asking get the rest.

Chosen by hand; not measured.
"""

_ENOUGH_QUESTIONS = 2
"""Questions of a model that keep every rule, from which none of ours is added.

A few sound questions are better than five. Chosen by hand; not measured.
"""
_NO_QUESTIONS = AskedQuestions((), {}, 0)


class Answering:
    """The parts of one answer for one audience.

    The model makes them where it may and does answer. Else they are made without it.
    """

    def __init__(  # noqa: PLR0913 - what an answer is made of
        self,
        history: History,
        embedded: Engine,
        second: ModelReader | None,
        made: Remembered,
        *,
        seconds: float,
        alike: Alike | None = None,
    ) -> None:
        self._alike = alike
        self._embedded = embedded
        self._second = second
        self._made = made
        self._until = monotonic() + seconds
        self._reason: str | None = None
        self._model: Model | None = None
        self._worded = False
        self._answered = False
        self._given = history
        self.history = history
        if second is not None:
            self._consult(second, seconds)

    def _consult(self, second: ModelReader, seconds: float) -> None:
        if not second.may_read(self.history.mentorship):
            self._reason = "not_agreed"
            return
        self._model = second.model
        if seconds <= 0:
            self._reason = "timeout"
        elif second.has_unread(self.history):
            self._reason = second.read_newest(self.history, seconds=seconds * _FOR_READING)
            self.history = second.beside(self.history)
        if seconds > 0 and second.clauses is not None:
            self._await_clauses(second, second.clauses)

    def _await_clauses(self, second: ModelReader, clauses: ModelClauses) -> None:
        """Wait for the reading of clauses that is under way, within the time for reading."""
        with waiting_for_a_model():
            clauses.settle(self.history.mentorship.id, timeout_seconds=self._left() * _FOR_READING)
        self.history = second.beside(self.history)

    @property
    def stands(self) -> bool:
        """Whether nothing that the answer rests on was withdrawn while a model was waited for."""
        if self._second is None or self._model is None:
            return True
        return self._second.barred(self._second.rests_on(self._given))() is None

    @cached_property
    def commitments(self) -> Sequence[Commitment]:
        """Every commitment, by both readings."""
        return self._made.commitments(self.history)

    @cached_property
    def known(self) -> Known:
        """The history and every commitment."""
        return Known(self.history, self.commitments)

    @cached_property
    def current(self) -> Known:
        """The history and the commitments that a page tells.

        Of the open promises, these are the ones that the last notes cannot have said more of.
        """
        return Known(self.history, current(self.commitments, self.history))

    @cached_property
    def alone(self) -> Known | None:
        """What the embedded engine knows by itself, None where no model has read."""
        if not self.history.alone:
            return None
        alone = self.history.without_model
        return Known(alone, self._made.commitments(alone))

    def drift(self) -> tuple[Drift, ...]:
        """Return the warnings that still ask for something, the gravest first."""
        if self.history.has_model:
            alone = self._made.commitments(self.history.without_model)
            found = weighing.weighed(self.history, self.commitments, alone)
        else:
            found = detection.detect(self.history, self.commitments)
        return unsettled(decided(found, self.history))

    def told(
        self, material: Material, *, ask: Side, own: Callable[[], AskedQuestions]
    ) -> tuple[Settled, AskedQuestions]:
        """Return the page as it is worded, and the questions to one side.

        A model is asked for both at once. `own` gives the questions without a model.
        """
        texts = {note.id: note.text for each in self.history.sessions for note in each.notes}
        texts |= {each.id: each.text for each in self.history.preparations}
        texts |= {each.id: each.action for each in self.history.added}
        words = self._embedded.word(material)
        if self._model is None or not material.lines or self._gone:
            return settled(material, None, words, texts), self._confirming(own(), ask)
        material = in_context(material, self.known)
        wording, suggested = self._both(self._asking(self._model, material), material, ask)
        page = settled(material, wording, words, texts, alike=self._alike)
        asked = self._combined(own, suggested, material, ask)
        self._worded = wording is not None and page.kept > 0
        self._judge(asked)
        return page, asked

    def asked(
        self, material: Material, *, of: Side, own: Callable[[], AskedQuestions]
    ) -> AskedQuestions:
        """Return the questions to one side; `own` gives them without a model."""
        if self._model is None or not material.lines or self._gone:
            return self._confirming(own(), of)
        material = in_context(material, self.known)
        first = Attempts(self._asking(self._model, material))
        with waiting_for_a_model():
            suggested = first.ask(material, of=of)
        self._reason = self._reason or first.reason
        asked = self._combined(own, suggested, material, of)
        self._judge(asked)
        return asked

    def _combined(
        self,
        own: Callable[[], AskedQuestions],
        suggested: Sequence[Suggested],
        material: Material,
        of: Side,
    ) -> AskedQuestions:
        """Return a model's questions where enough keep every rule, else ours with them.

        A question to confirm comes first.
        """
        prompt = self._prompts()["ask"]
        asked = combined(_NO_QUESTIONS, suggested, material, of=of, prompt=prompt)
        if len(asked.questions) < _ENOUGH_QUESTIONS:
            asked = combined(own(), suggested, material, of=of, prompt=prompt)
        return self._confirming(asked, of)

    def _confirming(self, asked: AskedQuestions, of: Side) -> AskedQuestions:
        """Return the questions, after one on what a model and a note say differently."""
        first = to_confirm(self.history, of)
        return asked._replace(questions=chosen([*first, *asked.questions])) if first else asked

    def _judge(self, asked: AskedQuestions) -> None:
        """Note whether anything that the model said is in the answer."""
        self._answered = self._worded or "ask" in asked.prompts
        if not self._answered:
            self._reason = self._reason or "nothing_stood"

    def _both(
        self, model: Model, material: Material, ask: Side
    ) -> tuple[Wording | None, Sequence[Suggested]]:
        words, questions = Attempts(model), Attempts(model)
        with waiting_for_a_model(), ThreadPoolExecutor(1, thread_name_prefix="model") as beside:
            asking = beside.submit(questions.ask, material, of=ask)
            wording = words.word(material)
            suggested = asking.result()
        self._reason = self._reason or words.reason or questions.reason
        return wording, suggested

    def _asking(self, model: Model, material: Material) -> Model:
        """Return the model for as long as there is time and the cited notes stay as they are."""
        if self._second is not None:
            lines = [one for each in material.lines for one in (each, *each.around)]
            cited = {place.note_id for each in lines for place in each.statement.citations}
            model = model.unless(
                self._second.barred(self._second.rests_on(self._given).only(cited))
            )
        return model.within(self._left())

    @property
    def _gone(self) -> bool:
        """Whether the model failed for a reason for which it is not asked again."""
        return self._reason is not None and self._reason not in {"timeout", *OF_THE_NOTE}

    def _left(self) -> float:
        return self._until - monotonic()

    def _prompts(self) -> dict[str, str]:
        return self._model.prompts if self._model else {}

    def _of_clauses(self) -> dict[str, str]:
        """Return the prompts on clauses, by name, where a model's reading of them counts here."""
        clauses = self._second.clauses if self._second else None
        if clauses is None or not self.history.alone_clauses:
            return {}
        asked = ("clauses", "challenge") if self.history.challenges else ("clauses",)
        return {each: clauses.model.prompts[each] for each in asked}

    def provenance(
        self, asked: AskedQuestions, *, dropped: int, cited: Iterable[str]
    ) -> Provenance:
        """Return who made the answer, and how, and whose reading counts for each cited note."""
        readings = self.history.readings
        led = any(each.engine == "llm" for each in readings.values())
        used = self._answered or led or bool(self.history.alone_clauses)
        prompts = {
            **(
                {"read": read}
                if self.history.alone and (read := self._prompts().get("read"))
                else {}
            ),
            **({"word": self._prompts()["word"]} if self._worded else {}),
            **asked.prompts,
            **self._of_clauses(),
        }
        return Provenance(
            engine="llm" if self._answered else "embedded",
            fell_back=self._model is not None and self._reason is not None,
            reason=self._reason,
            model=self._model.model if self._model and used else None,
            prompts=dict(sorted(prompts.items())),
            dropped=Dropped(statements=dropped, questions=asked.dropped),
            led_by={each: readings[each].engine for each in sorted(cited) if each in readings},
        )
