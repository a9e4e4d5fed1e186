"""Measures the cost of an act in CPU seconds of this thread, so that other work does not count."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_HOPELESS_SECONDS = 2.0
"""An act that takes so long at the smallest sizes is stopped. Chosen by hand; not measured."""


class Hopeless(Exception):
    """An act took too long to wait for."""


@contextmanager
def stopped_when_hopeless(seconds: float = _HOPELESS_SECONDS) -> Iterator[None]:
    """Raise Hopeless in this block once it uses more CPU seconds than this."""

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise Hopeless

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(act: Callable[[], object], *, times: int = 1) -> float:
    """Return the least CPU seconds of several tries."""
    return min(_once(act) for _ in range(times))


def _once(act: Callable[[], object]) -> float:
    started = time.thread_time()
    act()
    return time.thread_time() - started
