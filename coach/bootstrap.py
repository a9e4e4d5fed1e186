"""The one place where concrete parts meet."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from coach.engines.embedded.engine import EmbeddedEngine
from coach.errors import DataDirectoryHeld
from coach.ids import NewId, random_id
from coach.ports import Clock
from coach.service import Coach
from coach.settings import Settings
from coach.storage import sqlite
from coach.storage.migrate import check_current, migrate
from coach.storage.store import SqlStore
from retrieval.embedders import WordLlamaEmbedder
from retrieval.index import HybridIndex

_DATABASE = "coach.db"


@dataclass(frozen=True)
class Parts:
    """A coach with what it stands on."""

    coach: Coach
    store: SqlStore
    index: HybridIndex
    pepper: bytes


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@contextmanager
def opened(settings: Settings, *, clock: Clock = now, new_id: NewId = random_id) -> Iterator[Parts]:
    """Hold the data directory, bring the database up to date and open everything.

    Raises DataDirectoryHeld while another process holds it, DatabaseTooNew for a newer database.
    """
    with held(settings.data_dir), _store(settings, clock, writes=True) as store:
        store.drop_unfinished_answers()
        store.finish_erasing()
        index = HybridIndex(
            settings.data_dir / "index", WordLlamaEmbedder(), source=store.every_session
        )
        try:
            index.open()
            yield _parts(settings, store, index, clock=clock, new_id=new_id)
        finally:
            index.close()


def make_ready(settings: Settings) -> None:
    """Bring the database up to date; raises now what `opened` would raise in the middle of a start."""
    with held(settings.data_dir), _store(settings, now, writes=True) as store:
        store.check()


@contextmanager
def reading_only(settings: Settings, *, clock: Clock = now) -> Iterator[Parts]:
    """Open everything but the index beside a server that holds the directory; nothing is brought up to date.

    The index stays in its `starting` state: search answers from words alone.
    """
    with _store(settings, clock, writes=False) as store:
        index = HybridIndex(
            settings.data_dir / "index", WordLlamaEmbedder(), source=store.every_session
        )
        yield _parts(settings, store, index, clock=clock, new_id=random_id)


@contextmanager
def held(directory: Path) -> Iterator[None]:
    """Make the data directory (0700) and be the one process that writes to it."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(directory / "held.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DataDirectoryHeld(
            f"another process uses {directory}: stop it first (one server process a data directory)"
        ) from error
    try:
        yield
    finally:
        lock.release()


def backup(settings: Settings, target: Path) -> None:
    """Write a consistent copy of the database, also beside a running server."""
    engine = sqlite.open_engine(settings.data_dir / _DATABASE)
    try:
        sqlite.copy(engine, target)
    finally:
        engine.dispose()


@contextmanager
def _store(settings: Settings, clock: Clock, *, writes: bool) -> Iterator[SqlStore]:
    """The store; its database is brought up to date only by who holds the directory."""
    engine = sqlite.open_engine(settings.data_dir / _DATABASE)
    store = SqlStore(engine, clock=clock)
    try:
        (migrate if writes else check_current)(engine)
        yield store
    finally:
        store.close()


def _parts(
    settings: Settings, store: SqlStore, index: HybridIndex, *, clock: Clock, new_id: NewId
) -> Parts:
    pepper = _pepper(settings)
    admin_key = settings.admin_key.get_secret_value() if settings.admin_key else None
    coach = Coach(
        store,
        EmbeddedEngine(),
        index=index,
        pepper=pepper,
        admin_key=admin_key,
        clock=clock,
        new_id=new_id,
    )
    return Parts(coach, store, index, pepper)


def _pepper(settings: Settings) -> bytes:
    """The configured pepper, else the one in the data directory, made at the first start."""
    if settings.pepper is not None:
        return settings.pepper.get_secret_value().encode()
    path = settings.data_dir / "pepper"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(file.fileno())
    return path.read_bytes()
