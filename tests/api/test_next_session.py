"""When the two meet next is said by either, seen by both, and gone once its day is over."""

from datetime import timedelta

import pytest

from tests.api.world import ROLES, but_instance, problem_of

WHEN = {"starts_at": "2026-06-22T10:00:00Z", "channel": "phone", "duration_minutes": 45}
PATH = "/next-session"


def plan(pair, who: str = "mentor", headers: dict | None = None, **fields):
    return pair.send(who, "PUT", PATH, json={**WHEN, **fields}, headers=headers or {})


@pytest.mark.parametrize("who", ROLES)
def test_whoever_may_write_says_it_and_all_see_it(who, fresh_pair):
    made = plan(fresh_pair, who)

    assert made.status_code == 200
    assert made.json() == WHEN
    for other in ROLES:
        assert fresh_pair.get(other, PATH).json() == WHEN


def test_it_is_said_anew_and_taken_back(fresh_pair):
    plan(fresh_pair)
    moved = plan(fresh_pair, "mentee", starts_at="2026-06-23T10:00:00+02:00", channel=None)
    dropped = fresh_pair.send("tool", "DELETE", PATH)

    assert moved.json() == {**WHEN, "starts_at": "2026-06-23T08:00:00Z", "channel": None}
    assert dropped.status_code == 204
    for who in ROLES:
        problem_of(fresh_pair.get(who, PATH), 404)
    problem_of(fresh_pair.send("mentor", "DELETE", PATH), 404)


def test_it_is_gone_once_its_day_is_over_where_the_two_are(fresh_world):
    pair = fresh_world.pair(timezone="Pacific/Kiritimati")
    plan(pair, starts_at="2026-06-15T20:00:00Z")  # on the 16th there, at ten in the morning

    seen = []
    for hours in (0, 24, 1):
        fresh_world.clock.now += timedelta(hours=hours)
        seen.append(pair.get("mentee", PATH).status_code)

    assert seen == [200, 200, 404]


def test_who_names_an_old_copy_changes_nothing(fresh_pair):
    plan(fresh_pair)
    tag = fresh_pair.get("mentor", PATH).headers["etag"]
    plan(fresh_pair, duration_minutes=60)

    problem_of(plan(fresh_pair, headers={"If-Match": tag}), 412)
    newest = fresh_pair.get("mentor", PATH).headers["etag"]
    assert plan(fresh_pair, headers={"If-Match": newest}).is_success


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"starts_at": "2026-06-22"}, "/body/starts_at"),
        ({"starts_at": "2026-06-22T10:00:00"}, "/body/starts_at"),
        ({"starts_at": "2026-06-31T10:00:00Z"}, "/body/starts_at"),
        ({"starts_at": 1781950000}, "/body/starts_at"),
        ({"starts_at": "2026-06-14T10:00:00Z"}, "/starts_at"),
        ({"starts_at": "2028-06-14T10:00:00Z"}, "/starts_at"),
        ({"channel": "x" * 301}, "/body/channel"),
        ({"duration_minutes": -1}, "/body/duration_minutes"),
        ({"with": "Ana"}, "/body"),
    ],
    ids=str,
)
def test_what_is_no_next_session_is_refused(change, pointer, fresh_pair):
    refused = problem_of(plan(fresh_pair, **change), 422)

    assert [each["pointer"] for each in refused["errors"]] == [pointer]
    problem_of(fresh_pair.get("mentor", PATH), 404)


def test_it_is_of_one_mentorship_and_no_admins(fresh_pair):
    other = fresh_pair.world.pair()
    plan(fresh_pair)

    problem_of(fresh_pair.get("admin", PATH), 403)
    problem_of(plan(fresh_pair, "admin"), 403)
    there = fresh_pair.world.send("GET", fresh_pair.base + PATH, other.keys["mentor"])
    none = fresh_pair.world.send("GET", "/v1/mentorships/none" + PATH, other.keys["mentor"])
    assert but_instance(there) == but_instance(none)
    problem_of(there, 404)
