"""Consent, a note or its visibility is taken back while an external model is being asked.

Nothing more is sent, and nothing is kept.
"""

import json
import threading
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial

import pytest

from tests.api.world import Pair, as_note, canary, opened_world
from tests.faults.held_model import ELSEWHERE, held_model

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1", ELSEWHERE])

AT_ONCE = 8
NOTES, SESSIONS = 40, 4
PART = (
    "We spoke about part {} of the plan for {}. I'll send the draft of it to the board by 12 June."
)
IN_PARTS = "\n".join(f"- {PART.format(n, 'the spring')}" for n in range(90))
"""A note that is too long to be read at once."""
LONG = 20
"""Seconds that nothing here takes."""


@contextmanager
def held_world(tmp_path, no_provider_is_reached):
    """A pair that has agreed to a model elsewhere, and that model, which answers nothing yet."""
    no_provider_is_reached.route(host=ELSEWHERE).pass_through()
    given = {"llm_model": "openai:m", "llm_deadline_seconds": LONG}
    with (
        held_model() as model,
        opened_world(tmp_path, llm_base_url=model.address, **given) as world,
    ):
        pair = world.pair()
        for side in ("mentor", "mentee"):
            agree(pair, side, to=True)
        try:
            yield pair, model
        finally:
            model.let_go()


@pytest.fixture
def held(tmp_path, no_provider_is_reached):
    with held_world(tmp_path, no_provider_is_reached) as made:
        yield made


def agree(pair: Pair, side: str, *, to: bool) -> None:
    assert pair.send(side, "PATCH", "", json={"external_llm": to}).status_code == 200


def withdraw(pair: Pair, _: list[str]) -> None:
    agree(pair, "mentee", to=False)


def erase(pair: Pair, notes: list[str]) -> None:
    for each in notes:
        assert pair.send("mentor", "DELETE", f"/notes/{each}").status_code == 204


def share_anew(pair: Pair, notes: list[str]) -> None:
    for each in notes:
        told = pair.send("mentor", "PATCH", f"/notes/{each}", json={"visibility": "mentor"})
        assert told.status_code == 200


TAKEN_BACK = (withdraw, erase, share_anew)
every_way = pytest.mark.parametrize("take_back", TAKEN_BACK, ids=lambda each: each.__name__)


def posted(pair: Pair, *texts: str, day: int = 1) -> list[str]:
    """The ids of the notes of a session, which nobody waits to be read."""
    notes = [as_note(text, author="mentor") for text in texts]
    body = {"held_on": f"2026-06-{day:02}", "notes": notes}
    told = pair.post("mentor", "/sessions", body, prefer="wait=0").json()
    return [each["id"] for each in told["session"]["notes"]]


def kept(pair: Pair) -> list[str]:
    """The notes of which a model's reading is kept, under whatever visibility it was read."""
    model, store = pair.world.parts.model, pair.world.parts.store
    versions = {each: model.version_for(each) for each in ("shared", "mentor", "mentee")}
    as_of = pair.world.clock().date()
    return [
        note_id
        for side in ("mentor", "mentee")
        for asked in ({}, dict.fromkeys(versions, versions["shared"]))
        for note_id in store.second_readings(pair.id, side, as_of, {**versions, **asked})
    ]


def asking(pair: Pair, path: str, who: str = "mentor") -> tuple[threading.Thread, list]:
    """An answer that is waited for on a thread of its own, and where it will be."""
    answers: list = []
    thread = threading.Thread(target=lambda: answers.append(pair.get(who, path)), daemon=True)
    thread.start()
    return thread, answers


@every_way
def test_what_waits_in_the_queue_is_not_sent_and_what_comes_back_is_not_kept(held, take_back):
    pair, model = held
    notes = [
        note
        for session in range(SESSIONS)
        for note in posted(
            pair,
            *(PART.format(n, canary("queue")) for n in range(session, NOTES, SESSIONS)),
            day=session + 1,
        )
    ]
    pair.send("mentor", "GET", "/brief", headers={"Prefer": "wait=1"})
    assert model.wait_for(AT_ONCE, call="read")
    sent = len(model.arrived)

    take_back(pair, notes)
    agreed_still = take_back is not withdraw
    model.let_go()
    told = pair.send("mentor", "GET", "/brief", headers={"Prefer": "wait=0"})
    pair.world.parts.coach._second.close()

    assert len(notes) == NOTES
    assert len(model.of("read")) == AT_ONCE
    assert len(model.arrived) == sent
    assert kept(pair) == []
    assert told.json()["provenance"]["reason"] == ("timeout" if agreed_still else "not_agreed")


@every_way
def test_the_parts_of_a_long_note_are_not_sent_one_after_another(held, take_back):
    pair, model = held
    notes = posted(pair, IN_PARTS)
    pair.send("mentor", "GET", "/brief", headers={"Prefer": "wait=1"})
    assert model.wait_for(1, call="read")
    sent = len(model.arrived)

    take_back(pair, notes)
    model.let_go()
    pair.world.parts.coach._second._queue.join()

    assert len(model.arrived) == sent
    assert kept(pair) == []


def test_a_long_note_that_stays_is_sent_in_parts(held):
    pair, model = held
    posted(pair, IN_PARTS)
    model.let_go()

    pair.get("mentor", "/brief")

    assert len(model.of("read")) > 1


@pytest.mark.parametrize("take_back", [erase, share_anew], ids=lambda each: each.__name__)
def test_a_note_is_not_kept_as_read_beside_a_promise_that_was_taken_back(held, take_back):
    pair, model = held
    secret = canary("promise")
    promised = posted(pair, f"- I will send the draft of {secret} to the board by 12 June.", day=1)
    assert secret in json.dumps(pair.get("mentor", "/commitments").json())
    assert model.wait_for(1, call="read")
    model.answer_held()
    pair.send("mentor", "GET", "/brief", headers={"Prefer": "wait=1"})
    later = posted(pair, "- Sent the draft. I'm worried that the board will not read it.", day=2)
    pair.send("mentor", "GET", "/brief", headers={"Prefer": "wait=1"})
    assert model.wait_for(2, call="read")
    assert secret in model.of("read")[1].body
    assert "worried" in model.of("read")[1].body

    take_back(pair, promised)
    model.let_go()
    pair.world.parts.coach._second._queue.join()

    assert not {*later} & {*kept(pair)}


@every_way
@pytest.mark.parametrize("path", ["/brief", "/report"])
def test_an_answer_that_is_being_worded_does_not_show_what_is_taken_back(held, take_back, path):
    pair, model = held
    secret = canary("worded")
    stays = f"I was worried that the crane costs 4,500 a day for {canary('stays')}."
    notes = posted(pair, f"I'm proud that the rota of {secret} ran for two weeks.", stays)
    session = pair.get("mentor", "/sessions").json()[0]["id"]
    where = path if path == "/brief" else f"/sessions/{session}/report"
    reading, answers = asking(pair, where)
    assert model.wait_for(2, call="read")
    model.answer("read")
    assert model.wait_for(1, call="word")
    assert secret in model.of("word")[0].body

    take_back(pair, notes[:1])
    model.let_go()
    reading.join(LONG)
    (answer,) = answers
    told = answer.json()
    assert answer.status_code == 200
    assert "crane" in answer.text
    if take_back is withdraw:
        assert (told["provenance"]["engine"], told["provenance"]["reason"]) == (
            "embedded",
            "not_agreed",
        )
        assert told["provenance"]["model"] is None
    elif take_back is erase:
        assert secret not in answer.text
        assert told["provenance"]["reason"] is None
    if take_back is not share_anew:
        # The note, the one beside it, and the two questions that were on their way. Shared anew,
        # it is the mentor's own.
        assert len([each for each in model.arrived if secret in each.body]) <= 4


def test_an_answer_that_is_being_worded_does_not_show_what_is_hidden_meanwhile(held):
    pair, model = held
    secret = canary("hidden")
    stays = f"I was worried that the crane costs 4,500 a day for {canary('stays')}."
    posted(pair, f"I'm proud that the rota of {secret} ran for two weeks.", stays)
    reading, answers = asking(pair, "/brief")
    assert model.wait_for(2, call="read")
    model.answer("read")
    assert model.wait_for(1, call="word")
    assert secret in model.of("word")[0].body
    (fact,) = [each for each in pair.get("mentee", "/facts").json() if secret in each["text"]]

    pair.send("mentee", "PATCH", f"/facts/{fact['id']}", json={"hidden": True})
    model.let_go()
    reading.join(LONG)

    assert "crane" in answers[0].text, answers[0].text
    assert secret not in answers[0].text


def test_the_other_side_is_not_shown_what_is_taken_from_it_while_it_waits(held):
    pair, model = held
    secret = canary("theirs")
    notes = posted(
        pair, f"I'm proud that the rota of {secret} ran.", "I was worried about the crane."
    )
    waiting, answers = asking(pair, "/brief", who="mentee")
    assert model.wait_for(2, call="read")

    share_anew(pair, notes[:1])
    model.let_go()
    waiting.join(LONG)

    assert "crane" in answers[0].text, answers[0].text
    assert secret not in answers[0].text


def test_consent_that_is_given_again_has_everything_read(held):
    pair, model = held
    posted(pair, *(PART.format(n, "the spring") for n in range(12)))
    pair.send("mentor", "GET", "/brief", headers={"Prefer": "wait=1"})
    assert model.wait_for(AT_ONCE, call="read")
    withdraw(pair, [])
    agree(pair, "mentee", to=True)
    model.let_go()

    told = pair.get("mentor", "/brief").json()

    assert told["provenance"]["reason"] is None
    assert kept(pair)


def test_a_request_that_is_sent_again_does_not_bring_back_what_was_erased_meanwhile(held):
    pair, model = held
    secret = canary("again")
    body = {
        "held_on": "2026-06-01",
        "notes": [as_note(f"I'm proud that the rota of {secret} ran.", author="mentor")],
    }
    post: Callable[[], object] = partial(
        pair.post, "mentor", "/sessions", body, **{"idempotency-key": "once"}
    )
    first: list = []
    posting = threading.Thread(target=lambda: first.append(post()), daemon=True)
    posting.start()
    assert model.wait_for(1, call="read")
    (session,) = pair.get("mentor", "/sessions").json()

    erase(pair, [each["id"] for each in session["notes"]])
    model.let_go()
    posting.join(LONG)
    again = post()

    assert first[0].status_code == 201
    assert secret not in first[0].text
    assert again.status_code == 409
    assert secret not in json.dumps(pair.get("mentor", "/sessions").json())
