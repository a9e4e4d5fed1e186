"""Uses LangChain to build a vendor's chat model, ask it once and take its answer."""
# ruff: noqa: PLC0415 - langchain and the vendors take seconds to import, and most runs need none

import asyncio
import logging
import os
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import httpx2
from pydantic import BaseModel, SecretStr

from coach.engines.gateway.prompt import Prompt, schema_of
from coach.engines.gateway.transport import BoundedTransport
from coach.errors import EngineFailed, Invalid

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

Result = TypeVar("Result")
OWN = "openai"
ADDRESS = "https://api.openai.com/v1"
# Most tokens of one answer; an answer that is cut there fails. Chosen by hand; not measured.
_MOST_TOKENS = 4096
_TRACING = ("LANGCHAIN_", "LANGSMITH_")
_LOGGERS = "openai httpx2 httpcore2 langchain langchain_core langchain_openai langsmith".split()
# The names that vendors have for how an answer ended, and their values.
_ENDED = ("finish_reason", "done_reason", "stop_reason")
_WHOLE = frozenset({"stop", "end_turn"})
_CUT = {"length": "cut_short", "max_tokens": "cut_short", "content_filter": "filtered"}


class ModelSettings(NamedTuple):
    """Which model answers, where, and how many seconds one answer may take in all."""

    provider: str
    model: str
    base_url: str | None
    api_key: SecretStr | None
    deadline_seconds: float


class Told(NamedTuple):
    """What a model answered, not yet checked, and its cost in tokens."""

    content: str
    prompt_tokens: int
    answer_tokens: int


def chat_model(settings: ModelSettings) -> "BaseChatModel":
    """Return a model that tries once, at temperature 0.

    Raises Invalid when the provider's package is not installed.
    """
    _disconnect_tracing()
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"base_url": settings.base_url, "api_key": settings.api_key}
    if settings.provider == OWN:
        given = _own(settings)
    try:
        model: BaseChatModel = init_chat_model(
            settings.model,
            model_provider=settings.provider,
            temperature=0,
            max_tokens=_MOST_TOKENS,
            max_retries=0,
            **{name: value for name, value in given.items() if value is not None},
        )
    except (ImportError, ValueError):
        # Without the vendor's words, which may hold a secret setting.
        why = f"a model of {settings.provider!r} cannot be used here: is its package installed?"
        raise Invalid(why) from None
    _silence()
    return model


def _own(settings: ModelSettings) -> dict[str, Any]:
    """Return all settings of OpenAI's protocol, so that no vendor's variable sets host or key.

    Redirects are off, because one would carry the notes to another host. There is no timeout here:
    the gateway's deadline covers the whole answer.
    """
    guarded: Any = {"follow_redirects": False, "trust_env": False, "timeout": None}
    return {
        "base_url": settings.base_url or ADDRESS,
        "api_key": settings.api_key or SecretStr("none"),
        "openai_proxy": "",
        "use_responses_api": False,
        "output_version": "v0",
        # The synchronous client is never used, so it has no transport.
        "http_client": httpx2.Client(**guarded, transport=httpx2.BaseTransport()),
        "http_async_client": httpx2.AsyncClient(**guarded, transport=BoundedTransport()),
    }


def _disconnect_tracing() -> None:
    """Remove variables that send prompts to a tracing service; call it before the import."""
    environment = os.environ  # noqa: TID251 - nothing is configured by it
    for name in [each for each in environment if each.startswith(_TRACING)]:
        del environment[name]
    # Under this name, because LANGCHAIN_TRACING does not override it.
    environment["LANGCHAIN_TRACING_V2"] = "false"


def _silence() -> None:
    """Stop the vendors' loggers, which log requests; call it after the import."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _LOGGERS:
            logging.getLogger(name).disabled = True


async def ask(
    model: "BaseChatModel", prompt: Prompt, shape: type[BaseModel], *, strict: bool
) -> Told:
    """Return the model's answer to one question.

    Raises what the vendors raise, and EngineFailed when the answer was cut short.
    """
    from langsmith import tracing_context

    given = {"strict": True} if strict else {}
    asking: Any = model.with_structured_output(
        schema_of(shape), method="json_schema", include_raw=True, **given
    )
    messages = [("system", prompt.system)] if prompt.system else []
    with tracing_context(enabled=False):
        # Only the first step: the parser behind it tries every prefix of an answer that is no JSON.
        told = await asking.first.ainvoke([*messages, ("human", prompt.text)])
    return _told(told["raw"], prompt)


def _told(message: "AIMessage", prompt: Prompt) -> Told:
    if message.additional_kwargs.get("refusal"):
        raise EngineFailed("refused")
    ended = (message.response_metadata.get(name) for name in _ENDED)
    end = next((each for each in ended if each), None)
    if end not in _WHOLE:
        raise EngineFailed(_CUT.get(str(end), "unfinished"))
    content = message.content
    if not isinstance(content, str) or not content.strip():
        raise EngineFailed("empty")
    counted = message.usage_metadata
    if counted is None:
        return estimated(prompt, content)
    return Told(content, counted["input_tokens"], counted["output_tokens"])


def estimated(prompt: Prompt, content: str) -> Told:
    """Return an answer with estimated tokens: one for each four letters, a common rule of thumb."""
    return Told(content, (len(prompt.system) + len(prompt.text)) // 4, len(content) // 4)


class Runs:
    """Event loops, one for each piece of work, that can all be cancelled at once."""

    def __init__(self) -> None:
        self._under_way: set[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = set()
        self._lock = Lock()
        self._closed = False

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return the result of work on its own event loop; raises EngineFailed once closed.

        A host name lookup blocks a thread that nothing can stop. It is not waited for, and ends by
        itself.
        """
        with asyncio.Runner() as runner:
            return runner.run(self._followed(work))

    def close(self) -> None:
        """Cancel the work in progress and refuse all later work."""
        with self._lock:
            self._closed = True
            for loop, task in self._under_way:
                loop.call_soon_threadsafe(task.cancel)

    async def _followed(self, work: Coroutine[Any, Any, Result]) -> Result:
        loop = asyncio.get_running_loop()
        with self._lock:
            if self._closed:
                work.close()
                raise EngineFailed("closing")
            task = loop.create_task(_not_waiting_for_threads(work))
            self._under_way.add((loop, task))
        try:
            return await task
        except asyncio.CancelledError:
            raise EngineFailed("closing") from None
        finally:
            with self._lock:
                self._under_way.discard((loop, task))


async def _not_waiting_for_threads(work: Coroutine[Any, Any, Result]) -> Result:
    loop = asyncio.get_running_loop()
    threads = ThreadPoolExecutor()
    loop.set_default_executor(threads)
    try:
        return await work
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        loop.set_default_executor(ThreadPoolExecutor(1))
