"""LangChain's side of the gateway: builds the chat model of a vendor, asks it once, and takes the answer as it came."""
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
_MOST_TOKENS = 4096
_TRACING = ("LANGCHAIN_", "LANGSMITH_")
_LOGGERS = "openai httpx2 httpcore2 langchain langchain_core langchain_openai langsmith".split()
# What vendors call how an answer ended, and its ends.
_ENDED = ("finish_reason", "done_reason", "stop_reason")
_WHOLE = frozenset({"stop", "end_turn"})
_CUT = {"length": "cut_short", "max_tokens": "cut_short", "content_filter": "filtered"}


class ModelSettings(NamedTuple):
    """Which model answers, where, and how long an answer may take in all."""

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
    """A model that tries once, at temperature 0. Raises Invalid when its provider is not installed."""
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
        # Without the vendor's words, which may hold what was set.
        why = f"a model of {settings.provider!r} cannot be used here: is its package installed?"
        raise Invalid(why) from None
    _silence()
    return model


def _own(settings: ModelSettings) -> dict[str, Any]:
    """What OpenAI's protocol is given, all of it, so that no variable of the vendor's chooses host or key.

    A redirect would carry the notes to another host. The deadline is the gateway's, for all of an answer, and no other.
    """
    guarded: Any = {"follow_redirects": False, "trust_env": False, "timeout": None}
    return {
        "base_url": settings.base_url or ADDRESS,
        "api_key": settings.api_key or SecretStr("none"),
        "openai_proxy": "",
        "use_responses_api": False,
        "output_version": "v0",
        # Nothing is asked the other way: it has no transport.
        "http_client": httpx2.Client(**guarded, transport=httpx2.BaseTransport()),
        "http_async_client": httpx2.AsyncClient(**guarded, transport=BoundedTransport()),
    }


def _disconnect_tracing() -> None:
    """Take away what would send every prompt to a tracing service, before the vendors look for it."""
    environment = os.environ  # noqa: TID251 - nothing is configured by it
    for name in [each for each in environment if each.startswith(_TRACING)]:
        del environment[name]
    # By this name, because the plain one does not win over it.
    environment["LANGCHAIN_TRACING_V2"] = "false"


def _silence() -> None:
    """Stop the vendors' loggers, which write requests down; after the import, which may set them up."""
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
    """What the model answers to one question. Raises what the vendors raise, and EngineFailed when it broke off."""
    from langsmith import tracing_context

    given = {"strict": True} if strict else {}
    asking: Any = model.with_structured_output(
        schema_of(shape), method="json_schema", include_raw=True, **given
    )
    messages = [("system", prompt.system)] if prompt.system else []
    with tracing_context(enabled=False):
        # Only its first step: the parser behind it tries every prefix of an answer that is no JSON.
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
    """An answer whose tokens nobody counted: about one every four letters."""
    return Told(content, (len(prompt.system) + len(prompt.text)) // 4, len(content) // 4)


class Runs:
    """Event loops, one for each piece of work, that can all be given up at once."""

    def __init__(self) -> None:
        self._under_way: set[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = set()
        self._lock = Lock()
        self._closed = False

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The result of work on an event loop of its own, of which nothing is left; EngineFailed once closed.

        Looking a host's name up blocks a thread that nothing can stop: it is not waited for, and ends by itself.
        """
        with asyncio.Runner() as runner:
            return runner.run(self._followed(work))

    def close(self) -> None:
        """Give up what is under way, and all that comes."""
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
