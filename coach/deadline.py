"""How long the work for one asker may take: long loops look at the time, and stop when it is over.

Where no deadline runs nothing is stopped: the command line, upkeep and a model's own threads take what they need.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from time import monotonic

from coach.errors import OutOfTime


class Deadline:
    """So many seconds of work from now on; the time that is spent waiting for a model does not count.

    `aside` is entered for as long as a model is waited for: others may work meanwhile.
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
        """Hold for all that is done within, also on threads that take this context along."""
        token = _present.set(self)
        try:
            yield
        finally:
            _present.reset(token)

    @contextmanager
    def halted(self) -> Iterator[None]:
        """Step aside, and add the time until it goes on."""
        began = monotonic()
        try:
            with self._aside():
                yield
        finally:
            self._until += monotonic() - began


_present: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def check() -> None:
    """Raise OutOfTime when the present deadline is over: for loops that may be long, where nothing is half done."""
    present = _present.get()
    if present is not None and present.over:
        raise OutOfTime("this took too long and was stopped")


@contextmanager
def waiting_for_a_model() -> Iterator[None]:
    """Halt the present deadline: what a model takes has a deadline of its own."""
    present = _present.get()
    with nullcontext() if present is None else present.halted():
        yield
