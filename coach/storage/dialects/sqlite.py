"""The only module that knows SQLite: its statements, pragmas, transactions, erasing and backups."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    exc,
    func,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.pool import ConnectionPoolEntry

from coach.errors import StoreUnavailable
from coach.storage.line import LONGEST_SECONDS, Patience

_BUSY_MS = int(LONGEST_SECONDS * 1000)
_AT_ONCE = 120
"""Connections: more than the threads that use them.

Those are 40 of the server, 64 that wait for a model and 8 that read with it.
"""
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={_BUSY_MS}",
    "PRAGMA trusted_schema=OFF",
)


def open_engine(path: Path) -> Engine:
    """Return an engine on this file; a commit is durable, and one writer works at a time."""
    # A database error must not repeat what people wrote, so parameters are hidden.
    engine = create_engine(
        f"sqlite:///{path}",
        # Connections that stay open between requests. Chosen by hand; not measured.
        pool_size=10,
        max_overflow=_AT_ONCE - 10,
        pool_timeout=LONGEST_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def added(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Add a row; return False when one with its key exists, which stays as it is."""
    once = insert(table).values(**row).on_conflict_do_nothing()
    return connection.execute(once).rowcount == 1


def added_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Add the rows whose keys do not exist yet."""
    connection.execute(insert(table).on_conflict_do_nothing(), rows)


def put(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Add a row, in place of one with its key."""
    key = [column.name for column in table.primary_key]
    values = {name: value for name, value in row.items() if name not in key}
    anew = insert(table).values(**row)
    connection.execute(anew.on_conflict_do_update(index_elements=key, set_=values))


def counted_up(
    connection: Connection, table: Table, row: Mapping[str, object], *, count: str
) -> None:
    """Add a row, or add one to its count when a row with its key exists."""
    key = [column.name for column in table.primary_key]
    once_more = insert(table).values(**row)
    connection.execute(
        once_more.on_conflict_do_update(index_elements=key, set_={count: table.c[count] + 1})
    )


def in_json(column: Column[str], path: str) -> ColumnElement[Any]:
    """Return what a JSON text holds at a path, null where it holds nothing there."""
    return func.json_extract(column, path)


def checkpoint(engine: Engine, *, seconds: float) -> bool:
    """Write the log into the file and empty it, so that erased text is gone from both.

    Returns False, and leaves the log as it was, while somebody still reads an earlier state.
    """
    with engine.connect() as connection:
        driver = _driver(connection)
        with _waiting_at_most(driver, seconds):
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def copy(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the database for its owner alone; works while it is in use.

    Raises FileExistsError when the target exists.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with translated(), engine.connect() as connection, closing(sqlite3.connect(target)) as copy_of:
        _driver(connection).backup(copy_of)


@contextmanager
def translated() -> Iterator[None]:
    """Raise StoreUnavailable for any error of the database, without the text it was given."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.TimeoutError as error:
        raise StoreUnavailable("the database is busy") from error
    except exc.DatabaseError as error:
        # The driver's message names the error. The statement would quote the text, so drop it.
        raise StoreUnavailable(f"the database does not answer: {error.orig}") from None
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the database does not answer: {error}") from None


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN comes too late for DDL and reads; SQLAlchemy's begin event sends it.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    if not options.get("writes"):
        connection.exec_driver_sql("BEGIN")
        return
    patience = options.get("patience") or Patience()
    with patience.waiting() as seconds, _waiting_at_most(_driver(connection), seconds):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _waiting_at_most(driver: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Wait at most this long for another writer, in this or another process."""
    driver.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={_BUSY_MS}")


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("this is SQLite's own module")
    return driver
