"""The one place where concrete parts are put together."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from coach.engines.embedded.clause_engine import EmbeddedClauses
from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.gateway.gateway import Gateway, ModelSettings
from coach.engines.gateway.tape import Tape
from coach.engines.llm.clause_engine import LlmClauses
from coach.engines.llm.engine import LlmEngine
from coach.errors import DataDirectoryHeld
from coach.ids import NewId, random_id
from coach.ports import ClauseEngine, Clock, Model
from coach.reading.model_clauses import ModelClauses
from coach.reading.model_reader import ModelReader
from coach.settings import Settings
from coach.storage.dialects import sqlite
from coach.storage.migrate import check_current, migrate
from coach.storage.private_files import for_the_owner_alone, tighten
from coach.storage.store import SqlStore
from coach.use_cases.coach import Coach
from retrieval.alike import Alike
from retrieval.embedders.wordllama import WordLlamaEmbedder
from retrieval.index import HybridIndex

_DATABASE = "coach.db"


@dataclass(frozen=True)
class Parts:
    """A coach and the parts under it."""

    coach: Coach
    store: SqlStore
    index: HybridIndex
    pepper: bytes
    model: Model | None = None


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


@contextmanager
def opened(
    settings: Settings,
    *,
    clock: Clock = now,
    new_id: NewId = random_id,
    catches_up: bool = True,
    clauses: ClauseEngine | None = None,
) -> Iterator[Parts]:
    """Hold the data directory, bring the database up to date and yield everything open.

    Notes that an earlier process stored and did not read are read in the background, unless
    `catches_up` is false. Raises DataDirectoryHeld while another process holds the directory, and
    DatabaseTooNew for a newer database.
    """
    with held(settings.data_dir), _store(settings, clock, writes=True) as store:
        index = _index(settings, store)
        second = _second_reader(settings, store, clock=clock)
        parts = _parts(
            settings, store, index, clock=clock, new_id=new_id, second=second, clauses=clauses
        )
        try:
            index.open()
            parts.coach.erasing.open()
            parts.coach.record.open()
            if catches_up:
                parts.coach.catching_up.open()
                if second is not None and second.clauses is not None:
                    second.clauses.open()
            yield parts
        finally:
            parts.coach.catching_up.close()
            parts.coach.record.close()
            parts.coach.erasing.close()
            index.close()
            if second is not None:
                second.close()


def make_ready(settings: Settings) -> None:
    """Bring the database up to date; raise now what `opened` would raise during a start."""
    with held(settings.data_dir), _store(settings, now, writes=True) as store:
        store.check()


@contextmanager
def reading_only(settings: Settings, *, clock: Clock = now) -> Iterator[Parts]:
    """Yield everything open except the index, beside a server that holds the directory.

    Nothing is brought up to date. What needs no index may be written, such as a link to sign in
    with. The index stays in its `starting` state, so search answers from words alone.
    """
    with _store(settings, clock, writes=False) as store:
        index = _index(settings, store)
        second = _second_reader(settings, store, clock=clock)
        try:
            yield _parts(settings, store, index, clock=clock, new_id=random_id, second=second)
        finally:
            if second is not None:
                second.close()


@contextmanager
def held(directory: Path) -> Iterator[None]:
    """Make the data directory, closed to others (0700), and be the one process that writes to it.

    Raises DataDirectoryHeld if another process holds it, and DataDirectoryExposed if others may
    read it and that cannot be changed.
    """
    with for_the_owner_alone():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        tighten(directory)
        lock = FileLock(directory / "held.lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise DataDirectoryHeld(
                f"another process uses {directory}: stop it first (one server process a data "
                "directory)"
            ) from error
        try:
            yield
        finally:
            lock.release()


def backup(settings: Settings, target: Path) -> None:
    """Write a consistent copy of the database, even beside a running server."""
    engine = sqlite.open_engine(settings.data_dir / _DATABASE)
    try:
        sqlite.copy(engine, target)
    finally:
        engine.dispose()


@contextmanager
def _store(settings: Settings, clock: Clock, *, writes: bool) -> Iterator[SqlStore]:
    """Yield the store; only the holder of the directory brings its database up to date."""
    engine = sqlite.open_engine(settings.data_dir / _DATABASE)
    store = SqlStore(engine, clock=clock)
    try:
        (migrate if writes else check_current)(engine)
        yield store
    finally:
        store.close()


def _parts(  # noqa: PLR0913 - all parts
    settings: Settings,
    store: SqlStore,
    index: HybridIndex,
    *,
    clock: Clock,
    new_id: NewId,
    second: ModelReader | None,
    clauses: ClauseEngine | None = None,
) -> Parts:
    pepper = _pepper(settings)
    admin_key = settings.admin_key.get_secret_value() if settings.admin_key else None
    coach = Coach(
        store,
        EmbeddedEngine(limits=settings.limits),
        index=index,
        pepper=pepper,
        admin_key=admin_key,
        clock=clock,
        new_id=new_id,
        second=second,
        limits=settings.limits,
        clauses=clauses or EmbeddedClauses(),
        alike=Alike(WordLlamaEmbedder()) if second else None,
    )
    return Parts(coach, store, index, pepper, second.model if second else None)


def model_of(settings: Settings) -> LlmEngine | None:
    """Return the configured model as an engine, or None. Nothing is asked of it yet."""
    gateway = _gateway(settings)
    return None if gateway is None else _engine(settings, gateway)


def _engine(settings: Settings, gateway: Gateway) -> LlmEngine:
    return LlmEngine(gateway, seconds=settings.llm_deadline_seconds, pinned=settings.llm_prompts)


def _gateway(settings: Settings) -> Gateway | None:
    tape = Tape.of(record=settings.llm_record, replay=settings.llm_replay)
    named = settings.llm_model or ("openai:replayed" if settings.llm_replay else None)
    if named is None:
        return None
    provider, _, name = named.partition(":")
    base_url = str(settings.llm_base_url) if settings.llm_base_url else None
    chosen = ModelSettings(
        provider, name, base_url, settings.llm_api_key, settings.llm_deadline_seconds
    )
    return Gateway(chosen, tape=tape)


def model_notice(settings: Settings) -> str | None:
    """Return a sentence that says which host sees which notes, or None without a model."""
    model = model_of(settings)
    if model is None:
        return None
    if model.stays_here:
        return f"{model.model} on this machine reads the notes too."
    return (
        f"{model.model} at {model.host} reads the notes too, of those mentorships alone whose "
        "mentor and mentee have both agreed (external_llm)."
    )


def _index(settings: Settings, store: SqlStore) -> HybridIndex:
    return HybridIndex(
        settings.data_dir / "index",
        WordLlamaEmbedder(),
        source=store.every_session,
        most=settings.most_passages,
    )


def _second_reader(settings: Settings, store: SqlStore, *, clock: Clock) -> ModelReader | None:
    gateway = _gateway(settings)
    if gateway is None:
        return None
    read = LlmClauses(gateway, seconds=settings.llm_deadline_seconds, pinned=settings.llm_prompts)
    clauses = ModelClauses(read, store, clock=clock)
    return ModelReader(_engine(settings, gateway), store, clock=clock, clauses=clauses)


def _pepper(settings: Settings) -> bytes:
    """Return the configured pepper, else the one in the data directory, made at the first start."""
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
