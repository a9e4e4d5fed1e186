"""A bar that shows how far a suite is."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class ProgressBar:
    """A progress bar that suites tell what they have done."""

    def __init__(self, shown: Progress, what: str) -> None:
        self._shown = shown
        self._what = what
        self._task = shown.add_task(what, total=None)

    def expect(self, total: int) -> None:
        """So many cases are to come."""
        self._shown.update(self._task, total=total)

    def done(self, case: str) -> None:
        """A case is done."""
        self._shown.update(self._task, advance=1, description=f"{self._what} {case}")


@contextmanager
def progress(what: str) -> Iterator[ProgressBar]:
    """A bar on standard error, gone when it is done."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield ProgressBar(shown, what)
