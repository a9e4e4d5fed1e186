"""Both people together may have all of it erased.

The wish of one alone erases nothing and may be taken back.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.world import ROLES, but_instance, canary, problem_of

SIDES = ("mentor", "mentee")


def asked_by(pair, who: str = "tool") -> list[str]:
    return pair.get(who, "").json()["erasure_asked_by"]


def keep(pair, who: str, *, asked: object = False):
    return pair.send(who, "PATCH", "", json={"erasure_asked": asked})


@pytest.mark.parametrize(("first", "second"), [SIDES, SIDES[::-1]])
def test_the_first_is_told_what_is_needed_and_the_second_erases(first, second, fresh_world):
    pair, word = fresh_world.pair(), canary("both")
    pair.note(first, f"We spoke of {word}.")

    begun = pair.send(first, "DELETE", "")

    assert begun.status_code == 202
    assert begun.json() == {"status": "asked", "asked_by": [first], "needed": [second]}
    standing = fresh_world.send("GET", begun.headers["location"], pair.keys[second])
    assert standing.json()["erasure_asked_by"] == [first]
    assert word in pair.get(second, "/sessions").text
    assert pair.send(second, "DELETE", "").is_success
    for who in ROLES:
        problem_of(pair.get(who, ""), 401)
    problem_of(fresh_world.admin("GET", pair.base), 404)
    assert word.encode() not in fresh_world.settled_bytes()


def test_asking_twice_is_asking_once(fresh_pair):
    one, other = (fresh_pair.send("mentor", "DELETE", "") for _ in range(2))

    assert (one.status_code, one.content) == (other.status_code, other.content)
    assert asked_by(fresh_pair) == ["mentor"]


@pytest.mark.parametrize("side", SIDES)
def test_a_wish_is_taken_back_by_who_had_it_and_by_nobody_else(side, fresh_pair):
    other = next(each for each in SIDES if each != side)
    fresh_pair.send(side, "DELETE", "")

    assert keep(fresh_pair, other).status_code == 200
    assert asked_by(fresh_pair) == [side]
    assert keep(fresh_pair, side).json()["erasure_asked_by"] == []
    assert fresh_pair.send(other, "DELETE", "").json()["needed"] == [side]
    assert fresh_pair.get("tool", "/sessions").json() == []


def test_an_admin_needs_nobody(fresh_pair):
    fresh_pair.send("mentor", "DELETE", "")

    assert fresh_pair.send("admin", "DELETE", "").is_success
    problem_of(fresh_pair.get("mentor", ""), 401)


def test_a_tool_wants_nothing_and_keeps_nothing(fresh_pair):
    fresh_pair.send("mentor", "DELETE", "")

    for who in ("tool", "admin"):
        problem_of(keep(fresh_pair, who), 403)
    problem_of(fresh_pair.send("tool", "DELETE", ""), 403)
    assert asked_by(fresh_pair) == ["mentor"]


@pytest.mark.parametrize("value", [True, None, "no", 1])
def test_to_ask_is_what_delete_is_for(value, fresh_pair):
    problem_of(keep(fresh_pair, "mentor", asked=value), 422)

    assert asked_by(fresh_pair) == []


def test_who_looked_at_another_copy_asks_for_nothing(fresh_pair):
    old = fresh_pair.get("mentor", "").headers["etag"]
    fresh_pair.send("mentee", "DELETE", "")

    problem_of(fresh_pair.send("mentor", "DELETE", "", headers={"If-Match": old}), 412)

    assert asked_by(fresh_pair) == ["mentee"]
    new = fresh_pair.get("mentor", "").headers["etag"]
    assert fresh_pair.send("mentor", "DELETE", "", headers={"If-Match": new}).is_success
    problem_of(fresh_pair.get("mentor", ""), 401)


def test_of_two_at_once_one_is_the_first_and_one_erases(world):
    for _ in range(5):
        pair = world.pair()
        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(lambda who, p=pair: p.send(who, "DELETE", ""), SIDES))

        asked = [each for each in answers if b'"asked"' in each.content]
        assert [each.is_success for each in answers] == [True, True]
        assert len(asked) == 1
        problem_of(world.admin("GET", pair.base), 404)


def test_another_mentorship_looks_like_none(world, fresh_pair):
    stranger = world.pair().keys["mentor"]

    real = fresh_pair.send(stranger, "DELETE", "")
    none = world.send("DELETE", "/v1/mentorships/none", stranger)

    problem_of(real, 404)
    assert but_instance(real) == but_instance(none)
    assert asked_by(fresh_pair) == []
