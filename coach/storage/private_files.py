"""What is kept is for its owner alone: files of others' eyes are closed at the start, new ones are made so."""

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
    """Whatever this process makes from now on nobody else may read: the files of SQLite and Chroma too."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def tighten(directory: Path) -> None:
    """Take from others what they may do with the directory and all that is in it.

    Raises DataDirectoryExposed where it is not ours or stays as it was.
    """
    changed = [path for path in _below(directory) if _tightened(path)]
    if changed:
        logger.warning(
            "others could read the data directory: closed", extra={"count": len(changed)}
        )


def _below(directory: Path) -> Iterator[Path]:
    """The directory first: what is in it is out of reach once it is closed."""
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
        f"others may read {path}, and this user cannot change that: run as its owner, or chmod go-rwx it"
    )
