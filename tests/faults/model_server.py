"""A model server of every bad habit: POST /<mode>/chat/completions answers with that fault.

`python -m tests.faults.model_server [PORT]` prints the port it listens on. GET /hits tells how
often each mode was asked, GET /times when, and GET /seen the headers of the last request of each.
"""

import asyncio
import gzip
import json
import math
import socket
import struct
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from functools import partial

ANSWER = '{"owner": "mentee"}'
_MEBI = 2**20


@dataclass
class Ask:
    """One request, and the way to answer it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    count: int

    async def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    async def reply(self, status: int, body: str | bytes, **headers: str) -> None:
        """An answer of HTTP, whole."""
        content = body.encode() if isinstance(body, str) else body
        told = {"content-type": "application/json", "content-length": str(len(content)), **headers}
        await self.send(head(status, told) + content)

    async def chunk(self, content: bytes) -> None:
        await self.send(f"{len(content):x}\r\n".encode() + content + b"\r\n")


def head(status: int, headers: dict[str, str]) -> bytes:
    lines = (f"{name.replace('_', '-')}: {value}" for name, value in headers.items())
    return "\r\n".join([f"HTTP/1.1 {status} Said", *lines, "", ""]).encode()


def completion(
    content: str | None = ANSWER, *, end: str | None = "stop", **message: object
) -> dict[str, object]:
    """What a good server answers."""
    said = {"role": "assistant", "content": content, **message}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1_767_225_600,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": end, "message": said}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def without(answer: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in answer.items() if name not in names}


Mode = Callable[[Ask], Awaitable[None]]


def says(answer: object, status: int = 200, **headers: str) -> Mode:
    """The same answer, every time."""
    body = answer if isinstance(answer, str) else json.dumps(answer)
    return lambda ask: ask.reply(status, body, **headers)


def fails(status: int, code: object = None, kind: str = "error", **headers: str) -> Mode:
    return says({"error": {"message": "no", "type": kind, "code": code}}, status, **headers)


def first(fault: Mode, then: Mode | None = None) -> Mode:
    """The fault at first, and afterwards a good answer."""
    return lambda ask: (fault if ask.count == 1 else then or says(completion()))(ask)


async def _date(ask: Ask, ahead_seconds: float) -> None:
    day = formatdate(math.ceil(time.time() + ahead_seconds), usegmt=True)
    await fails(429, **{"retry-after": day})(ask)


async def _hang(_ask: Ask) -> None:
    await asyncio.sleep(30)


async def _slow_headers(ask: Ask) -> None:
    for letter in head(200, {"content-type": "application/json"}):
        await ask.send(bytes([letter]))
        await asyncio.sleep(0.3)


async def _drip(ask: Ask, body: bytes, seconds: float, **headers: str) -> None:
    """One byte after another."""
    await ask.send(head(200, {"transfer-encoding": "chunked", **headers}))
    for byte in body:
        await ask.chunk(bytes([byte]))
        await asyncio.sleep(seconds)
    await ask.send(b"0\r\n\r\n")


async def _endless_headers(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 Said\r\n")
    while True:
        await ask.send(b"x-more: " + b"x" * 1000 + b"\r\n")


async def _large(ask: Ask) -> None:
    """100 MB of blanks and then a good answer."""
    body = json.dumps(completion()).encode()
    length = str(100 * _MEBI + len(body))
    await ask.send(head(200, {"content-type": "application/json", "content-length": length}))
    for _ in range(100):
        await ask.send(b" " * _MEBI)
    await ask.send(body)


async def _endless(ask: Ask) -> None:
    await ask.send(head(200, {"content-type": "application/json", "transfer-encoding": "chunked"}))
    while True:
        await ask.chunk(b" " * _MEBI)


async def _reset(ask: Ask) -> None:
    """The connection is torn down, not closed."""
    made: socket.socket = ask.writer.get_extra_info("socket")
    made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    ask.writer.transport.abort()


async def _cut(ask: Ask, end: Mode) -> None:
    """Half of an answer whose length was promised."""
    body = json.dumps(completion()).encode()
    told = {"content-type": "application/json", "content-length": str(len(body))}
    await ask.send(head(200, told), body[: len(body) // 2])
    await asyncio.sleep(0.05)
    await end(ask)


async def _close(ask: Ask) -> None:
    ask.writer.close()


async def _half_chunked(ask: Ask) -> None:
    """Half of an answer, ended as if it were whole."""
    body = json.dumps(completion()).encode()
    await ask.send(head(200, {"content-type": "application/json", "transfer-encoding": "chunked"}))
    await ask.chunk(body[: len(body) // 2])
    await ask.send(b"0\r\n\r\n")


async def _events(ask: Ask, *events: str) -> None:
    """A stream of events, which nobody asked for."""
    await ask.send(head(200, {"content-type": "text/event-stream", "transfer-encoding": "chunked"}))
    for event in events:
        await ask.chunk(f"data: {event}\n\n".encode())
    await ask.send(b"0\r\n\r\n")


def zipped(size: int) -> bytes:
    """A good answer behind so many blanks, packed without ever being in memory."""
    packer = zlib.compressobj(6, wbits=31)
    pieces = [packer.compress(b" " * _MEBI) for _ in range(size // _MEBI)]
    return b"".join([*pieces, packer.compress(json.dumps(completion()).encode()), packer.flush()])


def _packed(body: bytes, encoding: str = "gzip") -> Mode:
    return lambda ask: ask.reply(200, body, **{"content-encoding": encoding})


async def _bomb(ask: Ask, status: int = 200, times: int = 1) -> None:
    body = zipped(200 * _MEBI)
    for _ in range(times - 1):
        body = gzip.compress(body)
    await ask.reply(status, body, **{"content-encoding": ", ".join(["gzip"] * times)})


_GOOD = json.dumps(completion()).encode()
_EVENT = json.dumps({"choices": [{"index": 0, "delta": {"content": "Hello"}}]})
MODES: dict[str, Mode] = {
    "good": says(completion()),
    "good_gzip": _packed(gzip.compress(_GOOD)),
    "good_without_usage": says(without(completion(), "usage")),
    "good_invented_quote": says(completion('{"owner": "Nobody named"}')),
    "429_seconds": first(fails(429, "rate", **{"retry-after": "1"})),
    "429_ms": first(fails(429, "rate", **{"retry-after-ms": "700", "retry-after": "9"})),
    "429_date": first(partial(_date, ahead_seconds=1)),
    "429_past_date": first(fails(429, **{"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})),
    "429_nonsense": first(fails(429, **{"retry-after": "soon"})),
    "429_hour": fails(429, "rate", **{"retry-after": "3600"}),
    "429_always": fails(429, "rate"),
    "429_quota": fails(429, "insufficient_quota", "insufficient_quota", **{"retry-after": "1"}),
    "500_once": first(fails(500)),
    "500_always": fails(500, 500),
    "502_html": says("<html>bad gateway</html>", 502, **{"content-type": "text/html"}),
    "503_seconds": first(fails(503, **{"retry-after": "1"})),
    "504_always": fails(504),
    "501": fails(501),
    "400": fails(400),
    "400_context": fails(400, "context_length_exceeded", "invalid_request_error"),
    "400_context_by_type": fails(400, 400, "exceed_context_size_error"),
    "400_filter": fails(400, "content_filter"),
    "401": fails(401, "invalid_api_key"),
    "403": fails(403),
    "404": fails(404, "model_not_found"),
    "307": says("", 307, location="/stolen/chat/completions"),
    "stolen": says(completion()),
    "hang": _hang,
    "slow_headers": _slow_headers,
    "drip": partial(_drip, body=b" " * 60 + _GOOD, seconds=0.5),
    "drip_gzip": partial(
        _drip, body=gzip.compress(_GOOD), seconds=0.5, **{"content-encoding": "gzip"}
    ),
    "endless_headers": _endless_headers,
    "reset": _reset,
    "reset_once": first(_reset),
    "reset_midway": partial(_cut, end=_reset),
    "closed_midway": partial(_cut, end=_close),
    "closed_silently": _close,
    "cut_cleanly": _half_chunked,
    "not_http": lambda ask: ask.send(b"SSH-2.0-server\r\n"),
    "stream_cut": lambda ask: _events(ask, _EVENT),
    "stream_done": lambda ask: _events(ask, _EVENT, "[DONE]"),
    "stream_error": lambda ask: _events(ask, _EVENT, '{"error": {"code": 503}}'),
    "html": says("<html>log in</html>", **{"content-type": "text/html"}),
    "html_as_json": says("<html>log in</html>"),
    "empty_body": says(""),
    "204": says("", 204),
    "half_json": says('{"id": "x", "choi'),
    "deep_json": says("[" * 200_000),
    "list": says([]),
    "null": says("null"),
    "no_choices": says({**completion(), "choices": []}),
    "null_choices": says({**completion(), "choices": None}),
    "choices_missing": says(without(completion(), "choices")),
    "no_message": says({**completion(), "choices": [{"index": 0, "finish_reason": "stop"}]}),
    "null_content": says(completion(None)),
    "empty_content": says(completion(" \n")),
    "refusal": says(completion(None, refusal="I cannot")),
    "length": says(completion('{"owner": "men', end="length")),
    "content_filter": says(completion("", end="content_filter")),
    "no_finish_reason": says(completion(end=None)),
    "tool_call": says(completion(None, end="tool_calls")),
    "error_in_200": says({"error": {"message": "boom", "code": 500}}),
    "prose": says(completion("The mentee sends it.")),
    "broken_answer": says(completion('{"owner": tru' + "x" * 200_000)),
    "wrong_schema": says(completion('{"name": "mentee"}')),
    "wrong_type": says(completion('{"owner": 7}')),
    "null_answer": says(completion("null")),
    "surrogate": says(completion("a\ud800b")),
    "surrogate_in_answer": says(completion('{"owner": "a\\ud800"}')),
    "nul_in_answer": says(completion('{"owner": "a\\u0000"}')),
    "usage_nonsense": says({**completion(), "usage": {"prompt_tokens": None}}),
    "gzip_bomb": _bomb,
    "gzip_twice": partial(_bomb, times=2),
    "gzip_garbage": _packed(b"no gzip at all"),
    "gzip_cut": _packed(gzip.compress(_GOOD)[:-20]),
    "bomb_with_500": partial(_bomb, status=500),
    "large": _large,
    "endless": _endless,
}
UNREAD = "unread"
"""The mode that does not even read what it is asked."""


class Server:
    """Answers, and remembers who came."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.seen: dict[str, dict[str, str]] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._serve(reader, writer)
        with suppress(OSError):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        mode = lines[0].split(" ")[1].split("/")[1]
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        if mode in {"hits", "times", "seen"}:
            body = json.dumps(getattr(self, mode))
            await Ask(reader, writer, 0).reply(200, body, connection="close")
            return
        self.hits[mode] += 1
        self.times[mode].append(time.time())
        self.seen[mode] = headers
        if mode == UNREAD:
            await asyncio.sleep(30)
        await reader.readexactly(int(headers.get("content-length", 0)))
        await MODES[mode](Ask(reader, writer, self.hits[mode]))


async def _main(port: int) -> None:
    server = await asyncio.start_server(Server().serve, "127.0.0.1", port)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
