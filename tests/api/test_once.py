"""A request that is sent again under its Idempotency-Key happens once and gets the same answer."""

import json
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.api.world import as_note, but_instance, canary, problem_of

_NOTE = as_note("Ben will send the draft by 20 June 2026.")
_SESSION = {"held_on": "2026-06-01", "notes": [_NOTE]}
POSTS = {
    "mentorships": ("admin", {"mentor": {"name": "A"}, "mentee": {"name": "B"}}),
    "keys": ("admin", {"acts_as": "tool"}),
    "sessions": ("mentor", _SESSION),
    "notes": ("mentor", _NOTE),
    "preparations": ("mentor", {"text": "Help me with the talk.", "visibility": "mentor"}),
    "agreement": ("mentor", {}),
    "commitments": (
        "mentee",
        {"owner": "both", "action": "Meet the board", "visibility": "mentee"},
    ),
}


def _path(pair, name: str) -> str:
    if name == "mentorships":
        return "/v1/mentorships"
    if name == "notes":
        return f"{pair.base}/sessions/{pair.session('mentor')['session']['id']}/notes"
    if name == "agreement":
        pair.send("mentee", "PUT", "/contract", json={"effective_from": "2026-01-05"})
        return f"{pair.base}/contract/1/agreement"
    return f"{pair.base}/{name}"


def _post(pair, name: str, path: str, body: object, key: str = "a-key"):
    who = POSTS[name][0]
    headers = {"Idempotency-Key": f"{key}-{pair.id}"}
    return pair.world.send("POST", path, pair.key(who), json=body, headers=headers)


def _things(pair) -> Counter:
    """How many rows of each kind there are for this pair, and of mentorships at all."""
    with sqlite3.connect(pair.world.data_dir / "coach.db") as database:
        counts = Counter(
            {
                table: database.execute(
                    f"SELECT count(*) FROM {table} WHERE mentorship_id = ?",  # noqa: S608
                    [pair.id],
                ).fetchone()[0]
                for table in (
                    *("keys", "sessions", "preparations", "contracts"),
                    "added_commitments",
                )
            }
        )
        counts["notes"] = database.execute(
            "SELECT count(*) FROM notes JOIN sessions ON sessions.id = session_id"
            " WHERE mentorship_id = ?",
            [pair.id],
        ).fetchone()[0]
        counts["mentorships"] = database.execute("SELECT count(*) FROM mentorships").fetchone()[0]
    database.close()
    return counts


def _forget_answer(world, key: str) -> None:
    with sqlite3.connect(world.data_dir / "coach.db") as database:
        assert database.execute("DELETE FROM answers WHERE key = ?", [key]).rowcount == 1
    database.close()


@pytest.mark.parametrize("name", sorted(POSTS.keys() - {"keys"}))
def test_the_same_request_gets_the_same_answer_and_happens_once(name, fresh_pair):
    path, body = _path(fresh_pair, name), POSTS[name][1]
    first = _post(fresh_pair, name, path, body)
    after_one = _things(fresh_pair)

    again = _post(fresh_pair, name, path, body)

    assert first.is_success
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["etag"] == first.headers["etag"]
    assert _things(fresh_pair) == after_one


@pytest.mark.parametrize("name", sorted(POSTS.keys() - {"agreement"}))
def test_another_body_under_the_same_key_is_refused(name, fresh_pair):
    path, body = _path(fresh_pair, name), POSTS[name][1]
    other = json.loads(json.dumps(body).replace("tool", "mentor").replace("mentee", "mentor"))
    other = (
        {**other, "mentor": {"name": "C"}, "mentee": {"name": "D"}}
        if "mentee" in body
        else {
            **other,
            **({"text": "Other words."} if "text" in body else {}),
            **({"held_on": "2026-06-02"} if "held_on" in body else {}),
            **({"action": "Other words."} if "action" in body else {}),
        }
    )
    _post(fresh_pair, name, path, body)
    before = _things(fresh_pair)

    problem_of(_post(fresh_pair, name, path, other), 422)

    assert _things(fresh_pair) == before


def test_another_place_under_the_same_key_is_refused(fresh_pair):
    _post(fresh_pair, "sessions", f"{fresh_pair.base}/sessions", _SESSION)
    elsewhere = _path(fresh_pair, "notes")

    problem_of(_post(fresh_pair, "notes", elsewhere, _SESSION), 422)


def test_principals_do_not_meet_under_one_key(fresh_pair):
    private = {**_SESSION, "notes": [as_note("Between us.", visibility="mentor")]}
    headers = {"Idempotency-Key": "same"}
    first = fresh_pair.post("mentor", "/sessions", private, **headers)

    other = fresh_pair.post("mentee", "/sessions", _SESSION, **headers)

    assert (first.status_code, other.status_code) == (201, 201)
    assert "Between us." not in other.text
    assert fresh_pair.post("mentor", "/sessions", private, **headers).content == first.content


def test_without_a_key_each_request_counts(fresh_pair):
    for _ in range(2):
        fresh_pair.post("mentor", "/sessions", _SESSION)

    assert _things(fresh_pair)["sessions"] == 2


@pytest.mark.parametrize("name", ["sessions", "notes", "preparations", "mentorships"])
def test_twenty_at_once_happen_once(name, fresh_pair):
    path, body = _path(fresh_pair, name), POSTS[name][1]
    before = _things(fresh_pair)

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: _post(fresh_pair, name, path, body), range(20)))

    made = {each.content for each in answers if each.status_code == 201}
    assert len(made) == 1
    assert {each.status_code for each in answers} <= {201, 409}
    assert (_things(fresh_pair) - before)[name] == 1
    assert _post(fresh_pair, name, path, body).content in made


def test_a_retry_after_a_crash_before_the_answer_was_kept_makes_nothing_twice(fresh_pair):
    for name in ("sessions", "preparations", "notes", "mentorships"):
        path, body = _path(fresh_pair, name), POSTS[name][1]
        first = _post(fresh_pair, name, path, body, key=name)
        before = _things(fresh_pair)
        _forget_answer(fresh_pair.world, f"{name}-{fresh_pair.id}")

        again = _post(fresh_pair, name, path, body, key=name)

        assert again.status_code == 201
        assert again.json() == first.json()
        assert _things(fresh_pair) == before


def test_a_refusal_is_not_kept(fresh_pair):
    path = f"{fresh_pair.base}/sessions/none/notes"
    first = _post(fresh_pair, "notes", path, _NOTE)

    again = _post(fresh_pair, "notes", path, _NOTE)

    problem_of(first, 404)
    assert but_instance(again) == but_instance(first)


def test_the_answer_is_kept_for_a_day(fresh_world):
    pair = fresh_world.pair()
    path = f"{pair.base}/sessions"
    first = _post(pair, "sessions", path, _SESSION)
    fresh_world.clock.now += timedelta(hours=23, minutes=59)
    kept = _post(pair, "sessions", path, _SESSION)
    fresh_world.clock.now += timedelta(minutes=2)

    other = _post(pair, "sessions", path, {**_SESSION, "held_on": "2026-06-02"})

    assert kept.content == first.content
    assert other.status_code == 201
    assert other.json()["session"]["held_on"] == "2026-06-02"


def test_after_answers_were_forgotten_another_body_is_still_refused(fresh_pair):
    path = f"{fresh_pair.base}/sessions"
    note = _post(fresh_pair, "sessions", path, _SESSION).json()["session"]["notes"][0]
    fresh_pair.send("mentor", "PATCH", f"/notes/{note['id']}", json={"visibility": "mentor"})

    other = _post(fresh_pair, "sessions", path, {**_SESSION, "held_on": "2026-06-02"})

    assert other.status_code == 422
    assert _things(fresh_pair)["sessions"] == 1


def test_stored_answers_are_sealed(fresh_world):
    pair = fresh_world.pair()
    secret = canary("sealed")

    made = _post(pair, "sessions", f"{pair.base}/sessions", {**_SESSION, "channel": secret})
    minted = _post(pair, "keys", f"{pair.base}/keys", {"acts_as": "tool"}).json()["key"]

    assert secret in made.text
    with sqlite3.connect(fresh_world.data_dir / "coach.db") as database:
        rows = database.execute("SELECT scope, key, body FROM answers").fetchall()
    database.close()
    assert len(rows) == 2
    assert secret not in str(rows)
    assert minted.split("_")[3] not in str(rows)


# what is not repeated


class _Held:
    """Stops a request between keeping what was sent and answering, until a test lets it go on."""

    def __init__(self, world) -> None:
        self._index = world.parts.index
        self.kept, self._go_on = threading.Event(), threading.Event()

    def __enter__(self) -> "_Held":
        whole = type(self._index).add

        def held(mentorship, session, **named) -> None:
            self.kept.set()
            assert self._go_on.wait(30)
            whole(self._index, mentorship, session, **named)

        self._index.add = held
        return self

    def go_on(self) -> None:
        del self._index.add
        self._go_on.set()

    def __exit__(self, *_: object) -> None:
        self._go_on.set()


TAKING_BACK = {
    "made private": lambda pair, session: pair.send(
        "mentor",
        "PATCH",
        f"/notes/{session['notes'][0]['id']}",
        json={"visibility": "mentor"},
    ),
    "erased": lambda pair, session: pair.send(
        "mentor", "DELETE", f"/notes/{session['notes'][0]['id']}"
    ),
    "erased with its session": lambda pair, session: pair.send(
        "mentor", "DELETE", f"/sessions/{session['id']}"
    ),
}


def _session_of(pair, who: str, word: str) -> dict:
    return next(each for each in pair.get(who, "/sessions").json() if word in str(each))


@pytest.mark.parametrize("fate", TAKING_BACK)
def test_what_was_taken_back_while_it_was_answered_is_not_repeated(fate, fresh_world):
    pair, word = fresh_world.pair(), canary("back")
    body = {"held_on": "2026-06-01", "notes": [as_note(f"We spoke of {word}.")]}
    sending = {"Idempotency-Key": "once"}
    with ThreadPoolExecutor(2) as threads, _Held(fresh_world) as held:
        running = threads.submit(pair.post, "mentor", "/sessions", body, **sending)
        assert held.kept.wait(30)
        session = _session_of(pair, "tool", word)
        # An indexing request delays an erasing one only once the erased text is out of the store.
        taking = threads.submit(TAKING_BACK[fate], pair, session)
        while word in pair.get("tool", "/sessions").text:
            time.sleep(0.01)
        held.go_on()
        assert taking.result().is_success
        running.result()

    again = pair.post("mentor", "/sessions", body, **sending)

    assert "erased" in problem_of(again, 409)["detail"]
    assert word not in again.text
    assert word not in pair.get("tool", "/sessions").text


@pytest.mark.parametrize("fate", sorted(TAKING_BACK.keys() - {"made private"}))
def test_a_retry_after_a_crash_brings_nothing_back_that_was_erased_meanwhile(fate, fresh_pair):
    word = canary("crash")
    body = {"held_on": "2026-06-01", "notes": [as_note(f"We spoke of {word}.")]}
    sending = {"Idempotency-Key": f"crash-{fresh_pair.id}"}
    made = fresh_pair.post("mentor", "/sessions", body, **sending).json()["session"]
    _forget_answer(fresh_pair.world, sending["Idempotency-Key"])
    TAKING_BACK[fate](fresh_pair, made)

    again = fresh_pair.post("mentor", "/sessions", body, **sending)

    assert word not in again.text
    assert word not in fresh_pair.get("mentor", "/sessions").text


@pytest.mark.parametrize("fate", ["nothing", "revoked", "the answer was lost"])
def test_the_secret_of_a_key_is_shown_once_however_often_it_is_asked_for(fate, fresh_pair):
    path, body = f"{fresh_pair.base}/keys", {"acts_as": "tool"}
    first = _post(fresh_pair, "keys", path, body)
    before = _things(fresh_pair)
    if fate == "revoked":
        fresh_pair.world.admin("DELETE", f"{path}/{first.json()['id']}")
    if fate == "the answer was lost":
        _forget_answer(fresh_pair.world, f"a-key-{fresh_pair.id}")

    again = _post(fresh_pair, "keys", path, body)

    assert "make another" in problem_of(again, 409)["detail"]
    assert first.json()["key"] not in again.text
    assert first.json()["id"] in {
        each["id"] for each in fresh_pair.send("admin", "GET", "/keys").json()
    }
    assert _things(fresh_pair) == before


def test_the_admin_gets_no_names_again_of_a_mentorship_that_was_erased(fresh_world):
    name, sending = canary("name"), {"Idempotency-Key": "once"}
    people = {"mentor": {"name": name}, "mentee": {"name": "Ben"}}
    made = fresh_world.admin("POST", "/v1/mentorships", json=people, headers=sending)
    assert fresh_world.admin("POST", "/v1/mentorships", json=people, headers=sending).is_success
    fresh_world.admin("DELETE", f"/v1/mentorships/{made.json()['id']}")

    again = fresh_world.admin("POST", "/v1/mentorships", json=people, headers=sending)

    problem_of(again, 409)
    assert name not in again.text
    assert fresh_world.admin("GET", "/v1/mentorships").json()["items"] == []


def test_an_answer_is_not_repeated_to_a_key_that_was_revoked(fresh_pair):
    key = fresh_pair.mint("mentor")
    headers = {"Idempotency-Key": "once"}
    first = fresh_pair.send(key["key"], "POST", "/sessions", json=_SESSION, headers=headers)
    fresh_pair.world.admin("DELETE", f"{fresh_pair.base}/keys/{key['id']}")

    again = fresh_pair.send(key["key"], "POST", "/sessions", json=_SESSION, headers=headers)

    assert first.status_code == 201
    problem_of(again, 401)
