"""Every fault of a model server and what becomes of it.

`python -m tests.faults.model` prints the table. `--server URL` asks another server than our own:
its modes are its first path segments, given by `--modes` or taken from its list below.
"""

import argparse
import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, Field

from coach.engines.gateway.breaker import Breaker
from coach.engines.gateway.gateway import Gateway, ModelSettings, Prompt
from coach.errors import EngineFailed
from tests.faults.model_server import MODES, UNREAD

SECONDS = 3.0
SHORT_SECONDS = 1.0
# These end with the deadline and with nothing else.
ENDLESS = {"hang", "slow_headers", "drip", "drip_gzip", UNREAD}
OWN_MODES = (*MODES, UNREAD)
OTHER_MODES = tuple(
    "ok ra2 ra3600 radate quota s500 s503 ctx cf400 html badjson nochoices nullcontent refusal "
    "length filter errin200 surr hang drip redir gz trunc_clean trunc_abrupt trunc_nofr mid_err "
    "done_ok".split()
)
_ROOT = Path(__file__).parent.parent.parent
_PROMPT = Prompt("Say who does what.", "<note>\nThe mentee sends the draft.\n</note>")
_LARGE = Prompt(_PROMPT.system, "x" * 20_000_000)


class Promise(BaseModel):
    """Who does what."""

    owner: str = Field(max_length=20)


class Row(NamedTuple):
    """What became of one fault."""

    mode: str
    outcome: str
    seconds: float
    grown_mb: float
    calls: int
    threads_left: int
    sockets_left: int


@contextmanager
def serving() -> Iterator[str]:
    """The address of our own server, in a process of its own."""
    command = [sys.executable, "-m", "tests.faults.model_server"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as made:
        assert made.stdout
        try:
            yield f"http://127.0.0.1:{int(made.stdout.readline())}"
        finally:
            made.kill()


def told(server: str, what: str) -> dict[str, object]:
    """What the server tells of those who came: hits, times or seen."""
    with urllib.request.urlopen(f"{server}/{what}", timeout=5) as answer:  # noqa: S310 - loopback
        found = json.load(answer)
    assert isinstance(found, dict)
    return found


def gateway(server: str, mode: str, *, breaker: Breaker | None = None) -> Gateway:
    """The real gateway to one mode."""
    settings = ModelSettings("openai", "m", f"{server}/{mode}/v1", None, SECONDS)
    return Gateway(settings, breaker=breaker)


def measured(server: str, mode: str) -> Row:
    """What one question to one mode came to."""
    asking = gateway(server, mode)
    asking.ready()
    hits, threads, sockets = _hits(server, mode), threading.active_count(), _sockets()
    _forget_peak()
    before = _memory("VmRSS")
    prompt = _LARGE if mode == UNREAD else _PROMPT
    started = time.monotonic()
    try:
        outcome = asking.answered(
            prompt, shape=Promise, seconds=SHORT_SECONDS if mode in ENDLESS else SECONDS
        ).value.owner
        outcome = f"= {outcome}"
    except EngineFailed as failed:
        outcome = str(failed)
    seconds = time.monotonic() - started
    grown = _memory("VmHWM") - before
    _settle(threads)
    return Row(
        mode,
        outcome,
        round(seconds, 2),
        round(grown / 1024, 1),
        _hits(server, mode) - hits,
        threading.active_count() - threads,
        _sockets() - sockets,
    )


def _hits(server: str, mode: str) -> int:
    return int(str(told(server, "hits").get(mode, 0)))


def _settle(threads: int) -> None:
    """Threads that were told to end need a moment for it."""
    until = time.monotonic() + 0.5
    while threading.active_count() > threads and time.monotonic() < until:
        time.sleep(0.01)


def _sockets() -> int:
    return sum(_is_socket(each) for each in Path("/proc/self/fd").iterdir())


def _is_socket(path: Path) -> bool:
    try:
        return str(path.readlink()).startswith("socket:")
    except OSError:
        return False


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _memory(name: str) -> int:
    """In KB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])


def main(words: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What becomes of every fault of a model server.")
    parser.add_argument(
        "--server", help="another server than our own, such as http://127.0.0.1:18198"
    )
    parser.add_argument("--modes", help="only these, with commas")
    parser.add_argument("--json", action="store_true", help="one line of JSON a mode")
    given = parser.parse_args(words)
    if given.server:
        _print(given.server.rstrip("/"), given.modes, OTHER_MODES, as_json=given.json)
        return
    with serving() as server:
        _print(server, given.modes, OWN_MODES, as_json=given.json)


def _print(server: str, modes: str | None, every: Sequence[str], *, as_json: bool) -> None:
    measured(server, "ok" if every is OTHER_MODES else "good")
    if not as_json:
        sys.stdout.write(f"{'mode':22}{'outcome':18}{'s':>6}{'+MB':>8}{'calls':>7}{'left':>7}\n")
    for mode in modes.split(",") if modes else every:
        row = measured(server, mode)
        line = json.dumps(row._asdict()) if as_json else _line(row)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _line(row: Row) -> str:
    left = row.threads_left + row.sockets_left
    return (
        f"{row.mode:22}{row.outcome:18}{row.seconds:6.2f}{row.grown_mb:8.1f}{row.calls:7}{left:7}"
    )


if __name__ == "__main__":
    main()
