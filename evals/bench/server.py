"""Runs the application as a separate process over loopback, and measures its start and memory."""

import http.client
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

from coach.errors import Failed
from evals.bench.client import Client

ADMIN_KEY = "an-admin-key-of-this-machine-alone"
_ROOT = Path(__file__).resolve().parents[2]
_UVICORN = ("-m", "uvicorn", "api.app:create_app", "--factory", "--no-access-log")
# A start took 7 seconds on two busy cores (2026-11-29): a minute means that it never comes.
_LONGEST_START_SECONDS = 60.0
# Twice a minute's start: an index of 30 sessions was ready 8 seconds after it (2026-11-29).
LONGEST_INDEX_SECONDS = 120.0
# A stop waits for the answers that are under way; the slowest took one second (2026-11-29).
_LONGEST_STOP_SECONDS = 30
# How exact the time of a start is.
_POLL_SECONDS = 0.01


class Server:
    """`uvicorn api.app:create_app --factory` in a process of its own, on a free port."""

    def __init__(self, data_dir: Path) -> None:
        self.port = _free_port()
        self.log = data_dir.with_suffix(".log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own application
                [sys.executable, *_UVICORN, "--port", str(self.port)],
                cwd=_ROOT,
                env={"COACH_DATA_DIR": str(data_dir), "COACH_ADMIN_KEY": ADMIN_KEY},
                stdout=log,
                stderr=log,
            )

    def ready(self, *, index: bool = False) -> float:
        """Wait for /readyz, or until it says that the index is ready; return the seconds waited.

        Raises Failed when the process ends first or takes too long.
        """
        longest = LONGEST_INDEX_SECONDS if index else _LONGEST_START_SECONDS
        began_at = time.monotonic()
        while (waited := time.monotonic() - began_at) < longest:
            if self.process.poll() is not None:
                raise Failed(f"the server ended with {self.process.returncode}: see {self.log}")
            said = self._readiness()
            if said is not None and (not index or said["index"] == "ready"):
                return time.monotonic() - began_at
            time.sleep(_POLL_SECONDS)
        raise Failed(f"the server was not ready after {waited:.0f} seconds: see {self.log}")

    def stop(self) -> None:
        """End it in good order, as SIGTERM does."""
        self.process.terminate()
        self.process.wait(timeout=_LONGEST_STOP_SECONDS)

    def kill(self) -> None:
        """End it as a power cut would: kill -9."""
        self.process.kill()
        self.process.wait(timeout=_LONGEST_STOP_SECONDS)

    def resident_mb(self) -> float | None:
        """Return how much memory it holds, None where the system does not say."""
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
