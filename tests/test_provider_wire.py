"""The real clients of the providers, down to the last layer: no unexpected request leaves."""

import json
import warnings

import pytest
import respx
from pydantic import BaseModel

with warnings.catch_warnings():
    # langchain still names deprecated functions of its own, which we cannot change.
    warnings.simplefilter("ignore", DeprecationWarning)
    import openai
    from langchain_openai import ChatOpenAI

KEY = "sk-not-a-key"
ADDRESS = "https://api.openai.com/v1/chat/completions"
NOTE = [{"role": "user", "content": "Who sends the draft?"}]


class Promise(BaseModel):
    """Who does what."""

    owner: str
    action: str


SAID = Promise(owner="mentee", action="send the draft")


def completion(content: str) -> dict[str, object]:
    """The answer of a provider."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_767_225_600,
        "model": "a-model",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": content},
            }
        ],
        "usage": {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": 10},
    }


@pytest.fixture
def provider(no_provider_is_reached):
    """A route to the provider, which records its calls."""

    def answering(content: str) -> respx.Route:
        return no_provider_is_reached.post(ADDRESS).respond(json=completion(content))

    return answering


@pytest.fixture
def client():
    with openai.OpenAI(api_key=KEY, base_url="https://api.openai.com/v1", max_retries=0) as made:
        yield made


@pytest.fixture
def chat():
    return ChatOpenAI(
        model="a-model", api_key=KEY, base_url="https://api.openai.com/v1", max_retries=0
    )


def asked(route: respx.Route) -> dict[str, object]:
    request = route.calls.last.request
    assert request.headers["authorization"] == f"Bearer {KEY}"
    body = json.loads(request.content)
    assert isinstance(body, dict)
    return body


def test_openai_gets_its_completion_from_the_route(provider, client):
    route = provider("The mentee.")

    answer = client.chat.completions.create(model="a-model", messages=NOTE)

    assert answer.choices[0].message.content == "The mentee."
    assert asked(route)["messages"] == NOTE
    assert route.call_count == 1


def test_openai_gets_its_structured_answer_from_the_route(provider, client):
    route = provider(SAID.model_dump_json())

    answer = client.chat.completions.parse(model="a-model", messages=NOTE, response_format=Promise)

    assert answer.choices[0].message.parsed == SAID
    assert asked(route)["response_format"]["type"] == "json_schema"


def test_langchain_gets_its_completion_from_the_route(provider, chat):
    route = provider("The mentee.")

    answer = chat.invoke(NOTE[0]["content"])

    assert answer.content == "The mentee."
    assert asked(route)["messages"] == NOTE


def test_langchain_gets_its_structured_answer_from_the_route(provider, chat):
    route = provider(SAID.model_dump_json())

    answer = chat.with_structured_output(Promise, method="json_schema").invoke(NOTE[0]["content"])

    assert answer == SAID
    assert asked(route)["response_format"]["type"] == "json_schema"


def test_openai_reaches_nobody_that_a_test_did_not_expect(client):
    with pytest.raises(AssertionError, match="not mocked"):
        client.chat.completions.create(model="a-model", messages=NOTE)


def test_langchain_reaches_nobody_that_a_test_did_not_expect(chat):
    with pytest.raises(AssertionError, match="not mocked"):
        chat.invoke(NOTE[0]["content"])
