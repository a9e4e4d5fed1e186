"""With a model configured, every call answers in time, whatever the model does.

The answer says how it was made.
"""

import json
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.app import create_app
from coach.settings import Settings
from tests.api.world import as_note, opened_world
from tests.coach.engines.test_gateway_faults import EXPECTED
from tests.faults.model import ENDLESS, OWN_MODES, serving
from tests.provider import ADDRESS, provider

AWAY = "https://model.example.org/v1"
SHORT, LONG = 0.6, 6.0
NOTES = (
    as_note(
        "I'm proud that the rota ran for two weeks. "
        "I'll send the budget draft to the board by 12 June.\n"
        "I was worried that the crane costs 4,500 a day. Not sure whether the board will agree.",
    ),
    as_note(
        "I have not told Ben that I might leave in autumn.", author="mentor", visibility="mentor"
    ),
)
NAMES_OF_ONE_TIME = {"id", "note_id", "session_id", "mentorship_id", "about", "provenance"}


def content(answer: object) -> object:
    """An answer without ids and without how it was made."""
    if isinstance(answer, dict):
        return {
            name: content(each) for name, each in answer.items() if name not in NAMES_OF_ONE_TIME
        }
    return [content(each) for each in answer] if isinstance(answer, list) else answer


@contextmanager
def world_with(folder: Path, address: str, *, seconds: float = LONG):
    with opened_world(
        folder,
        llm_model="openai:m",
        llm_base_url=address,
        llm_api_key="sk-not-a-key",
        llm_deadline_seconds=seconds,
    ) as world:
        yield world


def answers(pair, **headers: str) -> dict[str, object]:
    """What may wait for a model, as the mentor or the mentee asks for it."""
    body = {"held_on": "2026-06-01", "notes": list(NOTES)}
    return {
        "POST session": pair.post("mentor", "/sessions", body, **headers),
        "brief": pair.send("mentee", "GET", "/brief", headers=headers),
        "reflection": pair.send("mentee", "GET", "/reflection", headers=headers),
    }


@pytest.fixture(scope="module")
def without_a_model(world):
    """What is answered where no model is configured."""
    return {name: content(each.json()) for name, each in answers(world.pair()).items()}


@pytest.fixture(scope="module")
def faulty_server():
    with serving() as server:
        yield server


@pytest.fixture
def faults(faulty_server, no_provider_is_reached):
    """The address of a server of every fault, which is really asked."""
    no_provider_is_reached.route(host="127.0.0.1").pass_through()
    return faulty_server


@pytest.mark.parametrize("mode", OWN_MODES)
def test_a_model_that_fails_takes_nothing_away(tmp_path, faults, without_a_model, mode):
    # Its good answers are of another shape than asked for.
    reason = EXPECTED[mode][0] if not EXPECTED[mode][0].startswith("=") else "not_as_asked"
    seconds = SHORT if mode in ENDLESS else LONG
    with world_with(tmp_path, f"{faults}/{mode}/v1", seconds=seconds) as world:
        pair = world.pair()
        started = time.monotonic()

        told = answers(pair)

        took = time.monotonic() - started
        kept = pair.get("mentor", "/sessions").json()
    assert [each.status_code for each in told.values()] == [201, 200, 200]
    assert {name: content(each.json()) for name, each in told.items()} == without_a_model
    for each in told.values():
        made = each.json()["provenance"]
        assert (made["engine"], made["fell_back"], made["model"]) == ("embedded", True, None)
        # After some failures in a row it is left alone.
        assert made["reason"] in {reason, "resting"}
    assert told["POST session"].json()["provenance"]["reason"] == reason
    assert [note["text"] for note in kept[0]["notes"]] == [note["text"] for note in NOTES]
    assert took < len(told) * (seconds + 2)


def test_a_note_is_kept_before_the_model_is_asked(tmp_path):
    kept = []

    def looks(_asked):
        kept.extend(each["notes"][0]["text"] for each in pair.get("mentor", "/sessions").json())
        return {}

    with provider(looks), world_with(tmp_path, ADDRESS) as world:
        pair = world.pair()
        pair.session("mentor", NOTES[0])

    assert kept
    assert set(kept) == {NOTES[0]["text"]}


def test_what_a_model_says_is_on_the_page_and_is_said_to_be_its_own(tmp_path):
    with provider() as asked, world_with(tmp_path, ADDRESS) as world:
        told = answers(world.pair())

    for name, each in told.items():
        made = each.json()["provenance"]
        assert (made["engine"], made["fell_back"], made["reason"]) == ("llm", False, None), name
        assert made["model"] == "openai:m"
        assert {"read", "ask"} <= made["prompts"].keys()
    page = json.dumps(told["brief"].json()["sections"]) + json.dumps(
        told["brief"].json()["headline"]
    )
    assert "Ben was worried" in page
    assert asked.calls("read")


# consent


@pytest.mark.parametrize(
    "agreed", [(), ("mentor",), ("mentee",)], ids=["nobody", "mentor", "mentee"]
)
def test_nothing_leaves_without_the_consent_of_both(tmp_path, without_a_model, agreed):
    with provider(address=AWAY) as asked, world_with(tmp_path, AWAY) as world:
        pair = world.pair()
        for side in agreed:
            assert pair.send(side, "PATCH", "", json={"external_llm": True}).status_code == 200

        told = answers(pair, prefer="wait=5")

    assert asked.sent == []
    assert {name: content(each.json()) for name, each in told.items()} == without_a_model
    for each in told.values():
        made = each.json()["provenance"]
        assert (made["engine"], made["reason"], made["model"]) == ("embedded", "not_agreed", None)


def test_with_the_consent_of_both_it_is_asked_until_one_takes_it_back(tmp_path):
    with provider(address=AWAY) as asked, world_with(tmp_path, AWAY) as world:
        pair = world.pair()
        pair.send("mentor", "PATCH", "", json={"external_llm": True})
        pair.session("mentor", NOTES[0])
        assert asked.sent == []
        pair.send("mentee", "PATCH", "", json={"external_llm": True})

        agreed = pair.get("mentee", "/brief").json()
        sent = len(asked.sent)
        pair.send("mentor", "PATCH", "", json={"external_llm": False})
        taken_back = pair.get("mentee", "/brief").json()

    assert agreed["provenance"]["engine"] == "llm"
    assert sent
    assert len(asked.sent) == sent
    assert taken_back["provenance"]["reason"] == "not_agreed"
    assert "Ben was worried" not in json.dumps(taken_back)


# patience


@pytest.fixture
def slow(tmp_path, faults):
    """A pair whose model never answers, with more than a second for it."""
    with world_with(tmp_path, f"{faults}/hang/v1", seconds=3) as world:
        yield world.pair()


def test_who_does_not_wait_is_answered_at_once_without_the_model(slow, without_a_model):
    told = answers(slow, prefer="wait=0")

    assert {name: content(each.json()) for name, each in told.items()} == without_a_model
    for each in told.values():
        assert each.json()["provenance"]["reason"] == "timeout"
        assert each.headers["preference-applied"] == "wait=0"


def test_for_who_does_not_wait_nothing_is_worded(tmp_path):
    with provider() as asked, world_with(tmp_path, ADDRESS) as world:
        answers(world.pair(), prefer="wait=0")

    assert [each for each in asked.asked if each.call != "read"] == []


def test_who_waits_a_second_is_answered_after_a_second(slow):
    slow.post(
        "mentor", "/sessions", {"held_on": "2026-06-01", "notes": list(NOTES)}, prefer="wait=0"
    )
    started = time.monotonic()

    brief = slow.send("mentor", "GET", "/brief", headers={"Prefer": "wait=1"})

    took = time.monotonic() - started
    assert brief.headers["preference-applied"] == "wait=1"
    assert brief.json()["provenance"]["reason"] == "timeout"
    assert 0.9 < took < 2.5


@pytest.mark.parametrize(
    "prefer",
    ["respond-async, wait=1", "wait=1; foo=bar", 'return=minimal,wait="1"', "WAIT = 1"],
)
def test_a_wait_among_other_preferences_is_heard(slow, prefer):
    told = slow.send("mentee", "GET", "/reflection", headers={"Prefer": prefer})

    assert told.status_code == 200
    assert told.headers["preference-applied"] == "wait=1"


@pytest.mark.parametrize(
    "prefer",
    [
        "wait",
        "wait=",
        "wait=-1",
        "wait=soon",
        "wait=1.5",
        "await=1",
        "wait=9999999",
        ",;=",
        "x" * 4000,
    ],
)
def test_a_preference_that_says_nothing_is_ignored(slow, prefer):
    told = slow.send("mentee", "GET", "/reflection", headers={"Prefer": prefer})

    assert told.status_code == 200
    assert "preference-applied" not in told.headers


def test_without_a_model_a_preference_changes_nothing(fresh_pair):
    plain = fresh_pair.get("mentee", "/brief")

    told = fresh_pair.send("mentee", "GET", "/brief", headers={"Prefer": "wait=1"})

    assert "preference-applied" not in told.headers
    assert told.json() == plain.json()
    assert told.json()["provenance"]["reason"] is None


CALLS = (
    ("get", "/brief"),
    ("get", "/reflection"),
    ("get", "/sessions/{session_id}/report"),
    ("post", "/sessions"),
    ("post", "/sessions/{session_id}/notes"),
)


@pytest.mark.parametrize(("method", "path"), CALLS, ids=[path for _, path in CALLS])
def test_what_may_wait_says_so(method, path):
    document = create_app(Settings(data_dir="never-opened")).openapi()

    call = document["paths"][f"/v1/mentorships/{{mentorship_id}}{path}"][method]

    (prefer,) = (each for each in call["parameters"] if each["name"] == "Prefer")
    assert (prefer["in"], prefer["required"]) == ("header", False)
    assert "wait=<seconds>" in prefer["description"]
    (good,) = (told for status, told in call["responses"].items() if status in {"200", "201"})
    assert "Preference-Applied" in good["headers"]
