"""Many briefs wait for a model that hangs.

`python -m tests.faults.busy` prints how fast an unrelated read is meanwhile.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from evals.metrics.statistics import percentile
from tests.api.served import Served, served
from tests.api.world import ROLES, as_note
from tests.faults.model import serving, told

EVERY_SECONDS = 0.05
QUIET_SECONDS = 3.0
NOTE = "We spoke about part {} of the plan. I'll send the draft to the board by 12 June."


class Reads(NamedTuple):
    """Milliseconds that reads took, from when each was due."""

    p50: float
    p95: float
    most: float
    count: int


class Busy(NamedTuple):
    """What the reads and the memory came to, quiet and busy."""

    quiet: Reads
    busy: Reads
    briefs: dict[str, int]
    slowest_brief: float
    asked: int
    rss_mb: tuple[float, float, float]


def measured(*, calls: int, seconds: float) -> Busy:
    """So many briefs at once, each with so much time for a model that never answers."""
    with TemporaryDirectory() as name, serving() as faults:
        folder = Path(name)
        with served(folder) as server:
            pairs = [_pair(server, number) for number in range(-(-calls // len(ROLES)))]
        model = {
            "COACH_LLM_MODEL": "openai:m",
            "COACH_LLM_BASE_URL": f"{faults}/hang/v1",
            "COACH_LLM_DEADLINE_SECONDS": str(seconds),
        }
        with served(folder, settings=model) as server, ThreadPoolExecutor(calls + 16) as threads:
            quiet = _reads(server, pairs[0], threads, seconds=QUIET_SECONDS)
            before = _memory(server, "VmRSS")
            asked = [(pair, role) for pair in pairs for role in ROLES][:calls]
            briefs = [threads.submit(_brief, server, *each) for each in asked]
            busy = _reads(server, pairs[0], threads, seconds=seconds)
            wait(briefs)
            memory = (before, _memory(server, "VmHWM"), _memory(server, "VmRSS"))
            hits = int(str(told(faults, "hits").get("hang", 0)))
    reasons = [reason for reason, _ in (each.result() for each in briefs)]
    counted = {reason: reasons.count(reason) for reason in sorted(set(reasons))}
    slowest = max(taken for _, taken in (each.result() for each in briefs))
    return Busy(quiet, busy, counted, slowest, hits, memory)


def _pair(server: Served, number: int) -> tuple[str, dict[str, str]]:
    mentorship_id, keys = server.pair()
    session = {"held_on": "2026-06-01", "notes": [as_note(NOTE.format(number))]}
    path = f"/v1/mentorships/{mentorship_id}/sessions"
    status, _ = server.send("POST", path, keys["tool"], json=session)
    assert status == 201
    return mentorship_id, keys


def _brief(server: Served, pair: tuple[str, dict[str, str]], role: str) -> tuple[str, float]:
    """Why the model did not answer, and the seconds it took."""
    mentorship_id, keys = pair
    began = time.monotonic()
    status, body = server.send("GET", f"/v1/mentorships/{mentorship_id}/brief", keys[role])
    reason = json.loads(body)["provenance"]["reason"] if status == 200 else status
    return str(reason), time.monotonic() - began


def _reads(
    server: Served, pair: tuple[str, dict[str, str]], threads: ThreadPoolExecutor, *, seconds: float
) -> Reads:
    """One read after another, each when it is due, whatever became of the one before."""
    began = time.monotonic()
    waiting: list[Future[float]] = []
    while (due := began + len(waiting) * EVERY_SECONDS) < began + seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        waiting.append(threads.submit(_read, server, pair, due))
    taken = [each.result() for each in waiting]
    return Reads(percentile(taken, 0.5), percentile(taken, 0.95), max(taken), len(taken))


def _read(server: Served, pair: tuple[str, dict[str, str]], due: float) -> float:
    mentorship_id, keys = pair
    status, _ = server.send("GET", f"/v1/mentorships/{mentorship_id}/sessions", keys["tool"])
    assert status == 200
    return (time.monotonic() - due) * 1000


def _memory(server: Served, name: str) -> float:
    """In MB."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Reads beside briefs that wait for a model.")
    parser.add_argument("--calls", type=int, default=45, help="briefs at once (45)")
    parser.add_argument("--seconds", type=float, default=10.0, help="the model's deadline (10)")
    given = parser.parse_args(words)
    told_of = measured(calls=given.calls, seconds=given.seconds)
    for name, reads in (("quiet", told_of.quiet), ("busy", told_of.busy)):
        line = f"p50 {reads.p50:.0f} ms, p95 {reads.p95:.0f} ms, slowest {reads.most:.0f} ms"
        sys.stdout.write(f"{name:6}{reads.count} reads: {line}\n")
    sys.stdout.write(f"briefs: {told_of.briefs}, the slowest {told_of.slowest_brief:.1f} s\n")
    sys.stdout.write(f"the model was asked {told_of.asked} times\n")
    before, peak, after = told_of.rss_mb
    sys.stdout.write(f"memory: {before:.0f} MB before, {peak:.0f} at most, {after:.0f} after\n")


if __name__ == "__main__":
    main()
