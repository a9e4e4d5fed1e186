"""The optional judge: a language model says whether a brief states what it must not.

No gate hears it.
"""

from collections.abc import Callable, Iterator, Sequence

from pydantic import BaseModel, Field

import prompts
from coach.engines.gateway.gateway import Gateway, ModelSettings, Prompt
from coach.engines.gateway.tape import Tape
from coach.errors import EngineFailed, Invalid
from coach.settings import Settings
from evals.results.result import JudgeVerdict, Result

# Characters: one short sentence, as the prompt asks.
_LONGEST_REASON = 300
PROMPT, VERSION = "judge_statement", 1
Pair = tuple[str, str]
"""What was said, and what must not be said."""


class Opinion(BaseModel):
    """Whether the statement makes the claim, and why in one short sentence."""

    states: bool
    reason: str = Field(max_length=_LONGEST_REASON)


class Judge:
    """A language model that says of every pair whether the one makes the other's claim."""

    def __init__(self, gateway: Gateway, *, deadline_seconds: float) -> None:
        self._gateway = gateway
        self._deadline_seconds = deadline_seconds
        self._by = f"{gateway.name}, {PROMPT} v{VERSION}"

    def verdicts(self, result: Result, done: Callable[[str], None]) -> tuple[JudgeVerdict, ...]:
        """A verdict on every pair to judge, each asked once; a failure is one as well."""
        found = []
        for (said, wanted), case in pairs(result).items():
            states, reason = self._opinion(said, wanted)
            found.append(
                JudgeVerdict(said=said, wanted=wanted, states=states, reason=reason, by=self._by)
            )
            done(case)
        return tuple(found)

    def _opinion(self, said: str, wanted: str) -> tuple[bool | None, str]:
        text = prompts.render(PROMPT, version=VERSION, claim=wanted, statement=said)
        try:
            answer = self._gateway.answered(
                Prompt("", text), shape=Opinion, seconds=self._deadline_seconds
            )
        except EngineFailed as error:
            return None, str(error)
        return answer.value.states, answer.value.reason


def configured(settings: Settings, *, own_notes: bool) -> Judge:
    """The judge.

    Raises Invalid when none is set, or when somebody's own notes would leave the machine.
    """
    if settings.llm_model is None:
        raise Invalid("--judge needs a language model: set COACH_LLM_MODEL")
    provider, _, model = settings.llm_model.partition(":")
    chosen = ModelSettings(
        provider,
        model,
        base_url=str(settings.llm_base_url) if settings.llm_base_url else None,
        api_key=settings.llm_api_key,
        deadline_seconds=settings.llm_deadline_seconds,
    )
    tape = Tape.of(record=settings.llm_record, replay=settings.llm_replay)
    gateway = Gateway(chosen, tape=tape)
    if own_notes and not gateway.stays_here:
        raise Invalid(
            "--judge sends what is in --data to a model: "
            "only one at a COACH_LLM_BASE_URL of this machine may see it"
        )
    gateway.ready()
    return Judge(gateway, deadline_seconds=settings.llm_deadline_seconds)


def pairs(result: Result) -> dict[Pair, str]:
    """What was said beside what must not be said, once each, with a case that has them."""
    return dict(_pairs(result))


def _pairs(result: Result) -> Iterator[tuple[Pair, str]]:
    for case, misses in result.misses.items():
        for miss in misses:
            if miss.is_to_judge:
                yield (miss.said, miss.wanted), case


def counts_text(verdicts: Sequence[JudgeVerdict]) -> str:
    """The verdicts in a line."""
    stated = sum(each.states is True for each in verdicts)
    left = sum(each.states is None for each in verdicts)
    return f"judged: {stated} of {len(verdicts)} state what they must not, {left} not judged"
