"""What is not in the contract is refused, and a refusal repeats nothing of what was sent."""

import json

import pytest

from tests.api.world import as_note, canary, problem_of


def _session(text: str = "Words.", **fields) -> dict:
    return {"held_on": "2026-06-01", "notes": [as_note(text)], **fields}


_UNKNOWN = {
    "a session": ("POST", "/sessions", _session(recorded_at="2026-01-01")),
    "a session's id": ("POST", "/sessions", _session(id="session_1")),
    "a note": ("POST", "/sessions", {"held_on": "2026-06-01", "notes": [as_note("x", id="n")]}),
    "a poster": ("POST", "/sessions/s/notes", as_note("x", posted_by="mentor")),
    "a contract": ("PUT", "/contract", {"effective_from": "2026-01-05", "version": 7}),
    "agreement": ("PUT", "/contract", {"effective_from": "2026-01-05", "agreed_by": ["mentee"]}),
    "a goal": (
        "PUT",
        "/contract",
        {"effective_from": "2026-01-05", "goals": [{"id": "g", "statement": "s", "weight": 1}]},
    ),
    "a mentorship": ("PATCH", "", {"status": "ended"}),
    "a mentorship's id": ("PATCH", "", {"id": "x"}),
    "sharing": ("PATCH", "/notes/n", {"visibility": "shared", "text": "new"}),
    "a preparation": (
        "POST",
        "/preparations",
        {"text": "x", "visibility": "shared", "author": "mentee"},
    ),
}


@pytest.mark.parametrize("name", _UNKNOWN)
def test_unknown_fields_are_refused_and_nothing_changes(name, pair):
    method, path, body = _UNKNOWN[name]
    before = pair.get("mentor", "/export").content

    problem = problem_of(pair.send("mentor", method, path, json=body), 422)

    assert any("unknown field" in each["detail"] for each in problem["errors"])
    assert pair.get("mentor", "/export").content == before


@pytest.mark.parametrize("name", ["key", "admin's mentorship"])
def test_unknown_fields_of_the_admin_are_refused(name, pair, world):
    people = {"mentor": {"name": "A", "role": "boss"}, "mentee": {"name": "B"}}
    path, body = {
        "key": (f"{pair.base}/keys", {"acts_as": "tool", "mentorship_id": "x"}),
        "admin's mentorship": ("/v1/mentorships", people),
    }[name]

    problem_of(world.admin("POST", path, json=body), 422)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/contract",
        "/contract/versions",
        "/sessions",
        "/sessions/s",
        "/sessions/s/report",
        "/facts",
        "/commitments",
        "/brief",
        "/reflection",
        "/drift",
        "/search",
        "/export",
        "/notes/n",
    ],
    ids=lambda path: path or "/",
)
def test_unknown_query_parameters_are_refused(path, pair):
    problem_of(pair.get("mentee", path, q="x", nonsense="1"), 422)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/v1/mentorships"])
def test_unknown_query_parameters_are_refused_elsewhere(path, world):
    problem_of(world.admin("GET", path, params={"nonsense": "1"}), 422)


@pytest.mark.parametrize(
    "day",
    [
        "yesterday",
        "2026-02-30",
        "2026-6-1",
        "20260601",
        "2026-06-01T00:00:00Z",
        "0001-01-01",
        "9999-12-31",
        "-2026-06-01",
        "1780000000",
        "",
        " 2026-06-01",
        "٢٠٢٦-٠٦-٠١",
        "2026-W23-1",
    ],
    ids=ascii,
)
def test_a_day_is_a_day(day, pair):
    problem_of(pair.get("mentor", "/brief", as_of=day), 422)
    problem_of(pair.post("mentor", "/sessions", {"held_on": day, "notes": []}), 422)


_QUERIES = {
    "none": {},
    "empty": {"q": ""},
    "space": {"q": "  "},
    "long": {"q": "x" * 2001},
    "limit 0": {"q": "x", "limit": "0"},
    "limit -1": {"q": "x", "limit": "-1"},
    "limit 51": {"q": "x", "limit": "51"},
    "limit 1e1": {"q": "x", "limit": "1e1"},
    "limit of 23 digits": {"q": "x", "limit": "9" * 23},
    "limit of 5,000 digits": {"q": "x", "limit": "9" * 5000},
}


@pytest.mark.parametrize("name", _QUERIES)
def test_a_search_that_cannot_be_made_is_refused(name, pair):
    problem_of(pair.send("mentor", "GET", "/search", params=_QUERIES[name]), 422)


WRONG = {
    "a note's text": _session() | {"notes": [as_note("x") | {"text": {"c": "CANARY"}}]},
    "a note's author": _session() | {"notes": [as_note("x", author="CANARY")]},
    "a visibility": _session() | {"notes": [as_note("x", visibility=["CANARY"])]},
    "a day": _session(held_on="CANARY"),
    "a duration": _session(duration_minutes="CANARY"),
    "a channel": _session(channel="CANARY" * 60),
    "notes": _session(notes="CANARY"),
    "a field": _session(CANARY=1),
    "a note's field": _session(notes=[as_note("x") | {"CANARY": "CANARY"}]),
    "a surrogate beside": _session("CANARY \ud800", CANARY="CANARY"),
    "a number": _session(duration_minutes=1e300, channel={"CANARY": 1e300}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_refusal_never_repeats_what_was_sent(name, pair):
    secret = canary("sent")
    body = json.dumps(WRONG[name]).replace("CANARY", secret).encode()

    answer = pair.send(
        "mentor",
        "POST",
        "/sessions",
        content=body,
        headers={"Content-Type": "application/json"},
    )

    problem_of(answer, 422)
    assert secret not in answer.text + str(answer.headers)


@pytest.mark.parametrize("place", ["as_of", "status", "session_id", "name", "path", "header"])
def test_a_refusal_never_repeats_query_path_or_header(place, pair):
    secret = canary("asked")
    asked = {
        "as_of": ("/facts", {"as_of": secret}, {}),
        "status": ("/commitments", {"status": secret}, {}),
        "session_id": ("/facts", {"session_id": secret}, {}),
        "name": ("/facts", {secret: "1"}, {}),
        "path": (f"/{secret}", {}, {}),
        "header": (f"/{secret}", {}, {"Accept": secret, "X-Request-Id": secret}),
    }[place]

    answer = pair.send("mentor", "GET", asked[0], params=asked[1], headers=asked[2])

    assert answer.status_code in {404, 422}
    assert secret not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "key",
    ["", " ", "\t", "a b", "ü", "x" * 256, "a\x7f"],
    ids=["empty", "space", "tab", "two words", "not ascii", "long", "control"],
)
def test_an_idempotency_key_is_printable_and_short(key, pair):
    headers = [(b"Idempotency-Key", key.encode())]
    headers += [(b"Authorization", f"Bearer {pair.keys['mentor']}".encode())]

    answer = pair.world.client.post(f"{pair.base}/sessions", json=_session(), headers=headers)

    problem_of(answer, 422)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        *(("*/*", "application/json"), ("text/*", "text/markdown; charset=utf-8")),
        *(("text/html", "text/html; charset=utf-8"), ("TEXT/HTML", "text/html; charset=utf-8")),
        ("text/html;q=0.5, text/markdown;q=0.9", "text/markdown; charset=utf-8"),
        ("text/html;q=0, */*", "application/json"),
        *(("image/png", None), ("application/json;q=nonsense", None), ("*/*;q=0", None)),
    ],
    ids=lambda each: each or "none",
)
@pytest.mark.parametrize("path", ["/brief", "/reflection"])
def test_the_accepted_format_is_given(path, accept, content_type, pair):
    answer = pair.send("mentee", "GET", path, headers={"Accept": accept})

    if content_type is None:
        problem_of(answer, 406)
    else:
        assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)


def test_every_answer_forbids_keeping_and_guessing(pair, world):
    for answer in (pair.get("mentor", "/brief"), world.send("GET", "/nowhere", None)):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-request-id"]
