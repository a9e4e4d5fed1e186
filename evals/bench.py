"""How fast the answers come: made-up histories posted to a real server process, over loopback.

A uvicorn child and one HTTP connection, rather than the application inside this process, so that the times hold
sockets, JSON and the thread pool, and the memory is the server's own.
"""

import argparse
import http.client
import json
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import islice
from os import cpu_count
from pathlib import Path
from typing import NamedTuple, Self

from rich.console import Console
from rich.table import Table

from coach.bootstrap import opened
from coach.errors import Failed
from coach.ids import random_id
from coach.model import Session
from coach.settings import Settings
from evals import synthesis
from retrieval.passages import split

ADMIN_KEY = "an-admin-key-of-this-machine-alone"
_ROOT = Path(__file__).resolve().parent.parent
_UVICORN = ("-m", "uvicorn", "api.app:create_app", "--factory", "--no-access-log")
_SIZES = (10, 100, 1000)
_ROUNDS = 20
_LEAST_ROUNDS = 5
_WARM = 3
_QUERIES = 40
# What bounds the whole run: posting slows down as a history grows.
_POSTING_SECONDS = 25.0
_ROUNDS_SECONDS = 25.0
_START_SECONDS = 60.0
_SETTLE_SECONDS = 120.0
_TARGET = "brief: p95 under 100 ms at 100 sessions and under 400 ms at 1,000"


class Answer(NamedTuple):
    """What a server said, and how long that took to the last byte."""

    status: int
    body: bytes
    milliseconds: float


class Server:
    """`uvicorn api.app:create_app --factory` in a process of its own, on a free port."""

    def __init__(self, data_dir: Path) -> None:
        self.port = _free_port()
        self.log = data_dir.with_suffix(".log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own application in our own interpreter
                [sys.executable, *_UVICORN, "--port", str(self.port)],
                cwd=_ROOT,
                env={"COACH_DATA_DIR": str(data_dir), "COACH_ADMIN_KEY": ADMIN_KEY},
                stdout=log,
                stderr=log,
            )

    def ready(self, *, index: bool = False) -> float:
        """Wait for /readyz, or for its word that the index is ready; seconds waited.

        Raises Failed when the process ends first or takes too long.
        """
        longest = _SETTLE_SECONDS if index else _START_SECONDS
        began_at = time.monotonic()
        while (waited := time.monotonic() - began_at) < longest:
            if self.process.poll() is not None:
                raise Failed(f"the server ended with {self.process.returncode}: see {self.log}")
            said = self._readiness()
            if said is not None and (not index or said["index"] == "ready"):
                return time.monotonic() - began_at
            time.sleep(0.01)
        raise Failed(f"the server was not ready after {waited:.0f} seconds: see {self.log}")

    def stop(self) -> None:
        """End it in good order."""
        self.process.terminate()
        self.process.wait(timeout=30)

    def kill(self) -> None:
        """End it as a power cut would: kill -9."""
        self.process.kill()
        self.process.wait(timeout=30)

    def resident_mb(self) -> float | None:
        """How much memory it holds; None where the system does not say."""
        try:
            lines = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        except FileNotFoundError:
            return None
        (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmRSS"))
        return int(kilobytes) / 1024

    def _readiness(self) -> dict[str, str] | None:
        try:
            with Client(self.port, "") as client:
                answer = client.get("/readyz")
        except (OSError, http.client.HTTPException):
            return None
        return dict(json.loads(answer.body)) if answer.status == 200 else None


class Client:
    """One connection that stays open, with one key."""

    def __init__(self, port: int, key: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {key}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str) -> Answer:
        """Ask for something."""
        return self._send("GET", path, None, {})

    def post(
        self, path: str, body: str, *, once: str | None = None, method: str = "POST"
    ) -> Answer:
        """Send JSON; `once` is the Idempotency-Key."""
        headers = {"Content-Type": "application/json"}
        if once is not None:
            headers["Idempotency-Key"] = once
        return self._send(method, path, body.encode(), headers)

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        began_at = time.perf_counter()
        self._connection.request(method, path, body, {**self._headers, **headers})
        response = self._connection.getresponse()
        said = response.read()
        return Answer(response.status, said, (time.perf_counter() - began_at) * 1000)


@dataclass
class Measured:
    """What was measured with so many sessions held; times in milliseconds unless named otherwise."""

    sessions: int
    posted: int = 0
    words_posted: int = 0
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    posting_seconds: float = 0.0
    resident_mb: float | None = None
    start_seconds: float = 0.0
    index_ready_seconds: float = 0.0
    rebuild_passages_per_second: float = 0.0


class _Cell(NamedTuple):
    """One number of the table, under its row's name."""

    name: str
    shown: str


@dataclass(frozen=True)
class Provenance:
    """What the numbers rest on."""

    commit: str
    python: str
    platform: str
    cores: int | None
    load: str | None
    on: str


class Bench:
    """One mentorship that grows on one data directory, measured at each size on the way."""

    def __init__(self, directory: Path) -> None:
        self._data_dir = directory / "data"
        self._sessions = synthesis.history()
        self._held: list[Session] = []
        self._server = Server(self._data_dir)
        self._server.ready()
        self._path, self._key = began(self._server.port)

    def measured(self, size: int) -> Measured:
        """Grow to this many sessions, then measure."""
        made = Measured(size)
        self._grow(made)
        self._server.ready(index=True)
        self._ask(made)
        made.resident_mb = self._server.resident_mb()
        self._server.stop()
        made.rebuild_passages_per_second = self._rebuilt()
        self._server = Server(self._data_dir)
        made.start_seconds = self._server.ready()
        made.index_ready_seconds = made.start_seconds + self._server.ready(index=True)
        return made

    def close(self) -> None:
        """Stop the server."""
        self._server.stop()

    def _grow(self, made: Measured) -> None:
        """Post sessions while there is time; what is then missing is put into the store and read."""
        with Client(self._server.port, self._key) as client:
            while len(self._held) < made.sessions and made.posting_seconds < _POSTING_SECONDS:
                self._post(client, next(self._sessions), made)
        missing = list(islice(self._sessions, max(made.sessions - len(self._held), 0)))
        if missing:
            self._server.stop()
            self._put(missing)
            self._server = Server(self._data_dir)
            self._server.ready()

    def _put(self, sessions: Sequence[Session]) -> None:
        mentorship_id = self._path.rpartition("/")[2]
        with opened(Settings(data_dir=self._data_dir)) as parts:
            for session in sessions:
                parts.store.add_session(mentorship_id, _named(session), posted_by="mentor")
            parts.coach.reread()
        self._held += sessions

    def _ask(self, made: Measured) -> None:
        """New sessions each followed by the brief that has to take them in, then the same brief again."""
        began_at = time.monotonic()
        with Client(self._server.port, self._key) as client:
            for number, session in enumerate(islice(self._sessions, _ROUNDS)):
                if number >= _LEAST_ROUNDS and time.monotonic() - began_at > _ROUNDS_SECONDS:
                    break
                made.posts.append(self._post(client, session, made))
                tomorrow = session.held_on + timedelta(days=1)
                made.cold.append(self._brief(client, tomorrow))
                made.warm += [self._brief(client, tomorrow) for _ in range(_WARM)]
            for query in synthesis.queries(_QUERIES):
                asked = client.get(f"{self._path}/search?q={query.replace(' ', '+')}")
                made.search.append(_expected(asked, 200).milliseconds)

    def _post(self, client: Client, session: Session, made: Measured) -> float:
        answer = _expected(client.post(f"{self._path}/sessions", as_sent(session)), 201)
        self._held.append(session)
        made.posted += 1
        made.words_posted += synthesis.words_of(session)
        made.posting_seconds += answer.milliseconds / 1000
        return answer.milliseconds

    def _brief(self, client: Client, as_of: date) -> float:
        return _expected(client.get(f"{self._path}/brief?as_of={as_of}"), 200).milliseconds

    def _rebuilt(self) -> float:
        """Passages a second when the whole index is made anew, with no server beside it."""
        passages = sum(len(split(note)) for session in self._held for note in session.notes)
        with opened(Settings(data_dir=self._data_dir)) as parts:
            parts.index.settle(timeout_seconds=_SETTLE_SECONDS)
            began_at = time.monotonic()
            parts.index.rebuild()
            return passages / (time.monotonic() - began_at)


def _named(session: Session) -> Session:
    notes = [note.model_copy(update={"id": random_id("note")}) for note in session.notes]
    return session.model_copy(update={"id": random_id("session"), "notes": tuple(notes)})


def began(port: int) -> tuple[str, str]:
    """Begin a mentorship with its agreement; its path and the mentor's key."""
    pair = synthesis.pair().model_dump_json(
        include={"mentor", "mentee", "started_on", "timezone", "language"}
    )
    with Client(port, ADMIN_KEY) as admin:
        path = f"/v1/mentorships/{_said(admin.post('/v1/mentorships', pair), 201)['id']}"
        key = _said(admin.post(f"{path}/keys", '{"acts_as": "mentor"}'), 201)["key"]
    agreed = synthesis.agreement().model_dump_json(
        include={"effective_from", "point_a", "point_b", "goals", "cadence", "feedback"}
    )
    with Client(port, key) as mentor:
        _expected(mentor.post(f"{path}/contract", agreed, method="PUT"), 201)
    return path, key


def as_sent(session: Session) -> str:
    """A session as the body of a request."""
    return session.model_dump_json(exclude={"id": True, "notes": {"__all__": {"id"}}})


def _said(answer: Answer, status: int) -> dict[str, str]:
    return dict(json.loads(_expected(answer, status).body))


def _expected(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise Failed(f"the server answered {answer.status} where {status} was expected")
    return answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def provenance() -> Provenance:
    """What this run rests on."""
    git = shutil.which("git")
    commit = ""
    if git is not None:
        command = [git, "--no-optional-locks", "describe", "--always", "--dirty"]
        described = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603
        commit = described.stdout.strip()
    return Provenance(
        commit=commit or "unknown",
        python=platform.python_version(),
        platform=platform.platform(),
        cores=cpu_count(),
        load=_load(),
        on=time.strftime("%Y-%m-%d", time.gmtime()),
    )


def _load() -> str | None:
    """How many processes wanted a core in the last 1, 5 and 15 minutes; None where the system does not say."""
    try:
        return " ".join(Path("/proc/loadavg").read_text("ascii").split()[:3])
    except FileNotFoundError:
        return None


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that this share of the values does not exceed."""
    if len(values) < 2:
        return max(values, default=0.0)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def table(measured: Sequence[Measured], rests_on: Provenance) -> Table:
    """One row a measure, one column a size."""
    shown = Table(
        title="Session Coach: how fast the answers come",
        caption=f"target for the {_TARGET}\n{rests_on.commit} on {rests_on.on} · Python {rests_on.python} · "
        f"{rests_on.platform} · {rests_on.cores} cores, "
        f"load {rests_on.load or 'unknown'} · a uvicorn process, one connection",
    )
    shown.add_column("ms are p50 / p95")
    for made in measured:
        shown.add_column(f"{made.sessions:,} sessions", justify="right")
    for row in zip(*(_cells(made) for made in measured), strict=True):
        shown.add_row(row[0].name, *(cell.shown for cell in row))
    return shown


def _cells(made: Measured) -> list[_Cell]:
    resident = "–" if made.resident_mb is None else f"{made.resident_mb:,.0f}"
    return [
        _Cell("brief, cold", _spread(made.cold)),
        _Cell("brief, warm", _spread(made.warm)),
        _Cell("search", _spread(made.search)),
        _Cell("POST session", _spread(made.posts)),
        _Cell("taken in by POST, words/s", f"{made.words_posted / made.posting_seconds:,.0f}"),
        _Cell("sessions that were posted", f"{made.posted:,}"),
        _Cell("memory of the server, MB", resident),
        _Cell("start to /readyz, s", f"{made.start_seconds:.2f}"),
        _Cell("start to index ready, s", f"{made.index_ready_seconds:.2f}"),
        _Cell("index rebuild, passages/s", f"{made.rebuild_passages_per_second:,.0f}"),
    ]


def _spread(milliseconds: Sequence[float]) -> str:
    return f"{percentile(milliseconds, 50):,.1f} / {percentile(milliseconds, 95):,.1f}"


@contextmanager
def _bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(Path(directory))
        try:
            yield bench
        finally:
            bench.close()


def _sizes(text: str) -> list[int]:
    return sorted(int(size) for size in text.split(","))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=list(_SIZES), help="such as 10,100")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number here, too")
    given = parser.parse_args(arguments)
    with _bench() as bench:
        measured = [bench.measured(size) for size in given.sizes]
    rests_on = provenance()
    Console().print(table(measured, rests_on))
    if given.json is not None:
        every = {"provenance": asdict(rests_on), "measured": [asdict(made) for made in measured]}
        given.json.write_text(json.dumps(every, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
