"""Who asks is known before a body is read.

Bodies, work and waiting have limits; /healthz answers meanwhile.
"""

import json
import shutil
import time
from contextlib import contextmanager, suppress

import pytest
from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.requests import Request

from api.guard import WorkLimits
from api.incoming import checked
from api.places import Places
from api.problems import Refusal
from api.strict_json import strict_json
from tests.api.test_access import CALLS
from tests.api.world import ADMIN_KEY, as_note, opened_world, problem_of

_SESSION = {"held_on": "2026-06-01", "notes": [as_note("- Ben will send the draft by 20 June.")]}


class Wire:
    """A connection on which a request has headers alone: whoever reads its body is written down."""

    def __init__(self, method: str, path: str, **headers: str) -> None:
        self.answered: list[dict] = []
        self.read_before_the_answer = 0
        given = {"content-type": "application/json", "content-length": "100", **headers}
        self.scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }

    async def receive(self) -> dict:
        self.read_before_the_answer += not self.answered
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        self.answered.append(message)

    def asked(self, world) -> "Wire":
        world.client.portal.call(world.client.app, self.scope, self.receive, self.send)
        return self

    @property
    def status(self) -> int:
        return self.answered[0]["status"]

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.answered[0]["headers"])


# authentication


@pytest.mark.parametrize("key", [None, "garbage", "msc_live_00000000_" + "0" * 43 + "_000000"])
@pytest.mark.parametrize("call", CALLS)
def test_who_has_no_key_is_refused_without_a_look_at_the_body(call, key, world):
    method, path = call.split()
    headers = {"authorization": f"Bearer {key}"} if key else {}

    told = Wire(method, path, **headers).asked(world)

    assert (told.status, told.read_before_the_answer) == (401, 0)
    assert told.headers[b"connection"] == b"close"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/nowhere", 404), ("POST", "/healthz", 405), ("DELETE", "/v1/mentorships", 405)],
)
def test_what_is_not_there_is_told_without_a_look_at_the_body(method, path, status, world):
    told = Wire(method, path, authorization=f"Bearer {ADMIN_KEY}").asked(world)

    assert (told.status, told.read_before_the_answer) == (status, 0)


def test_a_key_opens_the_body(world):
    told = Wire("POST", "/v1/mentorships", authorization=f"Bearer {ADMIN_KEY}")

    told.scope["headers"] += [(b"idempotency-key", b"gone")]
    world.client.portal.call(world.client.app, told.scope, told.receive, told.send)

    # The client was gone by then: nothing is answered.
    assert (told.answered, told.read_before_the_answer) == ([], 1)


# reading


def _near_misses(size: int) -> dict[str, bytes]:
    return {
        "quotes": b'\\"' * (size // 2),
        "an open string of quotes": b'"' + b'\\"' * (size // 2),
        "backslashes": b'"' + b"\\" * size,
        "open strings": b'"a\\"' * (size // 4),
        "open brackets in a string": b'["' + b"[" * size,
        "brackets": b"[" + b"[]," * (size // 3) + b"0]",
        "closing brackets": b"]" * size,
        "escapes": b'["' + b"\\u0041" * (size // 6) + b'"]',
        "pairs of surrogates": b'["' + b"\\ud83d\\ude00" * (size // 12) + b'"]',
        "digits": b"[1." + b"1" * size + b"]",
        "keys": b"{" + b",".join(b'"%d":0' % number for number in range(size // 9)) + b"}",
        "deep strings": b"[" * 60 + b'"\\ud83d\\ude00",' * (size // 15) + b"0" + b"]" * 60,
    }


@pytest.mark.parametrize("name", _near_misses(12))
def test_reading_four_times_as_much_takes_about_four_times_as_long(name):
    def least(body: bytes) -> float:
        taken = []
        for _ in range(5):
            began = time.thread_time()
            with suppress(Refusal):
                strict_json(body)
            taken.append(time.thread_time() - began)
        return min(taken)

    small, large = (least(_near_misses(size)[name]) for size in (8_000, 32_000))

    # Linear is 4 and quadratic 16; what takes no time at all is not compared.
    assert large < 9 * max(small, 0.0002)


@pytest.mark.parametrize(("size", "on_a_thread"), [(100, False), (100_000, True)])
def test_a_body_of_some_size_is_read_on_a_thread(size, on_a_thread, world):
    body = json.dumps(" " * size).encode()
    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def read_while_no_thread_is_free() -> bool:
        threads = CapacityLimiter(1)
        threads.acquire_on_behalf_of_nowait(object())
        with move_on_after(0.1):
            await checked(Request({**scope, "state": {}}, receive), threads, seconds=20)
            return False
        return True

    assert world.client.portal.call(read_while_no_thread_is_free) == on_a_thread


# turns


@contextmanager
def _taken(world, kind: str, key_id: str, *, times: int):
    """So many places for a key, held by somebody else."""
    limits: WorkLimits = world.client.app.state.limits
    places = Places(in_all=times + 1, a_key=times, patience_seconds=0.05)
    world.client.app.state.limits = limits._replace(places={**limits.places, kind: places})
    held = [places.taken(key_id) for _ in range(times)]
    for each in held:
        world.client.portal.call(each.__aenter__)
    yield
    for each in held:
        world.client.portal.call(each.__aexit__, None, None, None)
    world.client.app.state.limits = limits


@pytest.mark.parametrize(
    ("kind", "method", "path", "body"),
    [
        ("read", "GET", "/brief", None),
        ("read", "GET", "/search?q=draft", None),
        ("write", "POST", "/sessions", _SESSION),
        ("quick", "GET", "", None),
    ],
    ids=["brief", "search", "session", "mentorship"],
)
def test_a_key_that_asks_for_too_much_at_once_is_told_when_to_come_again(
    kind, method, path, body, *, world, pair
):
    def asked(who: str):
        return pair.send(who, method, path, json=body)

    with _taken(world, kind, pair.keys["mentor"].split("_")[2], times=2):
        refused, other = asked("mentor"), asked("tool")

    problem_of(refused, 429)
    assert int(refused.headers["retry-after"]) > 0
    assert other.is_success
    assert asked("mentor").is_success


def test_reads_go_on_while_writes_wait(world, pair):
    with _taken(world, "write", pair.keys["mentor"].split("_")[2], times=2):
        assert pair.get("mentor", "/sessions").status_code == 200
        assert pair.get("mentor", "").status_code == 200


def test_health_needs_no_thread(world):
    async def asked_while_no_thread_is_free() -> list[int]:
        limiter = to_thread.current_default_thread_limiter()
        holders = [object() for _ in range(int(limiter.available_tokens))]
        for each in holders:
            limiter.acquire_on_behalf_of_nowait(each)
        told = [Wire("GET", path, **{"content-length": "0"}) for path in ("/healthz", "/readyz")]
        with move_on_after(10):
            for each in told:
                await world.client.app(each.scope, each.receive, each.send)
        for each in holders:
            limiter.release_on_behalf_of(each)
        return [each.status for each in told if each.answered]

    assert world.client.portal.call(asked_while_no_thread_is_free) == [200, 200]


# deadlines


def test_work_that_takes_too_long_is_told_to_come_again_and_keeps_what_was_sent(tmp_path):
    folder, headers = tmp_path / "data", {"Idempotency-Key": "again"}
    with opened_world(folder, request_deadline_seconds=1e-9) as world:
        pair = world.pair()
        late = pair.post("mentor", "/sessions", _SESSION, **headers)
        unread = pair.get("mentor", "/brief")
    with opened_world(folder) as world:
        pair.world = world
        kept = pair.get("mentor", "/sessions").json()
        again = pair.post("mentor", "/sessions", _SESSION, **headers)
        after = pair.get("mentor", "/sessions").json()

    told = problem_of(late, 503)
    assert "stays kept" in told["detail"]
    assert "stays kept" not in problem_of(unread, 503)["detail"]
    assert {late.headers["retry-after"], unread.headers["retry-after"]} == {"5"}
    assert again.status_code == 201
    assert again.json()["session"]["id"] == kept[0]["id"]
    assert kept == after


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    """The directory of an application that has ended, and a pair whose notes are in it."""
    folder = tmp_path_factory.mktemp("ended") / "data"
    with opened_world(folder) as world:
        pair = world.pair()
        pair.session("mentee", *_SESSION["notes"])
        assert world.parts.index.settle(timeout_seconds=60)
    return folder, pair


@pytest.mark.parametrize(
    "path", ["/facts", "/commitments", "/brief", "/reflection", "/drift", "/search?q=x", "/export"]
)
def test_every_answer_that_reads_notes_has_a_deadline(path, ended, tmp_path):
    folder, pair = ended
    shutil.copytree(folder, tmp_path / "data")
    # After a restart: what was worked out before is not known any more.
    with opened_world(tmp_path / "data") as world:
        pair.world = world
        limits = world.client.app.state.limits
        world.client.app.state.limits = limits._replace(seconds=-1.0)

        told = pair.get("mentee", path)

    problem_of(told, 503)
