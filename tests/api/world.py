"""A running application with its own data directory and clock, and pairs of people with keys."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx2
from starlette.testclient import TestClient

from api.app import create_app
from coach.agreement.access import Principal
from coach.bootstrap import Parts
from coach.settings import Settings

ADMIN_KEY = "the-first-admins-key-" + "x" * 30
ROLES = ("mentor", "mentee", "tool")
_numbers = count(1)


class Hands:
    """A clock whose time a test may set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def bearer(key: str | None) -> dict[str, str]:
    return {} if key is None else {"Authorization": f"Bearer {key}"}


@dataclass
class World:
    """One application, its client, and what lies below."""

    client: TestClient
    parts: Parts
    clock: Hands
    data_dir: Path

    def admin(self, method: str, path: str, **request) -> httpx2.Response:
        return self.send(method, path, ADMIN_KEY, **request)

    def send(self, method: str, path: str, key: str | None, **request) -> httpx2.Response:
        headers = {**bearer(key), **request.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **request)

    def pair(self, **fields) -> "Pair":
        """A mentorship with a key for each of its roles."""
        given = {"mentor": {"name": "Ana Lima"}, "mentee": {"name": "Ben Okoro"}}
        made = self.admin("POST", "/v1/mentorships", json={**given, **fields})
        assert made.status_code == 201, made.text
        pair = Pair(self, made.json()["id"])
        pair.keys = {role: pair.mint(role)["key"] for role in ROLES}
        return pair

    def settled_bytes(self) -> bytes:
        """All that stands in the data directory once nothing is left to be tidied."""
        assert self.parts.index.settle(timeout_seconds=30)
        files = sorted(each for each in self.data_dir.rglob("*") if each.is_file())
        return b"\n".join(each.read_bytes() for each in files)


@dataclass
class Pair:
    """A mentorship as its keys reach it; paths are relative to it."""

    world: World
    id: str
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"/v1/mentorships/{self.id}"

    def mint(self, role: str, **fields) -> dict[str, str]:
        made = self.world.admin("POST", f"{self.base}/keys", json={"acts_as": role, **fields})
        assert made.status_code == 201, made.text
        return made.json()

    def key(self, who: str | None) -> str | None:
        return ADMIN_KEY if who == "admin" else self.keys.get(who or "", who)

    def send(self, who: str | None, method: str, path: str, **request) -> httpx2.Response:
        return self.world.send(method, self.base + path, self.key(who), **request)

    def get(self, who: str, path: str, **params) -> httpx2.Response:
        return self.send(who, "GET", path, params=params or None)

    def post(self, who: str, path: str, body: object, **headers: str) -> httpx2.Response:
        return self.send(who, "POST", path, json=body, headers=headers)

    def session(self, who: str, *notes: dict | str, held_on: str = "2026-06-01", **fields) -> dict:
        """Record a session; the report as the poster sees it."""
        body = {"held_on": held_on, "notes": [as_note(each) for each in notes], **fields}
        made = self.post(who, "/sessions", body)
        assert made.status_code == 201, made.text
        return made.json()

    def note(self, who: str, text: str = "We spoke of the plan.", **fields) -> dict:
        """Record a session of one note; that note."""
        return self.session(who, as_note(text, **fields))["session"]["notes"][0]

    def late(self) -> dict:
        """Agree to meet daily, which the two did not lately; the warning that they do not."""
        daily = {"effective_from": "2026-01-05", "cadence": {"every_days": 1}}
        self.send("mentor", "PUT", "/contract", json=daily)
        found = self.get("mentor", "/drift", status="all").json()
        return next(each for each in found if each["kind"] == "cadence")

    def erasure(self, who: str) -> str:
        """Erase a note of somebody; the erasure's id."""
        principal = Principal(f"key of the {who}", who, self.id)
        note = self.note(who)
        return self.world.parts.coach.erase_note(principal, self.id, note["id"]).id


def as_note(text: dict | str, **fields) -> dict:
    if isinstance(text, dict):
        return text
    given = {"author": "mentee", "visibility": "shared", "format": "markdown"}
    return {**given, **fields, "text": text}


def canary(label: str) -> str:
    """A word that stands nowhere else."""
    return f"cnry{label}{next(_numbers):04d}qzx"


@contextmanager
def opened_world(data_dir: Path, **given: object) -> Iterator[World]:
    settings = Settings(
        **{"data_dir": data_dir, "admin_key": ADMIN_KEY, "log_level": "WARNING", **given}
    )
    clock = Hands()
    app = create_app(settings, clock=clock)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield World(client, app.state.parts, clock, data_dir)
    logging.getLogger("coach").handlers[:] = []


def problem_of(response: httpx2.Response, status: int) -> dict:
    """The problem an answer tells, checked for its form."""
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["status"] == status
    assert body["instance"] == f"urn:uuid:{response.headers['x-request-id']}"
    assert (status == 422) == ("errors" in body)
    return body


def but_instance(response: httpx2.Response) -> tuple[int, bytes, str]:
    """An answer without what names the request."""
    request_id = response.headers["x-request-id"].encode()
    return (
        response.status_code,
        response.content.replace(request_id, b""),
        response.headers["content-type"],
    )
