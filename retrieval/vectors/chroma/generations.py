"""Folders of the index: each generation has its own, and a small file names the one in use."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

from retrieval.embedders.port import Embedder
from retrieval.passages import SPLIT_VERSION

_POINTER = "current"
_MANIFEST = "manifest.json"


class Manifest(NamedTuple):
    """What a generation was made with; any difference means that it must be made again."""

    embedder: str
    dimension: int
    split_version: int


def manifest_of(embedder: Embedder) -> Manifest:
    """Return the manifest of a generation made now."""
    return Manifest(embedder.name, embedder.dimension, SPLIT_VERSION)


def current(directory: Path, manifest: Manifest) -> Path | None:
    """Return the generation in use, None without one or when it has another manifest."""
    try:
        folder = directory / (directory / _POINTER).read_text("utf-8").strip()
        made_with = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    usable = folder.parent == directory and made_with == manifest._asdict()
    return folder if usable else None


def fresh(directory: Path) -> Path:
    """Return a new empty folder with a number that no other generation has."""
    if directory.is_file():
        directory.replace(directory.with_suffix(".aside"))
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = max((_number(path) for path in directory.glob("gen-*")), default=0) + 1
    folder = directory / f"gen-{number}"
    folder.mkdir(mode=0o700)
    return folder


def use(folder: Path, manifest: Manifest) -> None:
    """Use this generation from now on; after a crash the old or the new one is in use."""
    (folder / _MANIFEST).write_text(json.dumps(manifest._asdict()), "utf-8")
    pointer = folder.parent / _POINTER
    beside = pointer.with_suffix(".new")
    beside.write_text(folder.name, "utf-8")
    beside.replace(pointer)


def remove_all_but(folder: Path) -> None:
    """Remove every other generation beside this one."""
    for other in _generations(folder.parent):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def is_alone(folder: Path) -> bool:
    """Whether there is no other generation beside this one."""
    return _generations(folder.parent) == [folder]


def _generations(directory: Path) -> list[Path]:
    return [path for path in directory.glob("gen-*") if path.is_dir()]


def _number(path: Path) -> int:
    digits = path.name.removeprefix("gen-")
    return int(digits) if digits.isascii() and digits.isdigit() else 0
