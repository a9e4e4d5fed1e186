"""The ground of a siege: the running server, one light client, and the ways to look into both."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from typing import Any, BinaryIO, NamedTuple

import httpx2

from tests.api.served import Served
from tests.api.world import ADMIN_KEY, ROLES, as_note
from tests.faults.siege.tally import LATER, Asked, Sample, Tally

PATIENCE_SECONDS = 30.0
# uvicorn closes a connection that was idle for 5 seconds; the client leaves first.
_IDLE_SECONDS = 2.0
_PIECE = 2**20
_DAY = "2026-06-{:02}"
_numbers = count(1)


class Told(NamedTuple):
    """An answer, or status 0 when none came in time."""

    status: int
    body: bytes
    milliseconds: float
    outcome: str

    @property
    def value(self) -> dict[str, Any]:
        """The JSON of a good answer, else nothing."""
        found = json.loads(self.body) if self.status in {200, 201} else {}
        return found if isinstance(found, dict) else {}

    @property
    def values(self) -> list[Any]:
        """The JSON array of a good answer, else nothing."""
        found = json.loads(self.body) if self.status == 200 else []
        return found if isinstance(found, list) else []


@dataclass
class Pair:
    """A mentorship and its keys."""

    base: str
    keys: dict[str, str]


@dataclass
class Field:
    """One server under siege."""

    server: Served
    client: httpx2.AsyncClient
    tally: Tally
    data: Path
    began: float
    ends: float
    pairs: dict[str, Pair] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The file that holds everything."""
        return self.data / "coach.db"

    def going(self) -> bool:
        """Whether there is time for another round."""
        return time.monotonic() < self.ends

    async def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end."""
        await asyncio.sleep(max(0.0, min(seconds, self.ends - time.monotonic())))

    async def call(
        self,
        who: str,
        method: str,
        path: str,
        key: str | None,
        *,
        what: str = "",
        label: str = "",
        seconds: float = PATIENCE_SECONDS,
        body: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Told:
        """Send one request with its own time limit; the tally has it, whatever becomes of it."""
        sent = {**(headers or {}), **({"Authorization": f"Bearer {key}"} if key else {})}
        if body is not None:
            content = json.dumps(body).encode()
        if content is not None:
            sent["Content-Type"] = "application/json"
        began = time.monotonic()
        told = await _answered(
            self.client.request(method, path, content=content, headers=sent), seconds
        )
        name = what or f"{method} {path.partition('?')[0].rpartition('/')[2]}"
        self.tally.asked.append(
            Asked(who, name, label, began - self.began, told.outcome, told.milliseconds)
        )
        return told

    async def new_pair(self, who: str, *roles: str) -> Pair | None:
        """Another mentorship with these keys; None when the server does not answer."""
        people = {"mentor": {"name": "Ana Lima"}, "mentee": {"name": "Ben Okoro"}}
        made = await self.call(
            who, "POST", "/v1/mentorships", ADMIN_KEY, what="POST mentorship", body=people
        )
        pair = Pair(f"/v1/mentorships/{made.value.get('id')}", {"admin": ADMIN_KEY})
        for role in roles:
            minted = await self.call(
                who, "POST", f"{pair.base}/keys", ADMIN_KEY, what="POST key", body={"acts_as": role}
            )
            pair.keys[role] = minted.value.get("key", "")
        return pair if all(pair.keys.values()) and made.status == 201 else None

    async def session(
        self, who: str, pair: Pair, *notes: dict[str, Any] | str, **more: Any
    ) -> Told:
        """Post a session as the mentor."""
        given = {"what": "POST session", "body": session_of(*notes), **more}
        return await self.call(who, "POST", f"{pair.base}/sessions", pair.keys["mentor"], **given)


def session_of(*notes: dict[str, Any] | str) -> dict[str, Any]:
    """A session of these notes, on one day of a month."""
    day = _DAY.format(1 + next(_numbers) % 28)
    return {"held_on": day, "notes": [as_note(each) for each in notes]}


def word(kind: str) -> str:
    """A word that stands nowhere else."""
    return f"zq{kind}{next(_numbers):06}qz"


def pair_of(server: Served) -> Pair:
    """A mentorship with a key for each role, before the siege."""
    mentorship_id, keys = server.pair()
    assert set(ROLES) < keys.keys()
    return Pair(f"/v1/mentorships/{mentorship_id}", keys)


async def _answered(asking: Awaitable[httpx2.Response], seconds: float) -> Told:
    """What came back within so many seconds."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            answer = await asking
    except TimeoutError:
        return Told(0, b"", _since(began), "timeout")
    except httpx2.HTTPError:
        return Told(0, b"", _since(began), "closed")
    later = answer.status_code == 503 and "retry-after" in answer.headers
    outcome = LATER if later else str(answer.status_code)
    return Told(answer.status_code, answer.content, _since(began), outcome)


def _since(began: float) -> float:
    return (time.monotonic() - began) * 1000


def client_of(port: int) -> httpx2.AsyncClient:
    """A client whose requests are limited by `Field.call` alone."""
    limits = httpx2.Limits(
        max_connections=None, max_keepalive_connections=100, keepalive_expiry=_IDLE_SECONDS
    )
    return httpx2.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=None, trust_env=False
    )


def sampled(process: Popen[bytes], at: float) -> Sample | None:
    """What the process holds now; None when it is gone."""
    place = Path(f"/proc/{process.pid}")
    try:
        lines = (place / "status").read_text(encoding="ascii").splitlines()
        told = dict(line.split(":", 1) for line in lines)
        files = len(list((place / "fd").iterdir()))
        spent = (place / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks = int(spent[11]) + int(spent[12])
        return Sample(
            round(at, 1),
            round(int(told["VmRSS"].split()[0]) / 1024, 1),
            int(told["Threads"]),
            files,
            round(ticks / os.sysconf("SC_CLK_TCK"), 1),
        )
    except (OSError, KeyError):
        return None


def files_with(folder: Path, said: str) -> list[str]:
    """Which files below a folder hold these bytes."""
    wanted = said.encode()
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        # An index that is given up goes while we look.
        with suppress(FileNotFoundError), path.open("rb") as file:
            if _holds(file, wanted):
                found.append(str(path.relative_to(folder)))
    return found


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    """Whether a file holds these bytes.

    It is read piece by piece, so that the client's own requests are not delayed.
    """
    end_of_last = b""
    while piece := file.read(_PIECE):
        if wanted in end_of_last + piece:
            return True
        end_of_last = piece[-len(wanted) :]
    return False


def end(process: Popen[bytes]) -> None:
    """Ask it to end, and see that it does."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except TimeoutExpired:
        process.kill()
        process.wait(timeout=10)


@asynccontextmanager
async def holding(database: Path, how: str) -> AsyncIterator[bool]:
    """Run another process that reads or writes the database until it is stopped.

    Yields False when it could not begin.
    """
    command = [sys.executable, str(Path(__file__).with_name("holder.py")), str(database), how]
    pipe = asyncio.subprocess.PIPE
    made = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert made.stdin
    assert made.stdout
    try:
        yield (await made.stdout.readline()).strip() == b"held"
    finally:
        made.stdin.close()
        await made.wait()
