"""The one way to a language model: it answers as asked within a deadline, or EngineFailed says why in a word."""
# ruff: noqa: PLC0415 - langchain and the vendors take seconds to import, and most runs need none

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import httpx2
from pydantic import BaseModel, SecretStr

from coach.errors import EngineFailed, Invalid

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Shape = TypeVar("Shape", bound=BaseModel)
_OWN = "openai"
_ADDRESS = "https://api.openai.com/v1"
# By name, along the class's ancestors, because every vendor has its own class of the same name.
_REASONS = {
    **dict.fromkeys(("AttributeError", "LookupError", "TypeError", "ValueError"), "not_as_asked"),
    **dict.fromkeys(("APITimeoutError", "TimeoutError"), "timeout"),
    "APIConnectionError": "unreachable",
    "ContentFilterFinishReasonError": "filtered",
    "LengthFinishReasonError": "cut_short",
    "OpenAIRefusalError": "refused",
}
_ENDS = {"length": "cut_short", "content_filter": "filtered"}


class ModelSettings(NamedTuple):
    """Which model answers, where, and how long an answer may take in all."""

    provider: str
    model: str
    base_url: str | None
    api_key: SecretStr | None
    deadline_seconds: float


def stays_here(settings: ModelSettings) -> bool:
    """Whether what is asked never leaves this machine; of a vendor's own client nobody knows."""
    host = httpx2.URL(settings.base_url or _ADDRESS).host
    return settings.provider == _OWN and host in {"localhost", "127.0.0.1", "::1"}


def chat_model(settings: ModelSettings) -> "BaseChatModel":
    """A model that tries once, at temperature 0. Raises Invalid when its provider is not installed."""
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"base_url": settings.base_url, "api_key": settings.api_key}
    if settings.provider == _OWN:
        given = _own(settings)
    try:
        model: BaseChatModel = init_chat_model(
            settings.model,
            model_provider=settings.provider,
            temperature=0,
            max_retries=0,
            timeout=settings.deadline_seconds,
            **{name: value for name, value in given.items() if value is not None},
        )
    except (ImportError, ValueError):
        # Without the vendor's words, which may hold what was set.
        why = f"a model of {settings.provider!r} cannot be used here: is its package installed?"
        raise Invalid(why) from None
    return model


def _own(settings: ModelSettings) -> dict[str, Any]:
    """What OpenAI's protocol is given, all of it, so that no variable of the vendor's chooses host or key.

    A redirect would carry the notes to another host. Connections are not kept: a call may have its own event loop.
    """
    limits = httpx2.Limits(max_keepalive_connections=0)
    guarded: Any = {"follow_redirects": False, "trust_env": False, "limits": limits}
    return {
        "base_url": settings.base_url or _ADDRESS,
        "api_key": settings.api_key or SecretStr("none"),
        "openai_proxy": "",
        "use_responses_api": False,
        "http_client": httpx2.Client(**guarded),
        "http_async_client": httpx2.AsyncClient(**guarded),
    }


def answered(
    model: "BaseChatModel", prompt: str, *, shape: type[Shape], deadline_seconds: float
) -> Shape:
    """The answer in the shape asked for. EngineFailed's message is a reason code and nothing else."""
    from langsmith import tracing_context

    try:
        with tracing_context(enabled=False):
            answer = _answer(model, prompt, shape)
            return asyncio.run(asyncio.wait_for(answer, deadline_seconds))
    except EngineFailed:
        raise
    except Exception as error:  # noqa: BLE001 - a vendor may raise anything
        reason = _reason(error)
    # Raised here and not above: a vendor's error may quote the prompt, and would come along as the context.
    raise EngineFailed(reason)


async def _answer(model: "BaseChatModel", prompt: str, shape: type[Shape]) -> Shape:
    asking = model.with_structured_output(shape, method="json_schema", include_raw=True)
    told: Any = await asking.ainvoke(prompt)
    ended = told["raw"].response_metadata.get("finish_reason", "stop")
    if ended != "stop":
        raise EngineFailed(_ENDS.get(ended, "unfinished"))
    if isinstance(told["parsed"], shape):
        return told["parsed"]
    raise EngineFailed(_reason(told["parsing_error"] or ValueError()))


def _reason(error: BaseException) -> str:
    names = (each.__name__ for each in type(error).__mro__)
    if known := next((_REASONS[name] for name in names if name in _REASONS), None):
        return known
    status = getattr(error, "status_code", None)
    return f"http_{status}" if isinstance(status, int) else "failed"
