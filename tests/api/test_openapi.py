"""The server does what OpenAPI says: schemathesis finds no difference for any kind of key."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.app import create_app
from coach.settings import Settings
from tests.api.served import Served, served
from tests.api.test_access import CALLS
from tests.api.world import ADMIN_KEY, as_note

_ALWAYS = {"400", "405", "408", "413", "415", "422", "429", "431", "500", "503"}
_DOCUMENT = create_app(Settings(data_dir="never-opened")).openapi()
_OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in _DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


@pytest.mark.parametrize("name", _OPERATIONS)
def test_every_call_documents_its_refusals(name):
    documented = _OPERATIONS[name]["responses"]
    expected = set(_ALWAYS)
    if "/v1/" in name:
        expected |= {"401", "403"}
    if "{mentorship_id}" in name:
        expected.add("404")
    if name.startswith("POST"):
        expected.add("409")
    if name.endswith(("/brief", "/reflection")):
        expected.add("406")

    assert expected <= documented.keys()
    for status in documented.keys() - {"200", "201", "202", "204"}:
        content = documented[status]["content"]
        assert content == {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        }


@pytest.mark.parametrize("name", _OPERATIONS)
def test_every_call_says_what_it_does_and_gives(name):
    operation = _OPERATIONS[name]

    assert operation["description"]
    assert len({"200", "201", "204"} & operation["responses"].keys()) == 1
    if name.startswith("POST"):
        assert "Idempotency-Key" in {each["name"] for each in operation["parameters"]}
    if "/v1/" in name:
        assert operation["security"] == [{"HTTPBearer": []}]


@pytest.mark.parametrize(
    "call",
    ["PATCH /v1/mentorships/{mentorship_id}", "PUT /v1/mentorships/{mentorship_id}/contract"]
    + [f"{method} /v1/mentorships/{{mentorship_id}}/notes/{{note_id}}" for method in ("PATCH",)]
    + ["DELETE /v1/mentorships/{mentorship_id}/notes/{note_id}"]
    + ["PATCH /v1/mentorships/{mentorship_id}/commitments/{commitment_id}"]
    + ["PATCH /v1/mentorships/{mentorship_id}/facts/{fact_id}"]
    + ["POST /v1/mentorships/{mentorship_id}/drift/{drift_id}/decision"],
)
def test_what_may_be_outdated_takes_if_match(call):
    assert "If-Match" in {each["name"] for each in _OPERATIONS[call]["parameters"]}
    assert "412" in _OPERATIONS[call]["responses"]


@pytest.mark.parametrize("name", [name for name in _OPERATIONS if name.startswith("DELETE")])
def test_what_is_erased_says_where_to_ask_whether_it_is_gone(name):
    documented = _OPERATIONS[name]["responses"]

    assert ("202" in documented) == (not name.endswith(("/keys/{key_id}", "/next-session")))
    if "202" in documented:
        assert "Location" in documented["202"]["headers"]


def test_no_body_takes_unknown_fields():
    bodies = {
        schema["$ref"].rpartition("/")[2]
        for operation in _OPERATIONS.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for schema in [content["schema"], *content["schema"].get("anyOf", [])]
        if "$ref" in schema
    }

    assert len(bodies) >= 7
    for name in bodies:
        assert _DOCUMENT["components"]["schemas"][name]["additionalProperties"] is False


# Schemathesis: generated requests against a server, and its verdict on every answer.

# How often each call is made with random values. All four runs are half a minute of two cores
# (2026-11-29); the seed is fixed, so more of them find more only once.
_EXAMPLES = {"admin": 4, "mentor": 8, "mentee": 6, "tool": 6}
# The values at every limit, one after the other, are the same whoever asks. These two may make
# every call between them.
_AT_EVERY_LIMIT = {"admin", "mentee"}
_REFUSALS = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 431]
_CASES = re.compile(r"(\d[\d,]*) (?:test cases? )?generated")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("fuzzed")) as running:
        yield running


def _configured(folder: Path, server: Served, role: str) -> tuple[Path, str]:
    """A configuration that names things which exist, and the key of the role."""
    mentorship_id, keys = server.pair()
    base = f"/v1/mentorships/{mentorship_id}"
    agreed = {"effective_from": "2026-01-05", "cadence": {"every_days": 1}}
    server.send("PUT", f"{base}/contract", keys["mentor"], json=agreed)
    poster = keys["mentor"] if role == "admin" else keys[role]
    session = {"held_on": "2026-06-01", "notes": [as_note("We spoke of the plan.")] * 8}
    session["notes"].append(as_note("- Ben will send the budget draft by 20 June 2026."))
    made = json.loads(server.send("POST", f"{base}/sessions", poster, json=session)[1])["session"]
    spare = [
        json.loads(server.send("POST", f"{base}/keys", ADMIN_KEY, json={"acts_as": "tool"})[1])
        for _ in range(3)
    ]
    found = json.loads(server.send("GET", f"{base}/facts", poster)[1])
    person = json.loads(server.send("POST", "/v1/people", ADMIN_KEY, json={"name": "Ana"})[1])
    promises = json.loads(server.send("GET", f"{base}/commitments", poster)[1])
    warnings = json.loads(server.send("GET", f"{base}/drift", keys["mentor"])[1])
    real = {
        "mentorship_id": [mentorship_id],
        "session_id": [made["id"]],
        "commitment_id": [each["id"] for each in promises],
        "fact_id": [each["id"] for each in found],
        "drift_id": [each["id"] for each in warnings],
        "note_id": [each["id"] for each in made["notes"]],
        "key_id": [each["id"] for each in spare],
        "person_id": [person["id"]],
        "version": [1],
    }
    lines = ["[checks.negative_data_rejection]", f"expected-statuses = {_REFUSALS}"]
    lines += ["[dictionaries]"]
    lines += [f"{name} = {{ values = {json.dumps(values)} }}" for name, values in real.items()]
    lines += ["[parameters]"]
    lines += [f'"path.{name}" = {{ dictionary = "{name}", probability = 0.85 }}' for name in real]
    path = folder / "schemathesis.toml"
    path.write_text("\n".join(lines))
    return path, keys[role]


def _run(folder: Path, server: Served, role: str) -> subprocess.Popen:
    folder.mkdir()
    configuration, key = _configured(folder, server, role)
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(configuration), "run"),
        f"http://127.0.0.1:{server.port}/openapi.json",
        *("--header", f"Authorization: Bearer {key}", "--max-examples", str(_EXAMPLES[role])),
        *("--phases", f"{'coverage,' if role in _AT_EVERY_LIMIT else ''}fuzzing,stateful"),
        *("--checks", "all", "--exclude-checks", "positive_data_acceptance"),
        # One worker: Python 3.11 cannot parse on two threads at once (gh-106905).
        *("--workers", "1", "--seed", "1", "--generation-database", "none", "--no-color"),
        *("--suppress-health-check", "all", "--no-shrink", "--request-timeout", "20"),
        *("--warnings", "off"),
    ]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_whoever_tries_the_values_at_every_limit_may_make_every_call():
    assert [name for name, call in CALLS.items() if not call.who & _AT_EVERY_LIMIT] == []


def test_generated_requests_find_no_difference(server, tmp_path, capsys):
    runs = {role: _run(tmp_path / role, server, role) for role in _EXAMPLES}

    told = {role: run.communicate(timeout=300)[0] for role, run in runs.items()}

    for role, text in told.items():
        found = _CASES.search(text)
        with capsys.disabled():
            sys.stdout.write(f"\nschemathesis as {role}: {found[1] if found else 'no'} cases\n")
    for role, run in runs.items():
        assert run.returncode == 0, told[role][-8000:]
    assert "request failed" not in server.log.read_text()
