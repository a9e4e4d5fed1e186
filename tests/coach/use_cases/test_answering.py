"""What an answer says of how it was made, with a model at the other end of the wire."""

import json
import warnings
from datetime import UTC, date, datetime

import pytest
from httpx import Request, Response

from coach.agreement.access import Principal
from coach.bootstrap import opened
from coach.settings import Settings
from tests.builders import make_mentorship, make_session

with warnings.catch_warnings():
    # langchain still names functions of its own that it has deprecated; we cannot change that.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401

ADMIN = Principal("admin", "admin", None)
MENTOR = Principal("k1", "mentor", "pair")
MENTEE = Principal("k2", "mentee", "pair")
ADDRESS = "http://127.0.0.1:9/v1"
NOTHING = {
    "ReadAnswer": {"facts": [], "commitments": [], "outcomes": []},
    "WordAnswer": {"sentences": [], "headline": None},
    "AskAnswer": {"questions": []},
}


def answered(request: Request) -> Response:
    """What a model answers that has nothing to say."""
    asked = json.loads(request.content)["response_format"]["json_schema"]["name"]
    said = {"role": "assistant", "content": json.dumps(NOTHING[asked])}
    choice = {"index": 0, "finish_reason": "stop", "message": said}
    whole = {"id": "c", "object": "chat.completion", "created": 0, "model": "m"}
    return Response(200, json={**whole, "choices": [choice]})


@pytest.fixture
def coach(tmp_path, no_provider_is_reached):
    no_provider_is_reached.post(f"{ADDRESS}/chat/completions").mock(side_effect=answered)
    settings = Settings(data_dir=tmp_path, llm_model="openai:quiet", llm_base_url=ADDRESS)
    now = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
    with opened(settings, clock=lambda: now) as parts:
        parts.coach.create_mentorship(ADMIN, make_mentorship(), new_id=lambda _: "pair")
        session = make_session(date(2026, 6, 1), "I will send Ana the plan by Friday.")
        parts.coach.record_session(MENTEE, "pair", session, wait=0)
        yield parts.coach


def test_a_model_that_has_nothing_to_say_is_not_said_to_have_answered(coach):
    made = coach.brief(MENTOR, "pair").provenance

    assert (made.engine, made.fell_back, made.reason) == ("embedded", True, "nothing_stood")
    assert "read" in made.prompts
    assert not {"word", "ask"} & made.prompts.keys()


def test_a_reflection_was_not_worded(coach):
    made = coach.reflection(MENTEE, "pair").provenance

    assert (made.engine, made.reason) == ("embedded", "nothing_stood")
    assert "word" not in made.prompts


def test_who_cannot_wait_is_told_so_and_answered_without_the_model(coach):
    made = coach.brief(MENTOR, "pair", wait=0).provenance

    assert (made.engine, made.fell_back, made.reason) == ("embedded", True, "timeout")
    assert made.model is None
