"""Keys: shown once, refused from the next request on, and only their HMAC is kept."""

import hashlib
import re
from datetime import UTC, datetime

import pytest

from tests.api.world import ADMIN_KEY, problem_of

_FORM = re.compile(r"msc_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}")


def test_a_key_is_shown_once(pair):
    made = pair.mint("mentor")

    listed = pair.send("admin", "GET", "/keys")

    assert _FORM.fullmatch(made["key"])
    assert made["id"] in {each["id"] for each in listed.json()}
    assert all("key" not in each for each in listed.json())
    for key in (made["key"], *pair.keys.values()):
        assert key.split("_")[3] not in listed.text


def test_a_revoked_key_is_refused_at_once_and_stays_in_the_list(fresh_pair):
    made = fresh_pair.mint("mentee")
    before = fresh_pair.get(made["key"], "").status_code

    gone = fresh_pair.send("admin", "DELETE", f"/keys/{made['id']}")

    assert (before, gone.status_code, gone.content) == (200, 204, b"")
    problem_of(fresh_pair.get(made["key"], ""), 401)
    assert fresh_pair.get("mentee", "").status_code == 200
    listed = {each["id"]: each for each in fresh_pair.send("admin", "GET", "/keys").json()}
    assert listed[made["id"]]["revoked_at"] == "2026-06-15T09:00:00Z"


def test_revoking_twice_is_revoking_once(fresh_pair):
    made = fresh_pair.mint("mentee")
    first, second = (fresh_pair.send("admin", "DELETE", f"/keys/{made['id']}") for _ in "12")

    assert (first.status_code, second.status_code) == (204, 204)


def test_a_key_is_revoked_through_its_own_mentorship_only(fresh_pair, pair):
    made = fresh_pair.mint("mentee")

    problem_of(pair.send("admin", "DELETE", f"/keys/{made['id']}"), 404)

    assert fresh_pair.get(made["key"], "").status_code == 200


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (datetime(2026, 6, 20, 0, 0, tzinfo=UTC), 200),
        (datetime(2026, 6, 20, 23, 59, 59, tzinfo=UTC), 200),
        (datetime(2026, 6, 21, 0, 0, tzinfo=UTC), 401),
        (datetime(2036, 6, 21, 0, 0, tzinfo=UTC), 401),
    ],
    ids=["its last day", "its last second", "the day after", "ten years on"],
)
def test_a_key_expires_by_the_clock(now, status, fresh_world):
    pair = fresh_world.pair()
    key = pair.mint("mentor", expires_on="2026-06-20")["key"]
    fresh_world.clock.now = now

    assert pair.get(key, "").status_code == status


def test_every_changed_sign_makes_a_key_unknown(pair):
    key = pair.keys["mentor"]
    swapped = {sign: "B" if sign == "A" else "A" for sign in set(key)}
    changed = [key[:place] + swapped[key[place]] + key[place + 1 :] for place in range(len(key))]
    changed += [key[:-1], key + "A", key.upper(), f"{key} x", key.replace("live", "test")]

    assert {pair.get(each, "").status_code for each in changed} == {401}


def test_the_public_part_and_another_keys_secret_are_no_key(fresh_pair):
    one, other = (fresh_pair.mint("mentor")["key"].split("_") for _ in "12")
    mixed = "_".join([*one[:3], other[3], other[4]])

    problem_of(fresh_pair.get(mixed, ""), 401)


@pytest.mark.parametrize(
    "key",
    [ADMIN_KEY[:-1], ADMIN_KEY + "x", ADMIN_KEY.upper(), "admin", "ä" * 40, "x" * 10_000],
    ids=["short", "long", "upper case", "a guess", "not ascii", "very long"],
)
def test_the_admins_key_is_the_admins_key(key, world):
    headers = [(b"Authorization", f"Bearer {key}".encode())]

    problem_of(world.client.get("/v1/mentorships", headers=headers), 401)


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"acts_as": "admin"}, {"acts_as": "Mentor"}, {"acts_as": None}),
        *({"acts_as": "tool", "expires_on": day} for day in ("soon", "9999-12-31", 20260620)),
    ],
    ids=["none", "admin", "case", "null", "a word", "too late", "a number"],
)
def test_a_key_that_cannot_be_is_refused(body, pair):
    problem_of(pair.send("admin", "POST", "/keys", json=body), 422)


def test_a_key_of_no_mentorship_is_refused(pair):
    base = pair.base.replace(pair.id, "none")

    for method, body in (("POST", {"acts_as": "tool"}), ("GET", None)):
        problem_of(pair.world.admin(method, f"{base}/keys", json=body), 404)


def test_only_a_fingerprint_is_in_the_data_directory(fresh_world):
    pair = fresh_world.pair()
    headers = {"Idempotency-Key": "minting"}
    stored = pair.send("admin", "POST", "/keys", json={"acts_as": "tool"}, headers=headers)
    keys = [*pair.keys.values(), stored.json()["key"]]
    for key in keys:
        assert pair.get(key, "").status_code == 200

    kept = fresh_world.settled_bytes()

    for key in keys:
        _, _, public_id, secret, checksum = key.split("_")
        assert public_id.encode() in kept
        assert secret.encode() not in kept
        assert f"_{checksum}".encode() not in kept
        for digest in ("sha256", "sha1", "md5", "blake2b"):
            assert hashlib.new(digest, secret.encode()).hexdigest().encode() not in kept
    assert ADMIN_KEY.encode() not in kept


def test_without_a_configured_admin_nobody_is_the_admin(tmp_path):
    from starlette.testclient import TestClient  # noqa: PLC0415 - only here

    from api.app import create_app  # noqa: PLC0415
    from coach.settings import Settings  # noqa: PLC0415

    with TestClient(create_app(Settings(data_dir=tmp_path / "data", log_level="ERROR"))) as client:
        for key in ("", "None", "null", "admin"):
            answer = client.get("/v1/mentorships", headers={"Authorization": f"Bearer {key}"})
            problem_of(answer, 401)
