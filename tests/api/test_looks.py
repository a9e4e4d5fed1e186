"""Who only looks changes nothing: no GET writes a row, whatever it meets."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from tests.api.world import World
from tests.builders import make_note, make_session

UNREAD = "I will send the lighthouse plan by 20 June 2026."
NOT_YET = "A note of 1 June has not been read yet."


def rows(world: World) -> list[str]:
    """All that the database holds, but for the record of who looked at what."""
    with closing(sqlite3.connect(world.data_dir / "coach.db")) as database:
        return [each for each in database.iterdump() if 'INTO "accesses"' not in each]


@pytest.fixture
def given(fresh_world):
    """A pair with a bit of everything, and a note that was stored and not read."""
    pair = fresh_world.pair()
    pair.send(
        "mentor", "PUT", "/contract", json={"effective_from": "2026-05-01", "point_a": "Here."}
    )
    promised = "- Ben will send the budget draft by 20 June 2026."
    (note,) = pair.session("mentor", promised, held_on="2026-05-20")["session"]["notes"]
    pair.post("mentee", "/preparations", {"text": "An ask", "visibility": "mentee"})
    pair.send("mentor", "PUT", "/next-session", json={"starts_at": "2026-06-22T10:00:00Z"})
    (promise,) = pair.get("mentor", "/commitments").json()
    pair.send("mentor", "PATCH", f"/commitments/{promise['id']}", json={"due": "2026-06-25"})
    erasure = pair.erasure("mentor")
    warning = pair.late()["id"]
    pair.post("mentee", f"/drift/{warning}/decision", {"decision": "return"})
    assert fresh_world.parts.coach.catching_up.settle(timeout_seconds=30)
    assert fresh_world.parts.coach.erasing.settled(erasure, seconds=30)
    unread = make_session(date(2026, 6, 1), make_note(UNREAD))
    fresh_world.parts.store.add_session(pair.id, unread, posted_by="tool")
    return pair, {
        "mentorship_id": pair.id,
        "session_id": unread.id,
        "note_id": note["id"],
        "fact_id": pair.get("mentor", "/facts").json()[0]["id"],
        "commitment_id": promise["id"],
        "drift_id": warning,
        "erasure_id": erasure,
    }


def test_no_get_of_any_route_by_anybody_writes_a_row(given, fresh_world):
    pair, names = given
    described = fresh_world.client.get("/openapi.json").json()["paths"]
    paths = [path.format(**names) for path, ways in described.items() if "get" in ways]
    before = rows(fresh_world)

    answered = set()
    for path in paths:
        for who in ("mentor", "mentee", "tool", "admin"):
            for accept in ("application/json", "text/html"):
                given_back = fresh_world.send(
                    "GET",
                    path,
                    pair.key(who),
                    params={"q": "plan"} if path.endswith("/search") else None,
                    headers={"Accept": accept},
                )
                if given_back.is_success:
                    answered.add(path)

    assert answered == set(paths)
    assert rows(fresh_world) == before


def test_a_look_that_meets_an_unread_note_leaves_it_out_and_says_so(given):
    pair, _ = given

    assert NOT_YET in pair.get("mentor", "/brief").json()["not_found"]
    assert "lighthouse" not in pair.get("mentor", "/facts").text
    assert "lighthouse" not in pair.get("mentor", "/commitments").text


def test_what_was_left_unread_is_read_in_the_background(given, fresh_world):
    pair, _ = given

    fresh_world.parts.coach.catching_up.wake()
    assert fresh_world.parts.coach.catching_up.settle(timeout_seconds=30)

    assert NOT_YET not in pair.get("mentor", "/brief").json()["not_found"]
    assert "lighthouse" in pair.get("mentor", "/commitments").text
