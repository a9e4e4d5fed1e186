"""Keeps files private to their owner: tightens old ones at the start and makes new ones so."""

import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import DataDirectoryExposed

_OTHERS = stat.S_IRWXG | stat.S_IRWXO

logger = logging.getLogger("coach.start")


@contextmanager
def for_the_owner_alone() -> Iterator[None]:
    """Keep new files of this process from other users, those of SQLite and Chroma too."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def tighten(directory: Path) -> None:
    """Take all rights on the directory and what is in it from other users.

    Raises DataDirectoryExposed when it belongs to another user or cannot be changed.
    """
    changed = [path for path in _below(directory) if _tightened(path)]
    if changed:
        logger.warning(
            "others could read the data directory: closed", extra={"count": len(changed)}
        )


def _below(directory: Path) -> Iterator[Path]:
    """Yield the directory first; once it is closed, nobody can reach what is in it."""
    yield directory
    for folder, folders, files in os.walk(directory):
        for name in (*folders, *files):
            yield Path(folder) / name


def _tightened(path: Path) -> bool:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & _OTHERS:
            return False
        path.chmod(mode & ~_OTHERS)
        if not stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            return True
    except FileNotFoundError:
        return False  # gone meanwhile, or a link to nowhere
    except OSError:
        pass
    raise DataDirectoryExposed(
        f"others may read {path}, and this user cannot change that: run as its owner, or chmod "
        f"go-rwx it"
    )
