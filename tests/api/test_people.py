"""People with an account: an administrator makes them, and they can ask who they are.

They may be part of several mentorships.
"""

import pytest

from tests.api.world import problem_of


def person(world, **fields) -> dict:
    made = world.admin("POST", "/v1/people", json={"name": "Ana Lima", **fields})
    assert made.status_code == 201, made.text
    return made.json()


def test_an_account_has_an_id_and_says_the_rest_of_a_mentorships_person(world):
    ana = person(world, pronouns="she/her", email="ana@example.org")

    pair = world.pair(mentor={"person_id": ana["id"]})
    found = pair.get("mentee", "").json()

    assert found["mentor"] == ana
    assert ana["pronouns"] == "she/her"
    assert "id" not in found["mentee"]


def test_a_person_may_be_in_several_mentorships_on_either_side(world):
    ana, ben = person(world)["id"], person(world, name="Ben Okoro")["id"]

    world.pair(mentor={"person_id": ana}, mentee={"person_id": ben})
    world.pair(mentor={"person_id": ben}, mentee={"person_id": ana})

    sides = [each.side for each in world.parts.coach.memberships(ana)]
    assert sides == ["mentor", "mentee"]


@pytest.mark.parametrize(
    ("mentor", "pointer"),
    [
        ({}, "/body/mentor"),
        ({"name": None}, "/body/mentor/name"),
        ({"person_id": None}, "/body/mentor/person_id"),
        ({"person_id": "nobody"}, "/mentor/person_id"),
        ({"person_id": "nobody", "name": "Ana"}, "/body/mentor"),
    ],
    ids=["nothing", "no name", "no id", "unknown", "both"],
)
def test_a_person_is_named_or_has_an_account(mentor, pointer, world):
    body = {"mentor": mentor, "mentee": {"name": "Ben"}}

    refused = problem_of(world.admin("POST", "/v1/mentorships", json=body), 422)

    assert refused["errors"][0]["pointer"] == pointer


def test_nobody_mentors_themselves(world):
    same = {"person_id": person(world)["id"]}

    refused = world.admin("POST", "/v1/mentorships", json={"mentor": same, "mentee": same})

    assert problem_of(refused, 422)["errors"][0]["pointer"] == "/mentee/person_id"


def test_a_link_is_made_for_who_is_there(world):
    problem_of(world.admin("POST", "/v1/people/nobody/invites"), 404)

    made = world.admin("POST", f"/v1/people/{person(world)['id']}/invites").json()

    assert made["url"].startswith("http://testserver/welcome/")
    assert made["expires_at"].startswith("2026-06-22")


def test_a_link_is_told_once_also_under_an_idempotency_key(world):
    path = f"/v1/people/{person(world)['id']}/invites"
    again = {"Idempotency-Key": "a-link"}

    first = world.admin("POST", path, headers=again)
    second = world.admin("POST", path, headers=again)

    assert first.status_code == 201
    assert "make another" in problem_of(second, 409)["detail"]


def test_a_person_is_added_once_under_an_idempotency_key(world):
    again = {"Idempotency-Key": "a-person"}
    before = len(world.parts.store.accounts())

    ids = {
        world.admin("POST", "/v1/people", json={"name": "Cleo"}, headers=again).json()["id"]
        for _ in "twice"
    }

    assert len(ids) == 1
    assert len(world.parts.store.accounts()) == before + 1


@pytest.mark.parametrize("who", ["mentor", "mentee", "tool"], ids=str)
def test_a_key_is_told_what_it_acts_for(who, pair):
    told = pair.world.send("GET", "/v1/me", pair.keys[who]).json()

    assert told == {
        "person": None,
        "acts_as": who,
        "mentorships": [{"id": pair.id, "role": who}],
    }


def test_the_admins_key_is_told_that_it_is_in_no_mentorship(world):
    told = world.admin("GET", "/v1/me").json()

    assert told == {"person": None, "acts_as": "admin", "mentorships": []}


def test_a_mentorship_that_is_erased_leaves_nobody_in_it(world):
    ana = person(world)["id"]
    pair = world.pair(mentor={"person_id": ana})

    pair.send("admin", "DELETE", "")

    assert world.parts.coach.memberships(ana) == []
    assert [each.name for each in world.parts.store.accounts() if each.id == ana] == ["Ana Lima"]
