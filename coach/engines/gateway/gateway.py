"""Asks a language model within a deadline; EngineFailed says why there is no answer."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import httpx2

from coach.engines.gateway.breaker import Breaker
from coach.engines.gateway.langchain_client import (
    ADDRESS,
    OWN,
    ModelSettings,
    Runs,
    Told,
    ask,
    chat_model,
    estimated,
)
from coach.engines.gateway.prompt import Prompt, Shape, checked
from coach.engines.gateway.tape import Tape
from coach.engines.gateway.transport import BARRED, Fault, fault, says_down
from coach.errors import EngineFailed, Invalid
from coach.ports import Barred

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["Answered", "Gateway", "ModelSettings", "Prompt"]

Value_co = TypeVar("Value_co", covariant=True)
Try = Callable[[], Coroutine[Any, Any, Told]]
# Reasons that say nothing about the server.
_OF_OURS = frozenset({"failed", "not_agreed", "withdrawn"})


class Answered(NamedTuple, Generic[Value_co]):
    """An answer in the shape asked for, and its tokens, estimated when no server counted them."""

    value: Value_co
    prompt_tokens: int
    answer_tokens: int


class Gateway:
    """Asks one model, from any thread without an event loop.

    The vendors' packages are imported at the first question. That takes seconds of its deadline,
    unless `ready` was called before.
    """

    def __init__(
        self, settings: ModelSettings, *, tape: Tape | None = None, breaker: Breaker | None = None
    ) -> None:
        self._settings = settings
        self._tape = tape
        self._breaker = breaker or Breaker()
        self._building = threading.Lock()
        self._built: BaseChatModel | None = None
        self._runs = Runs()

    @property
    def name(self) -> str:
        """Provider:model of whoever answers; on replay, of whose place it takes."""
        return f"{self._settings.provider}:{self._settings.model}"

    @property
    def host(self) -> str:
        """The host that sees what is asked; for a vendor's own client, only the vendor's name."""
        if self._tape and self._tape.replays:
            return "localhost"
        known = self._settings.base_url or (ADDRESS if self._settings.provider == OWN else None)
        return httpx2.URL(known).host if known else self._settings.provider

    @property
    def stays_here(self) -> bool:
        """Whether no question leaves this machine; False when unknown, as for a vendor's client."""
        if self._tape and self._tape.replays:
            return True
        return self._settings.provider == OWN and self.host in {"localhost", "127.0.0.1", "::1"}

    def close(self) -> None:
        """Stop all questions at once, and ask nothing from now on."""
        self._runs.close()

    def ready(self) -> None:
        """Import and build the model now, not at the first question; raises Invalid on failure."""
        if not (self._tape and self._tape.replays):
            self._model()

    def answered(
        self, prompt: Prompt, *, shape: type[Shape], seconds: float, barred: Barred | None = None
    ) -> Answered[Shape]:
        """Return the answer in the shape asked for, within so many seconds in all cases.

        EngineFailed's message is only a reason code. On replay, AnswerMissing names the file to
        fill. `barred` is called before each try, on the open connection, and before an answer is
        returned or kept.
        """
        replays = self._tape and self._tape.replays
        if self._tape and replays:
            told = estimated(prompt, self._tape.answer(prompt, shape))
        else:
            told = self._asked(prompt, shape, seconds, barred)
        check(barred)
        answer = Answered(checked(told.content, shape), *told[1:])
        if self._tape and not replays:
            self._tape.keep(prompt, shape, told.content)
        return answer

    def _model(self) -> "BaseChatModel":
        with self._building:
            if self._built is None:
                self._built = chat_model(self._settings)
            return self._built

    def _asked(
        self, prompt: Prompt, shape: type[Shape], seconds: float, barred: Barred | None
    ) -> Told:
        ends = time.monotonic() + seconds
        try:
            model = self._model()
        except Invalid:
            raise EngineFailed("not_usable") from None
        if time.monotonic() >= ends:
            raise EngineFailed("timeout")
        strict = self._settings.provider == OWN

        async def ask_once() -> Told:
            check(barred)
            BARRED.set(barred)
            return await ask(model, prompt, shape, strict=strict)

        again = not self._breaker.enter()
        try:
            told = self._runs.run(_in_time(ask_once, ends, again=again))
        except EngineFailed as failed:
            self._heed(str(failed))
            raise
        self._breaker.worked()
        return told

    def _heed(self, reason: str) -> None:
        if says_down(reason):
            self._breaker.failed()
        elif reason not in _OF_OURS:
            self._breaker.worked()


def check(barred: Barred | None) -> None:
    """Raise EngineFailed with the reason when `barred` gives one."""
    if barred and (reason := barred()):
        raise EngineFailed(reason)


async def _in_time(ask_once: Try, ends: float, *, again: bool) -> Told:
    """Return the answer to one try or two, before the clock reaches `ends`."""
    try:
        async with asyncio.timeout(ends - time.monotonic()):
            return await _tried(ask_once, ends, again=again)
    except TimeoutError:
        pass
    raise EngineFailed("timeout")


async def _tried(ask_once: Try, ends: float, *, again: bool) -> Told:
    told = await _heard(ask_once)
    if again and isinstance(told, Fault) and _fits(told.pause_seconds, ends):
        await asyncio.sleep(told.pause_seconds or 0)
        told = await _heard(ask_once)
    if isinstance(told, Told):
        return told
    # Raised here and not where it was caught, because a vendor's error may quote the prompt.
    raise EngineFailed(told.reason)


def _fits(pause_seconds: float | None, ends: float) -> bool:
    return pause_seconds is not None and time.monotonic() + pause_seconds < ends


async def _heard(ask_once: Try) -> Told | Fault:
    try:
        return await ask_once()
    except EngineFailed as failed:
        return Fault(str(failed), None)
    except Exception as error:  # noqa: BLE001 - a vendor may raise anything
        return fault(error)
