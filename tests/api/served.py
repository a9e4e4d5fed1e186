"""The application as people run it: a uvicorn process on a port of this machine."""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.api.world import ADMIN_KEY, ROLES

_ROOT = Path(__file__).parents[2]
_RUNNING = re.compile(r"running on http://127\.0\.0\.1:(\d+)")


@dataclass
class Served:
    """A running server, where it logs, and a pair with keys."""

    port: int
    log: Path
    pid: int

    def send(self, method: str, path: str, key: str | None, **request) -> tuple[int, bytes]:
        """One request on its own connection: the status and the body of the answer."""
        body = json.dumps(request["json"]) if "json" in request else None
        headers = {"Content-Type": "application/json"} if body else {}
        headers |= {"Authorization": f"Bearer {key}"} if key else {}
        query = f"?{urlencode(request['params'])}" if request.get("params") else ""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path + query, body, {**headers, **request.get("headers", {})})
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        return answer.status, told

    def raw(self, *parts: bytes) -> bytes:
        """Send bytes as they are; what comes back until the server closes or falls silent."""
        told = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
            try:
                for part in parts:
                    connection.sendall(part)
                while got := connection.recv(65_536):
                    told += got
                    connection.settimeout(0.1)
            except (TimeoutError, ConnectionError):
                pass
        return told

    def pair(self) -> tuple[str, dict[str, str]]:
        """A mentorship's id and a key for each role, the admin's too."""
        people = {"mentor": {"name": "Ana Lima"}, "mentee": {"name": "Ben Okoro"}}
        _, made = self.send("POST", "/v1/mentorships", ADMIN_KEY, json=people)
        mentorship_id = json.loads(made)["id"]
        keys = {"admin": ADMIN_KEY}
        for role in ROLES:
            path = f"/v1/mentorships/{mentorship_id}/keys"
            _, key = self.send("POST", path, ADMIN_KEY, json={"acts_as": role})
            keys[role] = json.loads(key)["key"]
        return mentorship_id, keys


@contextmanager
def served(
    folder: Path, *options: str, log_level: str = "WARNING", **settings: str
) -> Iterator[Served]:
    """Run the server with its data and its log in this folder; settings are variables by their names."""
    log = folder / "server.log"
    command = [sys.executable, "-m", "uvicorn", "api.app:create_app", "--factory", "--port", "0"]
    environment = {
        "COACH_DATA_DIR": str(folder / "data"),
        "COACH_ADMIN_KEY": ADMIN_KEY,
        "COACH_LOG_LEVEL": log_level,
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, *options], cwd=_ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        yield Served(_port(process, log), log, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _port(process: subprocess.Popen, log: Path) -> int:
    for _ in range(300):
        if found := _RUNNING.search(log.read_text()):
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(log.read_text())
