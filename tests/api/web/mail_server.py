"""A mail server of a few lines on this machine.

It keeps what it is given, or fails as it is told to.
"""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """What came in, and how the server behaves.

    `well`, `refusing` an address, `silent` or `odd`.
    """

    behaves: str = "well"
    port: int = 0
    said: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        if post.behaves == "silent":
            post.closing.wait(60)
            return
        self._say("ready" if post.behaves == "odd" else "220 here")
        while line := self.rfile.readline().decode().strip():
            post.said.append(line)
            if line.upper().startswith("QUIT"):
                self._say("221 bye")
                return
            self._answer(post, line.upper())

    def _answer(self, post: Post, line: str) -> None:
        if line.startswith("EHLO"):
            self._say("250-here\r\n250 AUTH PLAIN")
        elif line.startswith("RCPT") and post.behaves == "refusing":
            self._say(f"550 no such person: {line}")
        elif line.startswith("AUTH"):
            self._say("235 welcome")
        elif line == "DATA":
            self._say("354 go on")
            body = b"".join(iter(self.rfile.readline, b".\r\n"))
            post.letters.append(message_from_bytes(body, policy=policy.default))
            self._say("250 kept")
        else:
            self._say("250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(behaves: str = "well") -> Iterator[Post]:
    """A mail server that runs for a while."""
    post = Post(behaves)
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.post = post  # type: ignore[attr-defined]
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield post
        post.closing.set()
        server.shutdown()
        thread.join()
