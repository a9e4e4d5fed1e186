"""Who may call what, for every route and every kind of key.

What is invisible looks like what does not exist.
"""

from typing import NamedTuple

import pytest

from api.app import create_app
from coach.settings import Settings
from tests.api.world import as_note, but_instance, problem_of

pytestmark = pytest.mark.usefixtures("uncounted")

ADMIN, BOTH, ALL = {"admin"}, {"mentor", "mentee"}, {"mentor", "mentee", "tool"}
_NOTE = as_note("We spoke of the plan.")
_SESSION = {"held_on": "2026-06-01", "notes": [_NOTE]}
_PEOPLE = {"mentor": {"name": "Ana"}, "mentee": {"name": "Ben"}}
_PROMISE = {"owner": "mentee", "action": "Send the plan"}
_NEXT = {"starts_at": "2026-06-22T10:00:00Z"}
_PREPARATION = {"text": "Help me with the talk.", "visibility": "shared"}


class Call(NamedTuple):
    who: set[str]
    status: int = 200
    body: dict | None = None
    query: dict | None = None
    of_a_side: int | None = None
    """The status for one of the two people, where that is another one."""


ID = "/v1/mentorships/{mentorship_id}"
CALLS = {
    "POST /v1/mentorships": Call(ADMIN, 201, _PEOPLE),
    "GET /v1/mentorships": Call(ADMIN),
    f"GET {ID}": Call(ADMIN | ALL),
    f"PATCH {ID}": Call(BOTH, 200, {"paused_until": None}),
    f"DELETE {ID}": Call(ADMIN | BOTH, 204, of_a_side=202),
    f"GET {ID}/erasures/{{erasure_id}}": Call(ADMIN | ALL),
    "POST /v1/people": Call(ADMIN, 201, {"name": "Ana"}),
    "POST /v1/people/{person_id}/invites": Call(ADMIN, 201),
    "GET /v1/me": Call(ADMIN | ALL | {"other_mentor"}),
    f"POST {ID}/keys": Call(ADMIN, 201, {"acts_as": "tool"}),
    f"GET {ID}/keys": Call(ADMIN),
    f"DELETE {ID}/keys/{{key_id}}": Call(ADMIN, 204),
    f"PUT {ID}/contract": Call(ALL, 201, {"effective_from": "2026-01-05"}),
    f"GET {ID}/contract": Call(ALL),
    f"GET {ID}/contract/versions": Call(ALL),
    f"POST {ID}/contract/{{version}}/agreement": Call(BOTH),
    f"POST {ID}/sessions": Call(ALL, 201, _SESSION),
    f"GET {ID}/sessions": Call(ALL),
    f"GET {ID}/sessions/{{session_id}}": Call(ALL),
    f"PATCH {ID}/sessions/{{session_id}}": Call(ALL, 200, {"channel": "call"}),
    f"DELETE {ID}/sessions/{{session_id}}": Call(ADMIN | ALL, 204),
    f"GET {ID}/sessions/{{session_id}}/report": Call(ALL),
    f"POST {ID}/sessions/{{session_id}}/notes": Call(ALL, 201, _NOTE),
    f"GET {ID}/notes/{{note_id}}": Call(ALL),
    f"PATCH {ID}/notes/{{note_id}}": Call(ALL, 200, {"visibility": "shared"}),
    f"DELETE {ID}/notes/{{note_id}}": Call(ALL, 204),
    f"POST {ID}/preparations": Call(BOTH, 201, _PREPARATION),
    f"PUT {ID}/next-session": Call(ALL, 200, _NEXT),
    f"GET {ID}/next-session": Call(ALL),
    f"DELETE {ID}/next-session": Call(ALL, 204),
    f"GET {ID}/facts": Call(ALL),
    f"GET {ID}/facts/{{fact_id}}": Call(ALL),
    f"PATCH {ID}/facts/{{fact_id}}": Call(BOTH, 200, {"kind": "commitment"}),
    f"GET {ID}/commitments": Call(ALL),
    f"POST {ID}/commitments": Call(ALL, 201, _PROMISE),
    f"GET {ID}/commitments/{{commitment_id}}": Call(ALL),
    f"PATCH {ID}/commitments/{{commitment_id}}": Call(ALL, 200, {"status": "done"}),
    f"GET {ID}/brief": Call(ALL),
    f"GET {ID}/reflection": Call({"mentee"}),
    f"GET {ID}/drift": Call(ALL),
    f"GET {ID}/drift/{{drift_id}}": Call(ALL),
    f"POST {ID}/drift/{{drift_id}}/decision": Call(BOTH, 200, {"decision": "return"}),
    f"GET {ID}/search": Call(ALL, query={"q": "plan"}),
    f"GET {ID}/export": Call(ALL),
    "POST /v1/questions/lint": Call(ADMIN | ALL | {"other_mentor"}, 200, {"questions": ["What?"]}),
}
OPEN = {"GET /healthz", "GET /readyz"}
STRANGERS = ("nobody", "garbage", "wrong_scheme", "revoked", "expired")
ASKERS = ("admin", "mentor", "mentee", "tool", "other_mentor", *STRANGERS)


def _offered() -> set[str]:
    paths = create_app(Settings(data_dir="never-opened")).openapi()["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def test_every_route_stands_in_the_matrix():
    assert _offered() - OPEN == CALLS.keys()


@pytest.fixture(scope="module")
def other(world):
    return world.pair()


@pytest.fixture(scope="module")
def strange_keys(world, pair):
    revoked = pair.mint("mentor")
    world.admin("DELETE", f"{pair.base}/keys/{revoked['id']}")
    return {
        "garbage": "msc_live_00000000_" + "0" * 43 + "_000000",
        "revoked": revoked["key"],
        "expired": pair.mint("mentor", expires_on="2026-06-14")["key"],
    }


@pytest.fixture(scope="module")
def given(pair):
    """What the paths name, so that every call meets something."""
    pair.send("mentor", "PUT", "/contract", json={"effective_from": "2026-01-05"})
    session = pair.session("mentor", "- Ben will send the budget draft by 20 June 2026.")["session"]
    (promise,) = pair.get("mentor", "/commitments").json()
    return {
        "mentorship_id": pair.id,
        "session_id": session["id"],
        "commitment_id": promise["id"],
        "fact_id": pair.get("mentor", "/facts").json()[0]["id"],
        "person_id": pair.world.admin("POST", "/v1/people", json={"name": "Ana"}).json()["id"],
    }


def _keep(pair) -> None:
    """Take back the wishes of before, lest both together erase what the other tests stand on."""
    for side in BOTH:
        pair.send(side, "PATCH", "", json={"erasure_asked": False})


def _path(call: str, pair, asker: str, given: dict[str, str]) -> str:
    poster = asker if asker in ALL else "mentor"
    names = {**given, "version": "1"}
    if call == f"DELETE {ID}" and asker == "admin":
        names["mentorship_id"] = pair.world.pair().id
    if call.endswith("/sessions/{session_id}") and not call.startswith("GET"):
        names["session_id"] = pair.session(poster)["session"]["id"]
    if "{drift_id}" in call:
        names["drift_id"] = pair.late()["id"]
    if call.endswith("/next-session"):
        pair.send("mentor", "PUT", "/next-session", json=_NEXT)
    if "{erasure_id}" in call:
        names["erasure_id"] = pair.erasure(poster)
    if "{note_id}" in call:
        names["note_id"] = pair.note(poster)["id"]
    if "{key_id}" in call:
        names["key_id"] = pair.mint("tool")["id"]
    return call.partition(" ")[2].format(**names)


def _key(asker: str, pair, other, strange_keys: dict[str, str]) -> str | None:
    if asker == "other_mentor":
        return other.keys["mentor"]
    return strange_keys.get(asker) or (None if asker in STRANGERS else pair.key(asker))


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.replace(ID, "…"))
def test_each_key_may_call_what_its_role_may(
    call, asker, *, world, pair, other, strange_keys, given
):
    method, path = call.partition(" ")[0], _path(call, pair, asker, given)
    _keep(pair)
    key = _key(asker, pair, other, strange_keys)
    headers = {"Authorization": f"Basic {pair.keys['mentor']}"} if asker == "wrong_scheme" else {}

    asked = CALLS[call]
    answer = world.send(method, path, key, json=asked.body, params=asked.query, headers=headers)

    if asker in STRANGERS:
        problem_of(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
    elif asker in asked.who:
        status = asked.of_a_side if asker in BOTH and asked.of_a_side else asked.status
        assert answer.status_code == status, answer.text
    elif asker == "other_mentor" and asked.who != ADMIN:
        problem_of(answer, 404)
    else:
        problem_of(answer, 403)


@pytest.mark.parametrize("call", sorted(OPEN))
@pytest.mark.parametrize("key", [None, "garbage"], ids=["no key", "garbage"])
def test_anyone_may_ask_whether_it_is_up(call, key, world):
    assert world.send("GET", call.partition(" ")[2], key).status_code == 200


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.replace(ID, "…"))
def test_another_mentorship_looks_like_none(call, *, world, pair, other, given):
    method, path = call.partition(" ")[0], _path(call, pair, "mentor", given)
    asked = CALLS[call]
    request = {"json": asked.body, "params": asked.query}

    real = world.send(method, path, other.keys["mentee"], **request)
    none = world.send(method, path.replace(pair.id, "none"), other.keys["mentee"], **request)

    assert but_instance(real) == but_instance(none)


_NOTE_CALLS = {
    "read": ("GET", None, {}),
    "share": ("PATCH", {"visibility": "shared"}, {}),
    "erase": ("DELETE", None, {}),
    "share the newest": ("PATCH", {"visibility": "shared"}, {"If-Match": "*"}),
    "erase a copy": ("DELETE", None, {"If-Match": '"abc"'}),
}


@pytest.mark.parametrize("asker", ["mentee", "tool"])
@pytest.mark.parametrize("does", _NOTE_CALLS)
def test_an_invisible_note_looks_like_none(does, asker, fresh_pair):
    method, body, headers = _NOTE_CALLS[does]
    note = fresh_pair.note("mentor", visibility="mentor")

    private, none = (
        fresh_pair.send(asker, method, f"/notes/{each}", json=body, headers=headers)
        for each in (note["id"], "note_" + "0" * 32)
    )

    problem_of(private, 404)
    assert but_instance(private) == but_instance(none)
    assert fresh_pair.get("mentor", f"/notes/{note['id']}").json() == note


@pytest.mark.parametrize(
    ("who", "visibility"),
    [("mentor", "mentee"), ("mentee", "mentor"), ("tool", "mentor"), ("tool", "mentee")],
    ids=lambda each: each,
)
def test_a_key_writes_only_what_it_may_read(who, visibility, fresh_pair):
    session = fresh_pair.session(who)["session"]
    own = fresh_pair.note(who)
    private = as_note("Between us.", visibility=visibility)

    refused = [
        fresh_pair.post(who, "/sessions", {"held_on": "2026-06-02", "notes": [private]}),
        fresh_pair.post(who, f"/sessions/{session['id']}/notes", private),
        fresh_pair.send(who, "PATCH", f"/notes/{own['id']}", json={"visibility": visibility}),
        fresh_pair.post(who, "/preparations", {"text": "x", "visibility": visibility}),
    ]

    assert [each.status_code for each in refused] == [403] * 4
    assert len(fresh_pair.get("mentor", "/sessions").json()) == 2


def test_any_key_records_any_author(fresh_pair):
    authors = ["mentor", "mentee", "tool"]
    for who in authors:
        notes = [as_note("Words.", author=author) for author in authors]

        made = fresh_pair.session(who, *notes)["session"]["notes"]

        assert [note["author"] for note in made] == authors


@pytest.mark.parametrize(
    "path",
    ["/sessions/{0}", "/sessions/{0}/report", "/facts?session_id={0}", "/notes/{0}"],
    ids=["session", "report", "facts", "note"],
)
def test_what_does_not_exist_is_not_found(path, pair):
    problem_of(pair.get("mentor", path.format("none")), 404)


def test_unknown_paths_are_problems_and_are_not_redirected(world):
    for path in ("/v1", "/v1/mentorships/", "/docs", "/v1/../etc/passwd", "/v1/%2e%2e/x%00"):
        problem_of(world.send("GET", path, None), 404)


def test_a_method_that_a_path_lacks_is_refused_with_those_it_has(world, pair):
    answer = pair.send("mentor", "POST", "")

    problem_of(answer, 405)
    assert answer.headers["allow"].split(", ") == ["DELETE", "GET", "PATCH"]
