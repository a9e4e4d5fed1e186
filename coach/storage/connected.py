"""The base of every part of the store: reading and writing, each in one transaction.

Methods that say "See Store" do what coach.ports.Store promises.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, select

from coach.ports import Clock
from coach.storage import revisions, tables
from coach.storage.dialects import sqlite
from coach.storage.line import LONGEST_SECONDS, Line


class Connected:
    """The database connection of one process."""

    def __init__(
        self, engine: Engine, *, clock: Clock, patience_seconds: float = LONGEST_SECONDS
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._line = Line(seconds=patience_seconds)
        self._answering: set[tuple[str, str]] = set()

    def check(self) -> None:
        """See Store."""
        with self._reading() as connection:
            connection.execute(select(tables.mentorships.c.seq).limit(1))

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with sqlite.translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self, *, at_most: float | None = None) -> Iterator[Connection]:
        with (
            sqlite.translated(),
            self._line.turn(at_most=at_most) as patience,
            self._engine.connect().execution_options(writes=True, patience=patience) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _changing(self, mentorship_id: str, if_revision: int | None = None) -> Iterator[Connection]:
        """Write to a mentorship and raise its revision; raises Outdated unless as expected."""
        with self._writing() as connection:
            revisions.move_on(connection, mentorship_id, expected=if_revision)
            yield connection
