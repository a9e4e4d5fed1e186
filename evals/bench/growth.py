"""Measures a mentorship that grows in one data directory, at each size on the way.

A uvicorn child and one HTTP connection, rather than the application inside this process, so that
the times hold sockets, JSON and the thread pool, and the memory is the server's own.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.bench.answer_times import measure_answers
from evals.bench.client import Client
from evals.bench.held import HeldMentorship
from evals.bench.histories import history
from evals.bench.index_rebuild import rebuilt_passages_per_second
from evals.bench.measurement import SizeMeasurement
from evals.bench.mentorship import begin_mentorship
from evals.bench.server import Server

# Limits the posting of one size, because a post slows down as a history grows. The missing
# sessions are put into the store without a request.
POSTING_SECONDS = 25.0


class GrowingMentorship:
    """One mentorship and its server, which is started anew at each size."""

    def __init__(self, directory: Path) -> None:
        data_dir = directory / "data"
        self._server = Server(data_dir)
        self._server.ready()
        path, key = begin_mentorship(self._server.port)
        self._mentorship = HeldMentorship(data_dir, path, key, history())

    def measurement(self, size: int) -> SizeMeasurement:
        """Grow to this many sessions, then measure."""
        made = SizeMeasurement(size)
        self._grow(made)
        self._server.ready(index=True)
        measure_answers(self._mentorship, self._server.port, made)
        made.resident_mb = self._server.resident_mb()
        self._server.stop()
        mentorship = self._mentorship
        made.rebuild_passages_per_second = rebuilt_passages_per_second(
            mentorship.data_dir, mentorship.held
        )
        self._server = Server(mentorship.data_dir)
        made.start_seconds = self._server.ready()
        made.index_ready_seconds = made.start_seconds + self._server.ready(index=True)
        return made

    def close(self) -> None:
        """Stop the server."""
        self._server.stop()

    def _grow(self, made: SizeMeasurement) -> None:
        """Post sessions while there is time, then put the missing ones into the store."""
        mentorship = self._mentorship
        with Client(self._server.port, mentorship.key) as client:
            while len(mentorship.held) < made.sessions and made.posting_seconds < POSTING_SECONDS:
                (session,) = mentorship.next_sessions(1)
                mentorship.post(client, session, made)
        if missing := mentorship.next_sessions(made.sessions - len(mentorship.held)):
            self._server.stop()
            mentorship.put(missing)
            self._server = Server(mentorship.data_dir)
            self._server.ready()


@contextmanager
def growing_mentorship() -> Iterator[GrowingMentorship]:
    """Yield a mentorship in a temporary directory; afterwards its server is stopped."""
    with tempfile.TemporaryDirectory() as directory:
        growing = GrowingMentorship(Path(directory))
        try:
            yield growing
        finally:
            growing.close()
