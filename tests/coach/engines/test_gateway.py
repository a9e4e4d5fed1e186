"""The way to a language model, down to the wire: what is sent, accepted and kept secret."""

import asyncio
import json
import logging
import socket
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest
from httpx import Response
from pydantic import BaseModel, Field, SecretStr

from coach.engines.gateway.breaker import FAILURES, REST_SECONDS, Breaker
from coach.engines.gateway.gateway import Answered, Gateway, ModelSettings, Prompt
from coach.engines.gateway.tape import Tape
from coach.engines.gateway.transport import MOST_BYTES
from coach.errors import EngineFailed, Invalid
from tests.faults.held_model import held_model

with warnings.catch_warnings():
    # langchain uses functions that it has deprecated itself; we cannot change that.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401
    from langchain_core.tracers.langchain import wait_for_all_tracers

ADDRESS = "http://127.0.0.1:9/v1"
CANARY = "in confidence"
PROMPT = Prompt("Who does what?", f"Ana told Ben {CANARY}. Who sends the draft?")
DOWN = {"error": {"message": CANARY}}


class Promise(BaseModel):
    """Who does what."""

    owner: str = Field(max_length=20)


def make_settings(**given: object) -> ModelSettings:
    usual = ModelSettings("openai", "a-model", ADDRESS, SecretStr("sk-not-a-key"), 5)
    return usual._replace(**given)  # type: ignore[arg-type]


def ask(asked: Gateway | None = None, *, seconds: float = 5) -> Answered[Promise]:
    return (asked or Gateway(make_settings())).answered(PROMPT, shape=Promise, seconds=seconds)


def completion(
    content: str | None, *, end: str | None = "stop", **message: str
) -> dict[str, object]:
    """Return the answer of a provider."""
    said = {"role": "assistant", "content": content, **message}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_767_225_600,
        "model": "a-model",
        "choices": [{"index": 0, "finish_reason": end, "message": said}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 6, "total_tokens": 11},
    }


class Packed(httpx2.ByteStream):
    """No gzip, whatever the headers say."""

    def __init__(self) -> None:
        super().__init__(CANARY.encode())


ANSWER = completion('{"owner": "mentee"}')


@pytest.fixture
def provider(no_provider_is_reached):
    """Return the route to the provider; its calls tell what was asked."""
    return no_provider_is_reached.post(f"{ADDRESS}/chat/completions")


def test_an_answer_has_the_shape_that_was_asked_for_and_its_cost(provider):
    provider.respond(json=ANSWER)

    assert ask() == (Promise(owner="mentee"), 5, 6)


def test_tokens_that_nobody_counted_are_estimated(provider):
    provider.respond(json={**ANSWER, "usage": None})

    answer = ask()

    assert answer.prompt_tokens == (len(PROMPT.system) + len(PROMPT.text)) // 4
    assert answer.answer_tokens == len('{"owner": "mentee"}') // 4


def test_the_model_is_sent_the_rules_the_text_the_schema_and_the_key_and_no_more(
    provider, monkeypatch
):
    monkeypatch.setenv("OPENAI_ORG_ID", "somebody")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-from: somebody")
    provider.respond(json=ANSWER)

    ask()

    request = provider.calls.last.request
    body = json.loads(request.content)
    assert request.headers["authorization"] == "Bearer sk-not-a-key"
    assert set(request.headers) <= {
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    }
    asked = body.pop("response_format")["json_schema"]
    assert asked["strict"] is True
    assert asked["schema"] == {
        "type": "object",
        "properties": {"owner": {"type": "string", "maxLength": 20}},
        "required": ["owner"],
        "additionalProperties": False,
    }
    assert body == {
        "messages": [
            {"role": "system", "content": PROMPT.system},
            {"role": "user", "content": PROMPT.text},
        ],
        "model": "a-model",
        "temperature": 0,
        "max_completion_tokens": 4096,
        "stream": False,
    }


def test_a_prompt_without_rules_apart_is_one_message(provider):
    provider.respond(json=ANSWER)

    Gateway(make_settings()).answered(Prompt("", "Who?"), shape=Promise, seconds=5)

    body = json.loads(provider.calls.last.request.content)
    assert body["messages"] == [{"role": "user", "content": "Who?"}]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(Response(500, text=CANARY), "http_500", id="it is broken"),
        pytest.param(Response(400, json=DOWN), "http_400", id="a question it does not like"),
        pytest.param(Response(401, json=DOWN), "http_401", id="a wrong key"),
        pytest.param(Response(429, json=DOWN), "http_429", id="too often"),
        pytest.param(
            Response(400, json={"error": {"message": CANARY, "code": ["odd"], "type": {}}}),
            "http_400",
            id="odd codes",
        ),
        pytest.param(
            Response(400, json={"error": {"message": "context_length_exceeded " + CANARY}}),
            "too_long",
            id="too long, in its message",
        ),
        pytest.param(httpx2.ConnectError(CANARY), "unreachable", id="nobody there"),
        pytest.param(httpx2.ReadTimeout(CANARY), "timeout", id="no answer"),
        pytest.param(
            Response(200, json=completion(f'{{"owner": "{CANARY}')), "not_as_asked", id="half"
        ),
        pytest.param(
            Response(200, json=completion(f'{{"name": "{CANARY}"}}')),
            "not_as_asked",
            id="other JSON",
        ),
        pytest.param(
            Response(200, json=completion(None, refusal=CANARY)), "refused", id="a refusal"
        ),
        pytest.param(
            Response(200, json={"error": {"message": CANARY}}), "no_completion", id="an error"
        ),
        pytest.param(Response(200, html=CANARY), "no_completion", id="a page"),
        pytest.param(Response(200, json=completion(None)), "empty", id="no content"),
        pytest.param(Response(200, json=completion(CANARY, end=None)), "unfinished", id="no end"),
        pytest.param(
            Response(200, json=completion(CANARY, end="length")),
            "cut_short",
            id="cut at its length",
        ),
        pytest.param(
            Response(200, text=CANARY * (MOST_BYTES // len(CANARY) + 1)), "too_large", id="a flood"
        ),
        pytest.param(
            Response(200, stream=Packed(), headers={"content-encoding": "gzip"}),
            "no_completion",
            id="not packed as it says",
        ),
    ],
)
def test_no_answer_is_a_reason_code_without_a_word_of_the_prompt(provider, reply, reason):
    provider.mock(**{"side_effect" if isinstance(reply, Exception) else "return_value": reply})

    with pytest.raises(EngineFailed) as failed:
        ask()

    assert str(failed.value) == reason
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


def test_what_may_pass_is_tried_once_more(provider):
    provider.mock(side_effect=[Response(503), Response(200, json=ANSWER)])

    assert ask().value == Promise(owner="mentee")
    assert provider.call_count == 2


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"retry-after": "0.5"}, 0.5, id="seconds"),
        pytest.param({"retry-after-ms": "400", "retry-after": "60"}, 0.4, id="milliseconds"),
    ],
)
def test_a_server_that_says_when_to_come_back_is_heard(provider, headers, seconds):
    provider.mock(side_effect=[Response(429, headers=headers), Response(200, json=ANSWER)])
    started = time.monotonic()

    ask()

    assert time.monotonic() - started >= 0.95 * seconds


@pytest.mark.parametrize("zone", ["GMT", "-0000"], ids=["a zone", "none"])
def test_a_day_to_come_back_that_has_passed_is_now(provider, zone):
    headers = {"retry-after": f"Wed, 21 Oct 2015 07:28:00 {zone}"}
    provider.mock(side_effect=[Response(503, headers=headers), Response(200, json=ANSWER)])

    assert ask(seconds=2).value == Promise(owner="mentee")


@pytest.mark.parametrize(
    "told", ["", "soon", "-1", "nan", "inf", "Wed, 99 Oct 2015", "1e9", "٣"], ids=ascii
)
def test_nonsense_for_a_time_to_come_back_is_a_short_pause(provider, told):
    headers = [("retry-after", told.encode())]
    provider.mock(side_effect=[Response(429, headers=headers), Response(200, json=ANSWER)])

    assert ask().value == Promise(owner="mentee")


def test_a_time_to_come_back_after_the_deadline_is_not_waited_for(provider):
    provider.respond(429, headers={"retry-after": "2"})
    started = time.monotonic()

    with pytest.raises(EngineFailed, match=r"^http_429$"):
        ask(seconds=1)

    assert time.monotonic() - started < 0.5
    assert provider.call_count == 1


def test_a_gateway_that_is_closed_gives_up_what_it_asks_and_asks_nothing_more(provider):
    asked, given_up = threading.Event(), threading.Event()

    async def never(_request):
        asked.set()
        try:
            await asyncio.sleep(3600)
        finally:
            given_up.set()

    provider.mock(side_effect=never)
    gateway = Gateway(make_settings())
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(ask, gateway, seconds=600)
        assert asked.wait(30)
        gateway.close()
        with pytest.raises(EngineFailed, match="closing"):
            waiting.result(timeout=30)

    assert given_up.is_set()
    asked.clear()
    with pytest.raises(EngineFailed, match="closing"):
        ask(gateway)
    assert not asked.is_set()


def test_an_answer_that_takes_too_long_is_not_waited_for(provider):
    async def slowly(_request):
        await asyncio.sleep(30)

    provider.mock(side_effect=slowly)
    started = time.monotonic()

    with pytest.raises(EngineFailed, match=r"^timeout$"):
        ask(seconds=0.2)

    assert time.monotonic() - started < 2


def test_a_name_that_nobody_resolves_in_time_is_not_waited_for(no_provider_is_reached, monkeypatch):
    resolving = threading.Event()

    def never(*_args, **_kwargs):
        resolving.wait(20)
        raise socket.gaierror

    no_provider_is_reached.route(host="model.example.org").pass_through()
    monkeypatch.setattr(socket, "getaddrinfo", never)
    away = Gateway(make_settings(base_url="http://model.example.org/v1"))
    away.ready()
    started = time.monotonic()

    with pytest.raises(EngineFailed, match=r"^timeout$"):
        ask(away, seconds=0.3)

    assert time.monotonic() - started < 2
    resolving.set()


def test_a_deadline_that_has_passed_asks_nobody(provider):
    with pytest.raises(EngineFailed, match=r"^timeout$"):
        ask(seconds=0)

    assert provider.call_count == 0


def test_many_threads_ask_at_once(provider):
    async def after_a_while(_request):
        await asyncio.sleep(0.05)
        return Response(200, json=ANSWER)

    provider.mock(side_effect=after_a_while)
    shared = Gateway(make_settings())

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: ask(shared).value, range(40)))

    assert answers == [Promise(owner="mentee")] * 40


class Clock:
    """Monotonic time that passes when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_server_that_is_down_is_left_alone_and_probed_until_it_answers(provider):
    clock = Clock()
    resting = Gateway(make_settings(), breaker=Breaker(clock=clock))
    provider.mock(side_effect=httpx2.ReadTimeout(CANARY))
    for _ in range(FAILURES):
        with pytest.raises(EngineFailed, match=r"^timeout$"):
            ask(resting)

    with pytest.raises(EngineFailed, match=r"^resting$"):
        ask(resting)
    assert provider.call_count == FAILURES

    clock.now += REST_SECONDS
    provider.mock(side_effect=[Response(503)])
    with pytest.raises(EngineFailed, match=r"^http_503$"):
        ask(resting)
    with pytest.raises(EngineFailed, match=r"^resting$"):
        ask(resting)
    assert provider.call_count == FAILURES + 1

    clock.now += REST_SECONDS
    provider.mock(side_effect=None, return_value=Response(200, json=ANSWER))
    assert ask(resting).value == ask(resting).value == Promise(owner="mentee")


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Response(400), id="a question it does not like"),
        pytest.param(Response(401), id="a wrong key"),
        pytest.param(Response(200, json=completion("no")), id="not as asked"),
        pytest.param(
            Response(429, json={"error": {"code": "insufficient_quota"}}), id="no money left"
        ),
    ],
)
def test_a_server_that_answers_is_never_left_alone(provider, reply):
    provider.mock(return_value=reply)
    asked = Gateway(make_settings())

    for _ in range(FAILURES + 1):
        with pytest.raises(EngineFailed, match=r"^(?!resting)"):
            ask(asked)

    assert provider.call_count == FAILURES + 1


@pytest.fixture
def tracer():
    """Yield a real server on this machine that counts its visitors."""

    class Counting(BaseHTTPRequestHandler):
        def do_POST(self):
            self.server.came.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            return

    with HTTPServer(("127.0.0.1", 0), Counting) as made:
        made.came = []
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def test_tracing_that_the_environment_asks_for_does_not_happen(tracer, provider, monkeypatch):
    for name in ("LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    for name in ("LANGCHAIN_ENDPOINT", "LANGSMITH_ENDPOINT"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{tracer.server_port}")
    monkeypatch.setenv("LANGSMITH_API_KEY", "not-a-key")
    provider.respond(json=ANSWER)

    ask()

    wait_for_all_tracers()
    assert tracer.came == []


def test_no_variable_of_the_vendor_chooses_host_key_or_proxy(no_provider_is_reached, monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://example.org/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-else")
    route = no_provider_is_reached.post("https://api.openai.com/v1/chat/completions")
    route.respond(json=ANSWER)

    ask(Gateway(make_settings(base_url=None, api_key=None)))

    assert route.calls.last.request.headers["authorization"] == "Bearer none"


def test_no_logger_of_a_vendor_repeats_what_was_asked_or_answered(provider, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "openai._base_client", "httpx2", "httpcore2", "langchain_openai"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).propagate = True
    provider.mock(side_effect=[Response(500, json=DOWN), Response(200, json=completion(CANARY))])

    with pytest.raises(EngineFailed, match=r"^not_as_asked$"):
        ask()

    told = "\n".join([caplog.text, *(str(record.__dict__) for record in caplog.records)])
    assert CANARY not in told
    assert "sk-not-a-key" not in told
    assert "chat/completions" not in told


@pytest.mark.parametrize("provider_name", ["no_such", "ollama"], ids=str)
def test_a_provider_that_is_not_installed_is_refused_and_cannot_be_asked(provider_name):
    asked = Gateway(make_settings(provider=provider_name))

    with pytest.raises(Invalid, match=f"a model of '{provider_name}' cannot be used here"):
        asked.ready()
    with pytest.raises(EngineFailed, match=r"^not_usable$"):
        ask(asked)


@pytest.mark.parametrize(
    ("given", "host", "stays"),
    [
        pytest.param({"base_url": "http://localhost:8080/v1"}, "localhost", True, id="localhost"),
        pytest.param({"base_url": "http://127.0.0.1:8/v1"}, "127.0.0.1", True, id="127.0.0.1"),
        pytest.param({"base_url": "http://[::1]:8080/v1"}, "::1", True, id="::1"),
        pytest.param({"base_url": None}, "api.openai.com", False, id="the vendor's own"),
        pytest.param({"base_url": "https://example.org/v1"}, "example.org", False, id="another"),
        pytest.param(
            {"base_url": "http://localhost.example.org/v1"},
            "localhost.example.org",
            False,
            id="a look-alike",
        ),
        pytest.param(
            {"base_url": "http://localhost@example.org/v1"}, "example.org", False, id="a user"
        ),
        pytest.param({"base_url": "http://192.168.0.2/v1"}, "192.168.0.2", False, id="next door"),
        pytest.param({"provider": "ollama"}, "127.0.0.1", False, id="a vendor's own client"),
        pytest.param(
            {"provider": "ollama", "base_url": None}, "ollama", False, id="and its own address"
        ),
    ],
)
def test_who_sees_what_is_asked_is_told_and_it_stays_here_only_on_loopback(given, host, stays):
    asked = Gateway(make_settings(**given))

    assert asked.host == host
    assert asked.stays_here is stays
    assert asked.name == f"{given.get('provider', 'openai')}:a-model"


def test_what_is_replayed_leaves_nobodys_machine(tmp_path):
    asked = Gateway(make_settings(base_url=None), tape=Tape(tmp_path, replays=True))

    assert asked.stays_here
    assert asked.host == "localhost"


def test_a_question_without_time_says_nothing_about_the_server(provider):
    provider.respond(json=ANSWER)
    asked = Gateway(make_settings())
    for _ in range(FAILURES):
        with pytest.raises(EngineFailed, match=r"^timeout$"):
            ask(asked, seconds=0)

    assert ask(asked).value == Promise(owner="mentee")


LAZY = """
import sys
from coach.engines.gateway.gateway import Gateway, ModelSettings, Prompt
from coach.engines.gateway.tape import Tape
from coach.errors import AnswerMissing
from pydantic import BaseModel
settings = ModelSettings("openai", "m", None, None, 1)
Gateway(settings)
replaying = Gateway(settings, tape=Tape(__import__("pathlib").Path(sys.argv[1]), replays=True))
replaying.ready()
try:
    replaying.answered(Prompt("", "Who?"), shape=type("Said", (BaseModel,), {}), seconds=1)
except AnswerMissing:
    print([name for name in sys.modules if name.startswith(("langchain", "langsmith", "openai"))])
"""


def test_no_vendor_is_imported_before_a_model_is_asked(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LAZY, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


# what is taken back


def looks(*answers: str | None):
    """Return a function that gives these reasons against asking, one at each call."""
    left = iter(answers)
    return lambda: next(left)


@pytest.fixture
def server(no_provider_is_reached):
    """Yield a real server, because a faked one never connects."""
    no_provider_is_reached.route(host="127.0.0.1").pass_through()
    with held_model(host="127.0.0.1") as model:
        model.let_go()
        model.mind = lambda _: {"owner": "mentee"}
        yield model


class ReadAnswer(Promise):
    """By this name the server knows the question."""


def ask_server(server, barred) -> str:
    gateway = Gateway(make_settings(base_url=server.address))
    return gateway.answered(PROMPT, shape=ReadAnswer, seconds=20, barred=barred).value.owner


@pytest.mark.parametrize(
    ("seen", "sent"),
    [
        pytest.param(["not_agreed"], 0, id="before it is tried"),
        pytest.param([None, "not_agreed"], 0, id="while it connects"),
        pytest.param([None, None, "not_agreed"], 1, id="while it is answered"),
    ],
)
def test_what_is_taken_back_is_not_sent_and_not_told(server, seen, sent):
    with pytest.raises(EngineFailed, match="not_agreed"):
        ask_server(server, looks(*seen))

    assert len(server.arrived) == sent


def test_what_nothing_stands_against_is_looked_at_three_times(server):
    assert ask_server(server, looks(None, None, None)) == "mentee"


def test_a_second_try_is_not_made_of_what_was_taken_back(provider):
    provider.respond(status_code=503, headers={"retry-after": "0"})

    with pytest.raises(EngineFailed, match="withdrawn"):
        Gateway(make_settings()).answered(
            PROMPT, shape=Promise, seconds=5, barred=looks(None, "withdrawn")
        )

    assert provider.call_count == 1


def test_what_was_taken_back_says_nothing_of_the_server(provider):
    provider.respond(status_code=503, headers={"retry-after": "0"})
    asked = Gateway(make_settings(), breaker=Breaker())

    for _ in range(FAILURES - 1):
        with pytest.raises(EngineFailed, match="http_503"):
            ask(asked)
        with pytest.raises(EngineFailed, match="withdrawn"):
            asked.answered(PROMPT, shape=Promise, seconds=5, barred=lambda: "withdrawn")
    with pytest.raises(EngineFailed, match="http_503"):
        ask(asked)

    with pytest.raises(EngineFailed, match="resting"):
        ask(asked)


def test_no_answer_is_recorded_to_what_was_taken_back_meanwhile(provider, tmp_path):
    provider.respond(json=ANSWER)
    recording = Gateway(make_settings(), tape=Tape.of(record=tmp_path, replay=None))

    with pytest.raises(EngineFailed, match="withdrawn"):
        recording.answered(PROMPT, shape=Promise, seconds=5, barred=looks(None, "withdrawn"))

    assert list(tmp_path.iterdir()) == []
