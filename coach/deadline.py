"""Limits how long the work for one request may take; long loops check the time and stop.

Without a deadline nothing is stopped. So it is for the command line, upkeep and a model's threads.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from time import monotonic

from coach.errors import OutOfTime


class Deadline:
    """A limit of so many seconds of work from now on, without the time spent waiting for a model.

    `aside` is entered while waiting for a model, so that others may work meanwhile.
    """

    def __init__(
        self, seconds: float, *, aside: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> None:
        self._until = monotonic() + seconds
        self._aside = aside

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return monotonic() > self._until

    @contextmanager
    def running(self) -> Iterator[None]:
        """Hold for all work in this block, and on threads that copy its context."""
        token = _present.set(self)
        try:
            yield
        finally:
            _present.reset(token)

    @contextmanager
    def halted(self) -> Iterator[None]:
        """Step aside, and extend the deadline by the time this block takes."""
        began = monotonic()
        try:
            with self._aside():
                yield
        finally:
            self._until += monotonic() - began


_present: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def check() -> None:
    """Raise OutOfTime when the present deadline is over.

    For long loops, at places where nothing is left half done.
    """
    present = _present.get()
    if present is not None and present.over:
        raise OutOfTime("this took too long and was stopped")


@contextmanager
def waiting_for_a_model() -> Iterator[None]:
    """Halt the present deadline while a model works, which has a deadline of its own."""
    present = _present.get()
    with nullcontext() if present is None else present.halted():
        yield
