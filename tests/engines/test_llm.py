"""The way to a language model, down to the wire: what is sent, and every way in which no answer comes."""

import asyncio
import json
import threading
import time
import warnings
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest
from httpx import Response
from pydantic import BaseModel, Field, SecretStr

from coach.engines.llm import ModelSettings, answered, chat_model, stays_here
from coach.errors import EngineFailed, Invalid

with warnings.catch_warnings():
    # langchain still names functions of its own that it has deprecated; nothing that we could change.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401
    from langchain_core.tracers.langchain import wait_for_all_tracers

ADDRESS = "http://127.0.0.1:9/v1"
PROMPT = "Ana told Ben in confidence. Who sends the draft?"


class Promise(BaseModel):
    """Who does what."""

    owner: str = Field(max_length=20)


def make_settings(**given: object) -> ModelSettings:
    usual = ModelSettings("openai", "a-model", ADDRESS, SecretStr("sk-not-a-key"), 5)
    return usual._replace(**given)  # type: ignore[arg-type]


def ask(settings: ModelSettings) -> Promise:
    return answered(
        chat_model(settings),
        PROMPT,
        shape=Promise,
        deadline_seconds=settings.deadline_seconds,
    )


def completion(
    content: str | None, *, end: str | None = "stop", **message: str
) -> dict[str, object]:
    """What a provider answers."""
    said = {"role": "assistant", "content": content, **message}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_767_225_600,
        "model": "a-model",
        "choices": [{"index": 0, "finish_reason": end, "message": said}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": 10},
    }


ANSWER = completion('{"owner": "mentee"}')


@pytest.fixture
def provider(no_provider_is_reached):
    """A route to the provider; what it was asked can be read from its calls."""
    return no_provider_is_reached.post(f"{ADDRESS}/chat/completions")


def test_an_answer_has_the_shape_that_was_asked_for(provider):
    provider.respond(json=ANSWER)

    answer = ask(make_settings())

    assert answer == Promise(owner="mentee")


def test_the_model_is_sent_the_prompt_the_shape_and_the_key_and_no_more(provider):
    provider.respond(json=ANSWER)

    ask(make_settings())

    request = provider.calls.last.request
    body = json.loads(request.content)
    assert request.headers["authorization"] == "Bearer sk-not-a-key"
    assert body.pop("response_format")["json_schema"]["schema"]["required"] == ["owner"]
    assert body == {
        "messages": [{"role": "user", "content": PROMPT}],
        "model": "a-model",
        "temperature": 0,
        "stream": False,
    }


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(Response(500, text=PROMPT), "http_500", id="it is broken"),
        pytest.param(Response(401, json={"error": PROMPT}), "http_401", id="a wrong key"),
        pytest.param(Response(429, json={"error": PROMPT}), "http_429", id="too often"),
        pytest.param(
            Response(307, headers={"location": "https://example.org/v1"}),
            "http_307",
            id="a redirect",
        ),
        pytest.param(httpx2.ConnectError(PROMPT), "unreachable", id="nobody there"),
        pytest.param(httpx2.ReadTimeout(PROMPT), "timeout", id="no answer"),
        pytest.param(
            Response(200, json=completion('{"owner": "Ana told')), "not_as_asked", id="half"
        ),
        pytest.param(
            Response(200, json=completion('{"name": "Ana"}')),
            "not_as_asked",
            id="other JSON",
        ),
        pytest.param(Response(200, json=completion(None)), "not_as_asked", id="no content"),
        pytest.param(
            Response(200, json=completion(None, refusal=PROMPT)), "refused", id="a refusal"
        ),
        pytest.param(
            Response(200, json=completion('{"owner": "m"}', end="length")),
            "cut_short",
            id="cut at its length",
        ),
        pytest.param(
            Response(200, json=completion('{"owner": "m"}', end="content_filter")),
            "filtered",
            id="filtered",
        ),
        pytest.param(
            Response(200, json=completion('{"owner": "m"}', end=None)),
            "unfinished",
            id="no end",
        ),
        pytest.param(Response(200, json={**ANSWER, "choices": []}), "not_as_asked", id="no choice"),
        pytest.param(Response(200, html="<p>Hello"), "not_as_asked", id="a page"),
        pytest.param(
            Response(200, text="{", headers={"content-type": "application/json"}),
            "not_as_asked",
            id="no JSON at all",
        ),
    ],
)
def test_no_answer_is_a_reason_code_without_a_word_of_the_prompt(provider, reply, reason):
    provider.mock(**{"side_effect" if isinstance(reply, Exception) else "return_value": reply})

    with pytest.raises(EngineFailed) as failed:
        ask(make_settings())

    assert str(failed.value) == reason
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None
    assert provider.call_count == 1


def test_an_answer_that_takes_too_long_is_not_waited_for(provider):
    async def slowly(_request):
        await asyncio.sleep(30)

    provider.mock(side_effect=slowly)
    started = time.monotonic()

    with pytest.raises(EngineFailed, match=r"^timeout$"):
        ask(make_settings(deadline_seconds=0.2))

    assert time.monotonic() - started < 5


@pytest.fixture
def server():
    """A real server on this machine that drips blanks, and counts who came."""

    class Dripping(BaseHTTPRequestHandler):
        def do_POST(self):
            self.server.came.append(self.path)
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                return

        def log_message(self, *_):
            return

    with HTTPServer(("127.0.0.1", 0), Dripping) as made:
        made.came = []
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def test_the_deadline_is_for_the_whole_answer_and_not_for_each_byte(server, no_provider_is_reached):
    address = f"http://127.0.0.1:{server.server_port}"
    no_provider_is_reached.route(host="127.0.0.1").pass_through()
    started = time.monotonic()

    with pytest.raises(EngineFailed, match=r"^timeout$"):
        ask(make_settings(base_url=address, deadline_seconds=0.5))

    assert server.came == ["/chat/completions"]
    assert time.monotonic() - started < 2


def test_tracing_that_the_environment_asks_for_does_not_happen(server, provider, monkeypatch):
    for name in ("LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING"):
        monkeypatch.setenv(name, "true")
    for name in ("LANGCHAIN_ENDPOINT", "LANGSMITH_ENDPOINT"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("LANGSMITH_API_KEY", "not-a-key")
    provider.respond(json=ANSWER)

    ask(make_settings())

    wait_for_all_tracers()
    assert server.came == []


def test_no_variable_of_the_vendor_chooses_host_key_or_proxy(no_provider_is_reached, monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://example.org/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-else")
    route = no_provider_is_reached.post("https://api.openai.com/v1/chat/completions")
    route.respond(json=ANSWER)

    ask(make_settings(base_url=None, api_key=None))

    assert route.calls.last.request.headers["authorization"] == "Bearer none"


@pytest.mark.parametrize("provider_name", ["no_such", "ollama"], ids=str)
def test_a_provider_that_is_not_installed_is_refused(provider_name):
    with pytest.raises(Invalid, match=f"a model of '{provider_name}' cannot be used here"):
        chat_model(make_settings(provider=provider_name))


@pytest.mark.parametrize(
    ("given", "stays"),
    [
        pytest.param({"base_url": "http://localhost:8080/v1"}, True, id="localhost"),
        pytest.param({"base_url": "http://127.0.0.1:8080/v1"}, True, id="127.0.0.1"),
        pytest.param({"base_url": "http://[::1]:8080/v1"}, True, id="::1"),
        pytest.param({"base_url": None}, False, id="the vendor's own"),
        pytest.param({"base_url": "https://example.org/v1"}, False, id="another host"),
        pytest.param({"base_url": "http://localhost.example.org/v1"}, False, id="a look-alike"),
        pytest.param({"base_url": "http://localhost@example.org/v1"}, False, id="a user's name"),
        pytest.param({"base_url": "http://192.168.0.2/v1"}, False, id="the next machine"),
        pytest.param({"provider": "ollama"}, False, id="a vendor's own client"),
    ],
)
def test_what_is_asked_stays_here_only_on_loopback(given, stays):
    assert stays_here(make_settings(**given)) is stays
