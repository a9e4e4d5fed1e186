"""A person puts a commitment right; who sees the commitment sees it, and nobody else."""

import pytest

from tests.api.world import ROLES, as_note, canary, problem_of

MADE = "- Ben will send the budget draft to the board by 20 June 2026."
_READS = ("/commitments", "/brief", "/drift", "/export")


def promised(pair, who: str = "mentor", **fields) -> str:
    """The path of a commitment that a note makes."""
    pair.session(who, as_note(MADE, **fields))
    (made,) = pair.get(who, "/commitments").json()
    return f"/commitments/{made['id']}"


def correct(pair, who: str, path: str, **said):
    return pair.send(who, "PATCH", path, json=said)


def told(pair, who: str) -> str:
    paths = [*_READS, "/reflection"] if who == "mentee" else list(_READS)
    return "\n".join(pair.get(who, path).text for path in paths)


@pytest.mark.parametrize("who", ROLES)
def test_whoever_sees_a_commitment_may_put_it_right_for_all_who_see_it(who, fresh_pair):
    path = promised(fresh_pair)
    said = {"owner": "mentor", "due": "2026-07-01", "action": "Write it", "status": "partly"}

    answered = correct(fresh_pair, who, path, **said)

    assert answered.status_code == 200
    found = answered.json()
    assert {name: found[name] for name in said} == said
    assert [each["by"] for each in found["history"]] == ["embedded", "person"]
    assert found["history"][-1]["citation"] == found["made_in"]
    for other in ROLES:
        assert fresh_pair.get(other, "/commitments").json() == [found]
        assert fresh_pair.get(other, path).json() == found
        assert found in fresh_pair.get(other, "/export").json()["commitments"]


def test_an_admin_may_not(fresh_pair):
    path = promised(fresh_pair)

    problem_of(correct(fresh_pair, "admin", path, status="done"), 403)
    problem_of(fresh_pair.get("admin", path), 403)


def test_it_counts_on_every_day_since_the_commitment_was_made(fresh_pair):
    path = promised(fresh_pair)
    correct(fresh_pair, "mentee", path, status="done")

    for day in ("2026-06-01", "2026-06-15", "2026-12-31"):
        assert fresh_pair.get("mentee", path, as_of=day).json()["status"] == "done"
        assert fresh_pair.get("mentee", "/commitments", as_of=day, status="overdue").json() == []
    problem_of(fresh_pair.get("mentee", path, as_of="2026-05-31"), 404)


def test_the_same_question_gets_the_same_answer_whenever_it_is_asked(fresh_world):
    pair = fresh_world.pair()
    path = promised(pair)
    correct(pair, "mentee", path, status="partly", due="2026-06-10")
    before = [pair.get("mentee", path, as_of=day).content for day in ("2026-06-02", "2026-06-12")]

    fresh_world.clock.now = fresh_world.clock.now.replace(month=9)

    after = [pair.get("mentee", path, as_of=day).content for day in ("2026-06-02", "2026-06-12")]
    assert before == after
    assert [b'"overdue"' in each for each in after] == [False, True]


def test_the_day_can_be_taken_back(fresh_pair):
    path = promised(fresh_pair)

    found = correct(fresh_pair, "tool", path, due=None).json()

    assert (found["due"], found["status"]) == (None, "open")


def test_a_commitment_of_a_session_still_to_come_can_be_put_right(fresh_pair):
    report = fresh_pair.session("mentor", as_note(MADE), held_on="2026-06-18")
    held = report["session"]["held_on"]
    (made,) = fresh_pair.get("mentor", "/commitments", as_of=held).json()

    found = correct(fresh_pair, "mentor", f"/commitments/{made['id']}", status="done").json()

    assert found == fresh_pair.get("mentor", "/commitments", as_of=held).json()[0]


def test_the_same_word_twice_is_one_word(fresh_pair):
    path = promised(fresh_pair)

    first = correct(fresh_pair, "mentee", path, status="done")

    assert correct(fresh_pair, "mentee", path, status="done").content == first.content


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/body"),
        ({"more": 1}, "/body"),
        ({"status": "done", "id": "x"}, "/body"),
        ({"status": None}, "/body/status"),
        ({"status": "overdue"}, "/body/status"),
        ({"status": "rescheduled"}, "/body/status"),
        ({"owner": None}, "/body/owner"),
        ({"owner": "Ana"}, "/body/owner"),
        ({"action": None}, "/body/action"),
        ({"action": " "}, "/body/action"),
        ({"action": "x" * 301}, "/body/action"),
        ({"due": "2026-02-30"}, "/body/due"),
        ({"due": "soon"}, "/body/due"),
        ([], "/body"),
        (None, "/body"),
    ],
    ids=str,
)
def test_what_is_no_correction_is_refused(body, pointer, fresh_pair):
    path = promised(fresh_pair)
    before = fresh_pair.get("mentor", path).json()

    refused = problem_of(fresh_pair.send("mentor", "PATCH", path, json=body), 422)

    assert pointer in {each["pointer"] for each in refused["errors"]}
    assert fresh_pair.get("mentor", path).json() == before


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_word_on_a_private_commitment_stays_with_its_note(side, fresh_pair):
    word = canary("corrected")
    path = promised(fresh_pair, side, visibility=side)
    others = [who for who in ROLES if who != side]
    before = {who: told(fresh_pair, who) for who in others}

    assert correct(fresh_pair, side, path, action=f"Tell {word}").status_code == 200

    assert word in told(fresh_pair, side)
    assert {who: told(fresh_pair, who) for who in others} == before
    missing = correct(fresh_pair, side, "/commitments/none", status="done")
    for who in others:
        for refused in (correct(fresh_pair, who, path, status="done"), fresh_pair.get(who, path)):
            body, there_is_none = problem_of(refused, 404), problem_of(missing, 404)
            assert {**body, "instance": ""} == {**there_is_none, "instance": ""}


def test_another_pair_has_no_such_commitment(world, fresh_pair):
    path = promised(fresh_pair)
    other = world.pair()

    problem_of(correct(other, "mentor", path, status="done"), 404)
    problem_of(fresh_pair.send(other.keys["mentor"], "PATCH", path, json={"status": "done"}), 404)


def test_a_word_is_shared_and_withdrawn_with_its_note(fresh_pair):
    word = canary("moved")
    note = fresh_pair.note("mentor", MADE, visibility="mentor")["id"]
    (made,) = fresh_pair.get("mentor", "/commitments").json()
    correct(fresh_pair, "mentor", f"/commitments/{made['id']}", action=f"Tell {word}")
    seen = []

    for visibility in ("shared", "mentor"):
        body = {"visibility": visibility}
        fresh_pair.send("mentor", "PATCH", f"/notes/{note}", json=body)
        seen.append(word in told(fresh_pair, "mentee"))

    assert seen == [True, False]


def test_an_erased_note_takes_its_corrections_along(fresh_world):
    word = canary("erased")
    pair = fresh_world.pair()
    note = pair.note("mentor", MADE)["id"]
    (made,) = pair.get("mentor", "/commitments").json()
    correct(pair, "mentee", f"/commitments/{made['id']}", action=f"Tell {word}")
    assert word.encode() in fresh_world.settled_bytes()

    pair.send("mentor", "DELETE", f"/notes/{note}")

    assert word.encode() not in fresh_world.settled_bytes()
    for who in ROLES:
        assert word not in told(pair, who)


def test_a_corrected_commitment_is_in_the_lists_of_a_brief(fresh_pair):
    path = promised(fresh_pair)
    correct(fresh_pair, "mentee", path, due="2026-06-05")

    brief = fresh_pair.get("mentor", "/brief").json()
    assert [each["due"] for each in brief["commitments"]["overdue"]] == ["2026-06-05"]

    correct(fresh_pair, "mentee", path, owner="mentor")
    assert fresh_pair.get("mentee", "/reflection").json()["commitments"]["overdue"] == []

    correct(fresh_pair, "mentee", path, status="dropped")
    assert fresh_pair.get("mentor", "/brief").json()["commitments"]["overdue"] == []


def test_what_a_person_called_done_is_not_told_as_if_a_note_said_so(fresh_pair):
    correct(fresh_pair, "mentee", promised(fresh_pair), status="done")

    brief = fresh_pair.get("mentor", "/brief").json()

    assert "achieved" not in {each["kind"] for each in brief["sections"]}
    assert len(brief["commitments"]["closed_since_last"]) == 1


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_question_quotes_the_note_and_not_the_correction(who, fresh_pair):
    path = promised(fresh_pair)
    correct(fresh_pair, "tool", path, action="Ring the zebra", due="2026-06-05", owner="both")

    asked = fresh_pair.get(who, "/brief").json()["questions"]

    about = [each for each in asked if each["intent"] == "commitment"]
    told = [("zebra" in each["text"], "budget draft" in each["text"]) for each in about]
    # The mentee is not asked about words that the note says of them and not to them.
    assert told == ([(False, True)] if who == "mentor" else [])
