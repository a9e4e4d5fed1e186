"""One HTTP connection to a server of this machine, with times to the last byte."""

import http.client
import time
from typing import NamedTuple, Self

from coach.errors import Failed

# The slowest answer took one second on two busy cores (2026-11-29): after a minute none comes.
_LONGEST_SECONDS = 60


class Answer(NamedTuple):
    """What a server answered, and the seconds to its last byte."""

    status: int
    body: bytes
    milliseconds: float


class Client:
    """One connection that stays open, with one key."""

    def __init__(self, port: int, key: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LONGEST_SECONDS)
        self._headers = {"Authorization": f"Bearer {key}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str) -> Answer:
        """Ask for something."""
        return self._send("GET", path, None, {})

    def post(
        self, path: str, body: str, *, once: str | None = None, method: str = "POST"
    ) -> Answer:
        """Send JSON; `once` is the Idempotency-Key."""
        headers = {"Content-Type": "application/json"}
        if once is not None:
            headers["Idempotency-Key"] = once
        return self._send(method, path, body.encode(), headers)

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        began_at = time.perf_counter()
        self._connection.request(method, path, body, {**self._headers, **headers})
        response = self._connection.getresponse()
        said = response.read()
        return Answer(response.status, said, (time.perf_counter() - began_at) * 1000)


def expected(answer: Answer, status: int) -> Answer:
    """The answer. Raises Failed when it has another status."""
    if answer.status != status:
        raise Failed(f"the server answered {answer.status} where {status} was expected")
    return answer
