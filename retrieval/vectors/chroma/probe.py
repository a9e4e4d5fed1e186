"""Opens an index in a separate process, because a damaged one can crash the process."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from retrieval.vectors.chroma.collections import Collections, Holding

_ROOT = Path(__file__).resolve().parents[3]
# How often the child is looked at. Chosen by hand; not measured.
_LOOK_SECONDS = 0.02


def probed(
    folder: Path, *, stop: threading.Event, timeout_seconds: float
) -> dict[str, Holding] | None:
    """Return what a child process found in a folder, None when it crashed, hung or failed."""
    command = [sys.executable, "-m", "retrieval.vectors.chroma.probe", str(folder.resolve())]
    with subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
        command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        # Reads what the child prints, so that a long answer cannot block it.
        said: list[bytes] = []
        listener = threading.Thread(target=lambda: said.append(_all_of(child)), daemon=True)
        listener.start()
        _await(child, stop, deadline=time.monotonic() + timeout_seconds)
        child.kill()
        listener.join()
    return _understood(said) if child.returncode == 0 else None


def _all_of(child: "subprocess.Popen[bytes]") -> bytes:
    return child.stdout.read() if child.stdout else b""


def _await(child: "subprocess.Popen[bytes]", stop: threading.Event, *, deadline: float) -> None:
    while child.poll() is None and time.monotonic() < deadline and not stop.is_set():
        time.sleep(_LOOK_SECONDS)


def _understood(said: list[bytes]) -> dict[str, Holding] | None:
    try:
        answer = json.loads(b"".join(said))
        return {
            str(name): Holding(int(size), str(digest)) for name, (size, digest) in answer.items()
        }
    except (ValueError, TypeError, AttributeError):
        return None


def main() -> None:
    """Print what each collection of the named folder holds, after searching each of them once."""
    collections = Collections(Path(sys.argv[1]))
    collections.try_queries()
    sys.stdout.write(json.dumps(collections.holdings()))


if __name__ == "__main__":
    main()
