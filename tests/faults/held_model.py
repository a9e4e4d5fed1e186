"""A model server on a host of this machine that counts as another machine.

It holds every question until it is let go.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from tests.faults.minds import Asked, answer_of, asked_of, completion
from tests.provider import honest

# Any address of the loopback network but the first counts as elsewhere.
ELSEWHERE = "127.0.0.2"


class Arrived(NamedTuple):
    """A question that reached the server, and when."""

    asked: Asked
    body: str
    at: float


class HeldModel:
    """What has arrived, and the say over when it is answered."""

    def __init__(self, *, after_seconds: float | None) -> None:
        self.address = ""
        self.mind: Callable[[Asked], dict[str, object]] = honest
        self.arrived: list[Arrived] = []
        self._after_seconds = after_seconds
        self._changed = threading.Condition()
        self._let_go = False
        self._answered: set[str] = set()
        self._let_through = 0

    def answer(self, call: str) -> None:
        """From now on answer one kind of question at once."""
        with self._changed:
            self._answered.add(call)
            self._changed.notify_all()

    def answer_held(self) -> None:
        """Answer what is held now, and hold what comes later."""
        with self._changed:
            self._let_through = len(self.arrived)
            self._changed.notify_all()

    def let_go(self) -> None:
        """Answer what is held, and from now on everything at once."""
        with self._changed:
            self._let_go = True
            self._changed.notify_all()

    def wait_for(self, count: int, *, call: str | None = None, seconds: float = 20) -> bool:
        """Whether so many questions have arrived, once they have or it took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.of(call)) >= count, seconds)

    def of(self, call: str | None) -> list[Arrived]:
        """What arrived of one kind of question."""
        return [each for each in self.arrived if call in {None, each.asked.call}]

    def takes(self, body: bytes) -> bytes:
        """The answer to one question, when it is time for it."""
        asked = asked_of(json.loads(body), ())
        with self._changed:
            number = len(self.arrived)
            self.arrived.append(Arrived(asked, body.decode(), time.monotonic()))
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_due(number, asked), self._after_seconds)
        return json.dumps(completion(asked, json.dumps(answer_of(self.mind, asked)))).encode()

    def _is_due(self, number: int, asked: Asked) -> bool:
        return self._let_go or asked.call in self._answered or number < self._let_through


class _Handler(BaseHTTPRequestHandler):
    model: HeldModel

    def do_POST(self) -> None:
        answer = self.model.takes(self.rfile.read(int(self.headers["content-length"])))
        try:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except ConnectionError:
            pass  # nobody waits for it any more

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def held_model(*, host: str = ELSEWHERE, after_seconds: float | None = None) -> Iterator[HeldModel]:
    """A server that holds each question, for so many seconds at most where they are given."""
    model = HeldModel(after_seconds=after_seconds)
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer((host, 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    model.address = f"http://{host}:{server.server_port}/v1"
    try:
        yield model
    finally:
        model.let_go()
        server.shutdown()
        server.server_close()
