"""A promise that no note tells, or that no reader found, is added by hand.

It becomes a note of its own, and a promise like any other.
"""

import pytest

from tests.api.world import ROLES, as_note, but_instance, canary, opened_world, problem_of

PROMISE = {"owner": "mentee", "action": "Send the budget draft to the board", "due": "2026-06-20"}
DAY = "2026-06-15"


def add(pair, who: str, **fields) -> dict:
    made = pair.post(who, "/commitments", {**PROMISE, **fields})
    assert made.status_code == 201, made.text
    return made.json()


def note_of(made: dict) -> str:
    return f"/notes/{made['made_in']['note_id']}"


def told(pair, who: str, *paths: str) -> str:
    every = ["/commitments", "/brief", "/drift", "/export", "/facts", "/sessions", *paths]
    return "\n".join(pair.get(who, path).text for path in every)


@pytest.mark.parametrize(
    ("who", "by"), [("mentor", "mentor"), ("mentee", "mentee"), ("tool", None)]
)
def test_whoever_may_write_adds_a_promise_for_all_who_may_see_it(who, by, fresh_pair):
    made = add(fresh_pair, who)

    assert {**made, **PROMISE, "added_by": by, "status": "open"} == made
    assert made["made_in"] == {
        "session_id": None,
        "held_on": DAY,
        "note_id": made["made_in"]["note_id"],
        "start": 0,
        "end": len(PROMISE["action"]),
        "quote": PROMISE["action"],
    }
    assert [(each["by"], each["status"]) for each in made["history"]] == [("person", "open")]
    for other in ROLES:
        assert fresh_pair.get(other, "/commitments").json() == [made]
        assert fresh_pair.get(other, f"/commitments/{made['id']}").json() == made
        assert fresh_pair.get(other, "/brief").json()["commitments"]["open"] == [made]
        assert made in fresh_pair.get(other, "/export").json()["commitments"]


def test_its_citation_can_be_looked_up_like_that_of_any_note(fresh_pair):
    made = add(fresh_pair, "mentee")

    note = fresh_pair.get("mentor", note_of(made)).json()

    assert note == {
        "id": made["made_in"]["note_id"],
        "author": "mentee",
        "visibility": "shared",
        "format": "text",
        "text": PROMISE["action"],
    }


def test_it_is_on_the_page_and_asked_about_in_its_own_words(fresh_pair):
    fresh_pair.session("mentor", "We spoke of the plan.")
    made = add(fresh_pair, "mentor")

    brief = fresh_pair.get("mentor", "/brief").json()
    reflection = fresh_pair.get("mentee", "/reflection").json()

    lines = [each for section in brief["sections"] for each in section["statements"]]
    lines += [brief["headline"]] if brief["headline"] else []
    assert [each["text"] for each in lines if each["about"] == made["id"]] == [PROMISE["action"]]
    assert reflection["commitments"]["open"] == [made]
    for asked in (brief["questions"], reflection["prompts"]):
        (about,) = [each for each in asked if each["about"] == made["id"]]
        assert PROMISE["action"] in about["text"]
        assert about["citations"] == [made["made_in"]]


def test_a_later_note_tells_what_became_of_it(fresh_world):
    pair = fresh_world.pair()
    made = add(pair, "mentor")
    fresh_world.clock.now = fresh_world.clock.now.replace(day=25)
    assert pair.get("mentor", "/commitments", status="overdue").json()[0]["id"] == made["id"]

    pair.session("mentee", "- Sent the budget draft to the board.", held_on="2026-06-22")

    (found,) = pair.get("mentor", "/commitments").json()
    assert (found["id"], found["status"], found["added_by"]) == (made["id"], "done", "mentor")
    assert found["history"][-1]["citation"]["quote"].startswith("Sent the budget draft")


def test_it_counts_from_the_day_it_was_added_and_stays_what_it_was(fresh_world):
    pair = fresh_world.pair()
    made = add(pair, "tool")
    before = pair.get("tool", "/export", as_of=DAY).content

    fresh_world.clock.now = fresh_world.clock.now.replace(month=9)
    assert fresh_world.parts.coach.reread() == 0

    assert pair.get("tool", "/commitments", as_of="2026-06-14").json() == []
    assert pair.get("tool", "/export", as_of=DAY).content == before
    (late,) = pair.get("tool", "/commitments").json()
    assert (late["id"], late["status"], late["overdue_because"]) == (
        made["id"],
        "overdue",
        "silent",
    )


def test_a_person_puts_it_right_like_any_other(fresh_pair):
    made = add(fresh_pair, "mentor")
    path = f"/commitments/{made['id']}"
    tag = fresh_pair.get("mentee", path).headers["etag"]
    said = {"owner": "mentor", "action": "Ring the board", "due": None, "status": "partly"}

    right = fresh_pair.send("mentee", "PATCH", path, json=said, headers={"If-Match": tag})

    assert right.status_code == 200
    found = right.json()
    assert {name: found[name] for name in said} == said
    assert found["made_in"] == made["made_in"]
    assert fresh_pair.get("tool", path).json() == found
    problem_of(fresh_pair.send("tool", "PATCH", path, json=said, headers={"If-Match": tag}), 412)


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_private_one_is_there_for_its_side_alone(side, fresh_pair):
    word = canary("hand")
    others = [who for who in ROLES if who != side]
    before = {who: told(fresh_pair, who) for who in others}

    made = add(fresh_pair, side, action=f"Ring {word}", visibility=side)

    assert word in told(fresh_pair, side)
    assert {who: told(fresh_pair, who) for who in others} == before
    for who in others:
        for path in (f"/commitments/{made['id']}", note_of(made)):
            there = fresh_pair.get(who, path)
            missing = fresh_pair.get(who, path.rpartition("/")[0] + "/none")
            problem_of(there, 404)
            assert but_instance(there) == but_instance(missing)
    word_on_it = fresh_pair.send(side, "PATCH", f"/commitments/{made['id']}", json={"due": None})
    assert word_on_it.json()["due"] is None
    assert {who: told(fresh_pair, who) for who in others} == before


@pytest.mark.parametrize(
    ("who", "visibility"),
    [("mentor", "mentee"), ("mentee", "mentor"), ("tool", "mentor"), ("tool", "mentee")],
    ids=str,
)
def test_nobody_adds_what_they_may_not_read(who, visibility, fresh_pair):
    refused = fresh_pair.post(who, "/commitments", {**PROMISE, "visibility": visibility})

    problem_of(refused, 403)
    assert fresh_pair.get("mentor", "/export").json()["added_commitments"] == []


@pytest.mark.parametrize("poster", ROLES)
def test_who_added_it_takes_it_back_to_the_last_byte(poster, fresh_world):
    pair, word = fresh_world.pair(), canary("back")
    made = add(pair, poster, action=f"Ring {word}")
    word_of_another = canary("right")
    path = f"/commitments/{made['id']}"
    pair.send("mentee", "PATCH", path, json={"action": f"Call {word_of_another}"})
    other = next(who for who in ROLES if who != poster)
    assert word.encode() in fresh_world.settled_bytes()

    problem_of(pair.send(other, "DELETE", note_of(made)), 403)
    erased = pair.send(poster, "DELETE", note_of(made))

    assert erased.is_success
    for who in ROLES:
        assert pair.get(who, "/commitments").json() == []
        problem_of(pair.get(who, path), 404)
    for gone in (word, word_of_another):
        assert gone.encode() not in fresh_world.settled_bytes()


def test_sent_again_it_is_not_brought_back(fresh_pair):
    once = {"Idempotency-Key": f"hand-{fresh_pair.id}"}
    first = fresh_pair.post("mentor", "/commitments", PROMISE, **once)
    assert fresh_pair.post("mentor", "/commitments", PROMISE, **once).content == first.content

    fresh_pair.send("mentor", "DELETE", note_of(first.json()))

    problem_of(fresh_pair.post("mentor", "/commitments", PROMISE, **once), 409)
    assert fresh_pair.get("mentor", "/commitments").json() == []


def test_its_poster_shares_it_anew(fresh_pair):
    made = add(fresh_pair, "mentor", visibility="mentor")
    seen = [len(fresh_pair.get("mentee", "/commitments").json())]

    for visibility in ("shared", "mentor"):
        changed = fresh_pair.send("mentor", "PATCH", note_of(made), json={"visibility": visibility})
        assert changed.json()["visibility"] == visibility
        seen.append(len(fresh_pair.get("mentee", "/commitments").json()))

    assert seen == [0, 1, 0]
    assert fresh_pair.get("mentor", "/commitments").json() == [made]


def test_one_is_exported_as_it_was_added(fresh_pair):
    made = add(fresh_pair, "mentee", visibility="mentee")

    assert fresh_pair.get("mentee", "/export").json()["added_commitments"] == [
        {
            **PROMISE,
            "id": made["made_in"]["note_id"],
            "visibility": "mentee",
            "added_by": "mentee",
            "made_on": DAY,
        }
    ]
    assert fresh_pair.get("tool", "/export").json()["added_commitments"] == []


def test_one_that_is_erased_with_the_mentorship_leaves_no_byte(tmp_path):
    word = canary("all")
    with opened_world(tmp_path / "data") as world:
        pair = world.pair()
        add(pair, "mentor", action=f"Ring {word}")

        assert world.admin("DELETE", pair.base).is_success
        assert word.encode() not in world.settled_bytes()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"owner": "mentor"}, "/body/action"),
        ({"action": "Ring them"}, "/body/owner"),
        ({**PROMISE, "owner": "Ana"}, "/body/owner"),
        ({**PROMISE, "action": " "}, "/body/action"),
        ({**PROMISE, "action": "x" * 301}, "/body/action"),
        ({**PROMISE, "due": "soon"}, "/body/due"),
        ({**PROMISE, "visibility": "all"}, "/body/visibility"),
        ({**PROMISE, "status": "done"}, "/body"),
        ([], "/body"),
    ],
    ids=str,
)
def test_what_is_no_promise_is_refused(body, pointer, fresh_pair):
    refused = problem_of(fresh_pair.post("mentor", "/commitments", body), 422)

    assert pointer in {each["pointer"] for each in refused["errors"]}
    assert fresh_pair.get("mentor", "/commitments").json() == []


def test_a_session_dated_ahead_changes_nothing_of_what_is_told_of_it_today(fresh_pair):
    made = add(fresh_pair, "mentor")
    path = f"/commitments/{made['id']}"
    fresh_pair.session("mentee", as_note("We met."), held_on="2027-06-15")
    tag = fresh_pair.get("mentor", path).headers["etag"]

    right = fresh_pair.send(
        "mentor", "PATCH", path, json={"owner": "both"}, headers={"If-Match": tag}
    )

    assert right.status_code == 200
    assert right.json() == fresh_pair.get("mentor", path).json()
