"""Upkeep: what the person who runs the coach asks of it."""

from coach.ports import IndexState
from coach.reading.pipeline import Progress
from coach.use_cases.base import UseCases


class Upkeep(UseCases):
    """Reads again, and checks that everything is there that answers need."""

    def reread(self, progress: Progress | None = None) -> int:
        """Read each note that the present engines have not read; return the number of readings."""
        read = self._pipeline.reread(progress) + self._clauses.reread(progress)
        if self._second is None:
            return read
        clauses = self._second.clauses
        read += self._second.read_all(progress)
        return read + (clauses.read_all(progress) if clauses else 0)

    def check(self) -> IndexState:
        """Return the index's state; raise StoreUnavailable when the store is not open."""
        self._store.check()
        return self._index.state

    def settle_model(self) -> None:
        """Wait until a model has read, or failed at, all that it is to read in the background."""
        if self._second:
            self._second.settle()
