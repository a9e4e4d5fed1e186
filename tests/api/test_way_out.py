"""Who posted something can take it back: whole, and at once.

They learn nothing of what the other side keeps.
"""

import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.api.world import as_note, canary, opened_world, problem_of

WRITERS = 6


def gone(pair, who, session):
    return pair.get(who, f"/sessions/{session['id']}")


@pytest.mark.parametrize("poster", ["mentor", "mentee", "tool"])
def test_who_posted_a_session_can_erase_it(fresh_pair, poster):
    word = canary("out")
    session = fresh_pair.session(poster, f"We spoke of {word}.")["session"]

    erased = fresh_pair.send(poster, "DELETE", f"/sessions/{session['id']}")

    assert erased.status_code == 204
    for reader in ("mentor", "mentee", "tool"):
        problem_of(gone(fresh_pair, reader, session), 404)
    assert word.encode() not in fresh_pair.world.settled_bytes()


def test_nobody_else_can_erase_or_change_it_but_an_admin_erases(fresh_pair):
    session = fresh_pair.session("mentor", "We spoke of the plan.")["session"]
    path = f"/sessions/{session['id']}"

    problem_of(fresh_pair.send("mentee", "DELETE", path), 403)
    problem_of(fresh_pair.send("mentee", "PATCH", path, json={"channel": "call"}), 403)
    assert fresh_pair.send("admin", "DELETE", path).status_code == 204


def test_a_session_in_which_somebody_else_wrote_stays(fresh_pair):
    session = fresh_pair.session("mentor", "We spoke of the plan.")["session"]
    path = f"/sessions/{session['id']}"
    fresh_pair.post("mentee", f"{path}/notes", as_note("I will send the plan by Friday."))

    problem_of(fresh_pair.send("mentor", "DELETE", path), 409)
    problem_of(fresh_pair.send("mentor", "PATCH", path, json={"held_on": "2026-05-30"}), 409)
    assert len(gone(fresh_pair, "mentor", session).json()["notes"]) == 2


def test_who_posted_a_session_can_put_its_day_length_and_channel_right(fresh_pair):
    session = fresh_pair.session("mentee", "We spoke of the plan.", held_on="2026-06-11")["session"]
    right = {"held_on": "2026-06-01", "duration_minutes": 45, "channel": "call"}

    changed = fresh_pair.send("mentee", "PATCH", f"/sessions/{session['id']}", json=right)

    assert changed.status_code == 200
    assert {**changed.json(), **right} == changed.json() == gone(fresh_pair, "tool", session).json()
    assert fresh_pair.get("mentor", "/brief").json()["last_session"]["held_on"] == "2026-06-01"


def test_what_the_other_side_keeps_there_changes_no_answer_and_stays(tmp_path):
    told = []
    for name, private in (("with", True), ("without", False)):
        with opened_world(tmp_path / name) as world:
            pair = world.pair()
            session = pair.session("mentor", "We spoke of the plan.")["session"]
            path = f"/sessions/{session['id']}"
            if private:
                own = as_note("I doubt all of it.", visibility="mentee")
                pair.post("mentee", f"{path}/notes", own)
            changed = pair.send("mentor", "PATCH", path, json={"channel": "call"})
            answers = [
                pair.send("mentor", "DELETE", path),
                pair.send("mentor", "DELETE", path),
                pair.get("mentor", path),
                pair.get("mentor", "/sessions"),
            ]
            told.append((changed.status_code, [_told(each) for each in answers]))
            kept = pair.get("mentee", path)
            assert kept.status_code == (200 if private else 404)
            if private:
                assert [each["text"] for each in kept.json()["notes"]] == ["I doubt all of it."]

    assert told[0] == told[1]
    assert told[0][0] == 200
    assert [status for status, _ in told[0][1]] == [204, 404, 404, 200]


def _told(answer):
    """The answer without what names the request."""
    return answer.status_code, answer.content.replace(answer.headers["x-request-id"].encode(), b"")


def test_an_erasure_is_not_called_done_while_its_words_are_in_the_files(fresh_pair):
    word = canary("log")
    note = fresh_pair.note("mentor", f"We spoke of {word}.")
    world = fresh_pair.world
    database = next(world.data_dir.glob("*.db"))

    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM notes").fetchone()
        begun = fresh_pair.send("mentor", "DELETE", f"/notes/{note['id']}")
        held = world.settled_bytes()
    place = begun.headers["location"]

    assert begun.status_code == 202
    assert begun.json()["status"] == "pending"
    assert word.encode() in held, "the scan sees what is there"
    for _ in range(300):
        asked = world.send("GET", place, fresh_pair.keys["mentor"]).json()
        if asked["status"] == "done":
            break
        time.sleep(0.1)
    assert asked["status"] == "done"
    assert word.encode() not in world.settled_bytes()
    problem_of(world.send("GET", place, fresh_pair.keys["mentee"]), 404)


def test_writers_behind_a_locked_database_are_sent_away_and_readers_are_not(fresh_pair):
    world = fresh_pair.world
    database = next(world.data_dir.glob("*.db"))
    body = {"held_on": "2026-06-01", "notes": [as_note("We spoke of the plan.")]}

    with (
        closing(sqlite3.connect(database, isolation_level=None)) as other,
        ThreadPoolExecutor(WRITERS) as threads,
    ):
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        asked = [
            threads.submit(fresh_pair.post, "mentor", "/sessions", body) for _ in range(WRITERS)
        ]
        assert fresh_pair.get("mentee", "/sessions").status_code == 200
        answers = [each.result() for each in asked]
        waited = time.monotonic() - began
        other.execute("ROLLBACK")

    for answer in answers:
        problem_of(answer, 503)
        assert answer.headers["retry-after"]
    # One after the other they would wait six times five seconds.
    assert waited < 15
    assert fresh_pair.post("mentor", "/sessions", body).status_code == 201
    assert len(fresh_pair.get("mentor", "/sessions").json()) == 1


def test_a_data_directory_that_others_may_read_is_closed_to_them(tmp_path):
    with opened_world(tmp_path / "data") as world:
        world.pair().note("mentor")
    kept = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    for each in kept:
        each.chmod(0o755 if each.is_dir() else 0o644)

    with opened_world(tmp_path / "data") as world:
        world.pair().note("mentor")
        found = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) & 0o077 for each in found}

    assert len(modes) > 3
    assert set(modes.values()) == {0}
