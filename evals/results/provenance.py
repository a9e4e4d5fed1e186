"""What a result of this checkout rests on."""

import hashlib
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from coach.engines.embedded.engine import EmbeddedEngine
from evals.results.result import Provenance

_ROOT = Path(__file__).parents[2]
_DATA_SUFFIXES = frozenset({".yaml", ".json", ".md"})
# 64 bits tell any two states of a folder apart, and still fit into a line.
_DIGEST_DIGITS = 16
# Those whose releases can move a figure.
_PACKAGES = ("chromadb", "numpy", "wordllama", "pydantic")


def provenance(data: Path) -> Provenance:
    """What a result of this checkout, on this machine, over this data rests on."""
    engine = EmbeddedEngine()
    return Provenance(
        made_at=datetime.now(UTC).replace(microsecond=0),
        commit=_git("rev-parse", "HEAD") or "unknown",
        dirty=bool(_git("status", "--porcelain")),
        engine=engine.name,
        engine_version=engine.version,
        model=None,
        prompts=_digest([_ROOT / "prompts" / "SHA256SUMS"]),
        data=_digest([data] if data.is_file() else _data_files(data)),
        lock=_digest([_ROOT / "requirements.txt"]),
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        packages={name: version(name) for name in _PACKAGES},
    )


def _data_files(folder: Path) -> list[Path]:
    """The files of labels, talks and notes below a folder, in the order of their names."""
    return sorted(
        each for each in folder.rglob("*") if each.is_file() and each.suffix in _DATA_SUFFIXES
    )


def _digest(files: Sequence[Path]) -> str:
    """A digest of the names and contents of files."""
    made = hashlib.sha256()
    for file in files:
        made.update(file.name.encode())
        made.update(file.read_bytes())
    return made.hexdigest()[:_DIGEST_DIGITS]


def _git(*words: str) -> str:
    """What git answers; empty where it does not."""
    done = subprocess.run(  # noqa: S603 - fixed words
        ["git", *words],  # noqa: S607
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
