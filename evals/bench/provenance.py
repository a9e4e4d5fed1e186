"""Records what the numbers of a bench rest on."""

import platform
import shutil
import subprocess
import time
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Provenance:
    """What the numbers rest on."""

    commit: str
    python: str
    platform: str
    cores: int | None
    load: str | None
    on: str


def provenance() -> Provenance:
    """What this run rests on."""
    git = shutil.which("git")
    commit = ""
    if git is not None:
        command = [git, "--no-optional-locks", "describe", "--always", "--dirty"]
        described = subprocess.run(  # noqa: S603 - fixed words
            command, cwd=_ROOT, capture_output=True, text=True, check=False
        )
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
    """Return how many processes wanted a core in the last 1, 5 and 15 minutes.

    None where the system does not say.
    """
    try:
        return " ".join(Path("/proc/loadavg").read_text("ascii").split()[:3])
    except FileNotFoundError:
        return None
