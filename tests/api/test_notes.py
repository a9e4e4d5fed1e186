"""Notes are shared, withdrawn and erased by their poster alone.

What is erased is gone everywhere.
"""

import sqlite3

import pytest

from tests.api.world import ROLES, as_note, canary, problem_of

_READS = ("/sessions", "/facts", "/commitments", "/brief", "/drift", "/export")


def _everything(pair, who: str, session_id: str, word: str) -> str:
    """All that one side can be told, as one text."""
    paths = [*_READS, f"/sessions/{session_id}", f"/sessions/{session_id}/report"]
    if who == "mentee":
        paths.append("/reflection")
    told = [pair.get(who, path).text for path in paths]
    pages = [
        pair.send(who, "GET", "/brief", headers={"Accept": accept}).text
        for accept in ("text/html", "text/markdown")
    ]
    return "\n".join([*told, *pages, pair.get(who, "/search", q=f"{word} kiln").text])


def _text(word: str) -> str:
    return (
        f"Ben: I am worried about the {word} kiln.\n"
        f"- Ben will repair the {word} kiln by 20 June 2026.\nHow do I ask for a {word} kiln?\n"
    )


@pytest.mark.parametrize("poster", ["mentor", "mentee"])
def test_a_private_note_is_in_no_answer_to_anyone_else(poster, fresh_pair):
    word = canary("private")
    made = fresh_pair.session(poster, as_note(_text(word), visibility=poster))["session"]

    for who in ROLES:
        assert (word in _everything(fresh_pair, who, made["id"], word)) == (who == poster)


def test_sharing_shows_a_note_and_withdrawing_hides_it_again(fresh_pair):
    word = canary("shared")
    session = fresh_pair.session("mentor", as_note(_text(word), visibility="mentor"))["session"]
    path = f"/notes/{session['notes'][0]['id']}"

    for visibility, seen in (("shared", True), ("mentor", False), ("shared", True)):
        changed = fresh_pair.send("mentor", "PATCH", path, json={"visibility": visibility})

        assert changed.json()["visibility"] == visibility
        assert (word in _everything(fresh_pair, "mentee", session["id"], word)) == seen
        hits = fresh_pair.get("tool", "/search", q=word).json()["sessions"]
        assert bool(hits) == seen


@pytest.mark.parametrize("poster", ROLES)
@pytest.mark.parametrize("other", ROLES)
def test_only_the_poster_may_change_or_erase_a_note(poster, other, fresh_pair):
    note = fresh_pair.note(poster, author=other if other != "tool" else "mentor")
    path = f"/notes/{note['id']}"

    shared = fresh_pair.send(other, "PATCH", path, json={"visibility": "shared"})
    erased = fresh_pair.send(other, "DELETE", path)

    if poster == other:
        assert (shared.status_code, erased.status_code) == (200, 204)
    else:
        problem_of(shared, 403)
        problem_of(erased, 403)
        assert fresh_pair.get(poster, path).json() == note


def test_another_key_of_the_same_side_is_the_same_poster(fresh_pair):
    note = fresh_pair.note("mentee")
    again = fresh_pair.mint("mentee")["key"]

    assert fresh_pair.send(again, "DELETE", f"/notes/{note['id']}").status_code == 204


def test_an_erased_note_is_in_no_answer_and_in_no_file(fresh_world):
    pair = fresh_world.pair()
    gone, kept = canary("gone"), canary("kept")
    body = {"held_on": "2026-06-01", "notes": [as_note(_text(gone)), as_note(_text(kept))]}
    made = pair.post("mentee", "/sessions", body, **{"Idempotency-Key": "once"}).json()
    session_id, note_id = made["session"]["id"], made["session"]["notes"][0]["id"]
    assert gone in _everything(pair, "mentor", session_id, gone)
    before = fresh_world.settled_bytes()
    assert gone.encode() in before
    assert kept.encode() in before

    erased = pair.send("mentee", "DELETE", f"/notes/{note_id}")

    assert (erased.status_code, erased.content) == (204, b"")
    for who in ROLES:
        told = _everything(pair, who, session_id, gone)
        assert gone not in told
        assert kept in told
    problem_of(pair.get("mentee", f"/notes/{note_id}"), 404)
    problem_of(pair.send("mentee", "DELETE", f"/notes/{note_id}"), 404)
    after = fresh_world.settled_bytes()
    assert gone.encode() not in after
    assert note_id.encode() not in after
    assert kept.encode() in after


def test_erasure_takes_the_stored_answers_with_it(fresh_world):
    pair = fresh_world.pair()
    body = {"held_on": "2026-06-01", "notes": [as_note("Words.")]}
    for who in ("mentor", "mentee"):
        pair.post(who, "/sessions", body, **{"Idempotency-Key": "once"})
    note = pair.get("mentor", "/sessions").json()[0]["notes"][0]

    pair.send("mentor", "DELETE", f"/notes/{note['id']}")

    with sqlite3.connect(fresh_world.data_dir / "coach.db") as database:
        kept = database.execute("SELECT body FROM answers").fetchall()
    database.close()
    assert kept == [(None,), (None,)]
    retried = pair.post("mentor", "/sessions", body, **{"Idempotency-Key": "once"})
    problem_of(retried, 409)
    assert pair.get("mentor", "/sessions").json()[0]["notes"] == []


def test_a_note_added_later_is_told_with_its_session(fresh_pair):
    session = fresh_pair.session("mentor", held_on="2026-05-01")["session"]
    word = canary("late")

    report = fresh_pair.post("mentee", f"/sessions/{session['id']}/notes", as_note(_text(word)))

    assert report.status_code == 201
    assert [note["text"] for note in report.json()["session"]["notes"]] == [_text(word)]
    assert word in fresh_pair.get("tool", "/brief", as_of="2026-05-01").text
    assert word not in fresh_pair.get("tool", "/brief", as_of="2026-04-30").text


def test_sessions_may_come_late_in_any_order_and_several_a_day(fresh_pair):
    for held_on in ("2026-05-20", "2026-05-06", "2025-01-01", "2026-05-06", "2026-07-01"):
        fresh_pair.session("mentor", held_on=held_on)

    found = [each["held_on"] for each in fresh_pair.get("mentor", "/sessions").json()]

    assert found == ["2025-01-01", "2026-05-06", "2026-05-06", "2026-05-20"]


# What each side prepares.


def _asks(pair, who: str, **params) -> str:
    sections = pair.get(who, "/brief", **params).json()["sections"]
    return str([each["statements"] for each in sections if each["kind"] == "asks"])


def _prepare(pair, who: str, text: str, visibility: str = "shared"):
    return pair.post(who, "/preparations", {"text": text, "visibility": visibility})


@pytest.mark.parametrize(("who", "other"), [("mentor", "mentee"), ("mentee", "mentor")])
def test_a_shared_preparation_is_among_the_asks_of_the_others_brief(who, other, fresh_pair):
    fresh_pair.session("mentor")
    word = canary("asked")

    made = _prepare(fresh_pair, who, f"I want help with the {word} talk.")

    assert (made.status_code, made.json()["author"]) == (201, who)
    assert word in _asks(fresh_pair, other)
    assert word in fresh_pair.get(other, "/export").text


@pytest.mark.parametrize(("who", "other"), [("mentor", "mentee"), ("mentee", "mentor")])
def test_a_private_preparation_is_told_to_its_side_alone(who, other, fresh_pair):
    session = fresh_pair.session("mentor")["session"]
    word = canary("own")

    _prepare(fresh_pair, who, f"I want help with the {word} talk.", who)

    for each in (other, "tool"):
        assert word not in _everything(fresh_pair, each, session["id"], word)
    assert word in fresh_pair.get(who, "/export").text


def test_a_preparation_is_shown_until_the_next_session_is_held(fresh_world):
    pair = fresh_world.pair()
    pair.session("mentor", held_on="2026-06-01")
    word = canary("until")
    _prepare(pair, "mentee", f"I want help with the {word} talk.")
    fresh_world.clock.now = fresh_world.clock.now.replace(day=20)
    pair.session("mentor", held_on="2026-06-18")
    pair.session("mentor", held_on="2026-06-10")

    shown = [word in _asks(pair, "mentor", as_of=f"2026-06-{day}") for day in (14, 15, 17, 18, 20)]

    assert shown == [False, True, True, False, False]
    assert word in pair.get("mentor", "/export").text


def test_a_session_recorded_later_on_the_same_day_is_the_next_one(fresh_world):
    pair = fresh_world.pair()
    word = canary("today")
    pair.session("mentor", held_on="2026-06-15")
    fresh_world.clock.now = fresh_world.clock.now.replace(hour=10)
    _prepare(pair, "mentee", f"I want help with the {word} talk.")
    before = _asks(pair, "mentor")
    fresh_world.clock.now = fresh_world.clock.now.replace(hour=11)

    pair.session("mentor", held_on="2026-06-15")

    assert word in before
    assert word not in _asks(pair, "mentor")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 20_001], ids=["empty", "blank", "long"])
def test_a_preparation_says_something(text, pair):
    problem_of(_prepare(pair, "mentor", text), 422)
