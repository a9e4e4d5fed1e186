"""What an act costs in seconds of this thread's processor, measured so that a busy machine does not matter."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_HOPELESS_SECONDS = 2.0
"""What takes so long at the smallest sizes is stopped: it might never end."""


class Hopeless(Exception):
    """It took more than there is any reason to wait for."""


@contextmanager
def stopped_when_hopeless(seconds: float = _HOPELESS_SECONDS) -> Iterator[None]:
    """Raises Hopeless in what uses more of the processor than this; the seconds of others do not count."""

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
    """The least of several tries."""
    return min(_once(act) for _ in range(times))


def _once(act: Callable[[], object]) -> float:
    started = time.thread_time()
    act()
    return time.thread_time() - started
