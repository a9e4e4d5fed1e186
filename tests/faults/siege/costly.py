"""Attacks by cost: requests that are cheap to send and, to a careless server, dear to answer."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from itertools import count, cycle
from typing import TypeVar

from tests.faults.siege import material
from tests.faults.siege.field import Field, Pair

Sent = TypeVar("Sent")
BULLETS = 10_000
BURST = 45
# A history that only grows would be an attack of its own: so many sessions, and another mentorship.
_ROUNDS_A_PAIR = 20
_PAUSE_SECONDS = 0.3
# 45 answers from ten thousand bullets at once may wait for one another.
BURST_PATIENCE_SECONDS = 45.0
_WORDS = ("draft", "budget", "board", "plan", "review", "harbour", "letter", "call")
_SLOW = "slow clients: held to the end or let go, never with an error"


async def bodies(field: Field) -> None:
    """Bodies for the parser, with a key and without one."""
    pair = field.pairs["bodies"]
    for body in _shuffled(material.bodies()):
        for key, whose in ((None, "no key"), (pair.keys["tool"], "key")):
            for path in ("/v1/questions/lint", f"{pair.base}/sessions"):
                if not field.going():
                    return
                label = f"{body.label}, {whose}"
                await field.call("bodies", "POST", path, key, label=label, content=body.content)
                await field.pause(_PAUSE_SECONDS)


async def dates(field: Field) -> None:
    """Notes full of days and times."""
    await _texts(field, "dates", material.dated())


async def patterns(field: Field) -> None:
    """Near misses of what patterns look for, in notes and in the text of a contract."""
    await _texts(field, "patterns", material.near_misses(), contracts=True)


async def lint(field: Field) -> None:
    """As many and as long questions as are taken."""
    key = field.pairs["lint"].keys["tool"]
    for body in _shuffled(material.question_sets()):
        if not field.going():
            return
        await field.call(
            "lint", "POST", "/v1/questions/lint", key, label=body.label, content=body.content
        )
        await field.pause(_PAUSE_SECONDS)


async def _texts(
    field: Field, who: str, texts: Sequence[material.Text], *, contracts: bool = False
) -> None:
    pair = field.pairs[who]
    for number, text in enumerate(_shuffled(texts)):
        if not field.going():
            return
        if number % _ROUNDS_A_PAIR == _ROUNDS_A_PAIR - 1:
            pair = await field.new_pair(who, "mentor") or pair
        note = {
            "author": "mentor",
            "visibility": "shared",
            "format": text.format,
            "text": text.text,
        }
        await field.session(who, pair, note, label=f"{text.label}, {text.format}")
        if contracts:
            await _contract(field, who, pair, text)
        await field.pause(_PAUSE_SECONDS)


async def _contract(field: Field, who: str, pair: Pair, text: material.Text) -> None:
    body = {"effective_from": "2026-01-01", "text": f"# Goals\n{text.text}"}
    await field.call(
        who, "PUT", f"{pair.base}/contract", pair.keys["mentor"], label=text.label, body=body
    )


async def bullets(field: Field) -> None:
    """Send a note of many bullets, then many searches and briefs after each small new note."""
    pair = field.pairs["bullets"]
    long = "\n".join(
        f"- I'll {_WORDS[number % 8]} item {number} by {1 + number % 28} June"
        for number in range(BULLETS)
    )
    await field.session(
        "bullets", pair, long, what="POST the bullets", seconds=BURST_PATIENCE_SECONDS
    )
    for number in count():
        if not field.going():
            return
        await field.session(
            "bullets", pair, f"We spoke of item {number}.", what="POST a small note"
        )
        await asyncio.gather(*(_at_once(field, pair, each) for each in range(BURST)))
        await field.pause(_PAUSE_SECONDS)


async def _at_once(field: Field, pair: Pair, number: int) -> None:
    path = "/brief" if number % 3 == 0 else f"/search?q={_WORDS[number % 8]}+item&limit=50"
    key = pair.keys[("mentor", "mentee", "tool")[number // 3 % 3]]
    await field.call("bullets", "GET", pair.base + path, key, seconds=BURST_PATIENCE_SECONDS)


async def slow(field: Field) -> None:
    """Clients that send a byte a second: half of them a header, half of them a body."""
    field.tally.promise(_SLOW, "0 answers of 5xx")
    pair = field.pairs["slow"]
    await asyncio.gather(*(_drips(field, pair, each) for each in range(50)))


async def _drips(field: Field, pair: Pair, number: int) -> None:
    body = b" " * 2000 if number % 2 else b""
    head = (
        f"POST {pair.base}/sessions HTTP/1.1\r\nHost: coach\r\n"
        f"Authorization: Bearer {pair.keys['tool']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    ).encode()
    await field.pause(number / 50)
    while field.going():
        first, rest = (head + b"\r\n", body) if body else (head, b"X-Slow: " + b"a" * 2000)
        await _drip(field, first, rest)
        await field.pause(1)


async def _drip(field: Field, first: bytes, rest: bytes) -> None:
    """One connection, until the server lets go of it or the siege ends."""
    try:
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection("127.0.0.1", field.server.port)
    except (OSError, TimeoutError):
        field.tally.notes["slow: not let in"] += 1
        return
    said, sent = asyncio.create_task(reader.read(200)), 0
    try:
        writer.write(first)
        for sent, byte in enumerate(rest):  # noqa: B007 - told of below
            await asyncio.wait([said], timeout=min(1.0, max(0.0, field.ends - time.monotonic())))
            if said.done() or not field.going():
                break
            writer.write(bytes([byte]))
            await writer.drain()
    except OSError:
        pass
    finally:
        answer = _heard(said)
        writer.close()
    broken = answer.startswith(b"HTTP/1.1 5")
    field.tally.notes[
        f"slow: {'answered ' + answer[9:12].decode() if answer else 'no answer'}"
    ] += 1
    field.tally.tried(_SLOW, answer[:12].decode() if broken else None, worst=float(sent))


def _heard(said: asyncio.Task[bytes]) -> bytes:
    if not said.done():
        said.cancel()
        return b""
    return b"" if said.cancelled() or said.exception() else said.result()


def _shuffled(each: Sequence[Sent]) -> Iterator[Sent]:
    """All of them, then all of them again, in another order than written, the same in every run."""
    mixed = list(each)
    random.Random(1).shuffle(mixed)  # noqa: S311 - an order, not a secret
    return cycle(mixed)
