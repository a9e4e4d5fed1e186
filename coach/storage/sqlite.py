"""The one module that knows SQLite: pragmas, write transactions, erasing for good, backups."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.pool import ConnectionPoolEntry

from coach.errors import StoreUnavailable

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA trusted_schema=OFF",
)


def open_engine(path: Path) -> Engine:
    """An engine on this file: durable when a commit returns, one writer at a time."""
    # An error of the database must not repeat what people wrote: its parameters stay hidden.
    engine = create_engine(f"sqlite:///{path}", pool_size=10, max_overflow=40, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def checkpoint(engine: Engine) -> None:
    """Write the log into the file and empty it, so that erased text is gone from both."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def copy(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the database for its owner alone, also while it is in use.

    Raises FileExistsError rather than write over anything.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with translated(), engine.connect() as connection, closing(sqlite3.connect(target)) as copy_of:
        source = connection.connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise TypeError("only SQLite databases are copied here")
        source.backup(copy_of)


@contextmanager
def translated() -> Iterator[None]:
    """Raise StoreUnavailable for whatever the database cannot do; never with the text it was given."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.TimeoutError as error:
        raise StoreUnavailable("the database is busy") from error
    except exc.DatabaseError as error:
        # The driver's message names the fault, the statement would quote the text: drop it.
        raise StoreUnavailable(f"the database does not answer: {error.orig}") from None
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the database does not answer: {error}") from None


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN comes too late for DDL and reads: SQLAlchemy's begin event sends it.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
