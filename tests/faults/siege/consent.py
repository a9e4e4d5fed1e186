"""Attacks on consent: it is taken back, or notes are erased, while a model has a long queue."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from itertools import cycle

from coach.engines.gateway.gateway import Gateway, ModelSettings
from tests.api.world import as_note
from tests.faults.model_server import Ask, completion
from tests.faults.siege.field import Field, Pair, word

UNSENT = "consent: nothing is sent once consent is taken back"
UNSENT_ERASED = "consent: no note is sent once it is erased"
NOTES = 50
LATE_SECONDS = 1.0
# A queue of 50 notes, 8 at once, is under way for some four seconds.
_ANSWER_SECONDS = 0.6
_QUIET_SECONDS = 7.0
_EMPTY = {
    "R": {"facts": [], "commitments": [], "outcomes": []},
    "W": {"sentences": [], "headline": None},
    "A": {"questions": []},
}


class Model:
    """A model server that takes its time, and remembers what was sent to it and when."""

    def __init__(self) -> None:
        self.sent: list[tuple[float, str]] = []
        self.address = ""

    def first(self, said: str) -> float | None:
        """When this word came first."""
        return next((at for at, text in self.sent if said in text), None)

    def last(self, words: list[str]) -> float:
        """When any of these words came last; 0 when none did."""
        times = [at for at, text in self.sent if any(each in text for each in words)]
        return max(times, default=0.0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = head.partition("content-length: ")[2].partition("\r\n")[0]
            body = await reader.readexactly(int(length or 0))
            self.sent.append((time.monotonic(), body.decode()))
            await asyncio.sleep(_ANSWER_SECONDS)
            shape = json.loads(body)["response_format"]["json_schema"]["name"][0]
            answer = json.dumps(completion(json.dumps(_EMPTY[shape])))
            await Ask(reader, writer, 0).reply(200, answer, connection="close")
        with suppress(OSError):
            writer.close()


@asynccontextmanager
async def elsewhere() -> AsyncIterator[Model]:
    """A model server of this machine at an address that the product takes for another machine's."""
    model = Model()
    server = await asyncio.start_server(model.serve, "0.0.0.0", 0)  # noqa: S104 - 127.0.0.2 must reach it
    port = server.sockets[0].getsockname()[1]
    for host in ("127.0.0.2", "0.0.0.0", socket.gethostname()):  # noqa: S104 - the same
        address = f"http://{host}:{port}/v1"
        if not Gateway(ModelSettings("openai", "m", address, None, 1)).stays_here:
            model.address = address
            break
    assert model.address, "every address of this machine counts as this machine"
    try:
        yield model
    finally:
        server.close()


Act = Callable[[Field, Model, Pair, dict[str, str]], Awaitable[None]]


async def consent(field: Field, model: Model) -> None:
    """Take consent back, or erase notes, while fifty notes are queued for the model."""
    for name in (UNSENT, UNSENT_ERASED):
        field.tally.promise(name, f"{LATE_SECONDS:.0f} s after the answer")
    for act in cycle((_taken_back, _erased)):
        if not field.going():
            return
        pair = await field.new_pair("consent", "mentor", "mentee")
        if pair is not None:
            await _round(field, model, pair, act)
        await field.pause(1)


async def _round(field: Field, model: Model, pair: Pair, act: Act) -> None:
    for side in ("mentor", "mentee"):
        await _agrees(field, pair, side, agrees=True)
    words = [word("consent") for _ in range(NOTES)]
    notes = [
        as_note(f"I'll send {each} to the board by 12 June.", author="mentor") for each in words
    ]
    posted = await field.session("consent", pair, *notes, headers={"Prefer": "wait=1"})
    if posted.status != 201:
        return
    ids = [each["id"] for each in posted.value["session"]["notes"]]
    if len(_arrived(model, words)) in {0, NOTES}:
        field.tally.notes["consent: the queue was not under way"] += 1
        return
    await act(field, model, pair, dict(zip(ids, words, strict=True)))


def _arrived(model: Model, words: list[str]) -> list[str]:
    return [each for each in words if model.first(each) is not None]


async def _agrees(field: Field, pair: Pair, side: str, *, agrees: bool) -> int:
    body = {"external_llm": agrees}
    told = await field.call(
        "consent", "PATCH", pair.base, pair.keys[side], what="PATCH consent", body=body
    )
    return told.status


async def _taken_back(field: Field, model: Model, pair: Pair, notes: dict[str, str]) -> None:
    if await _agrees(field, pair, "mentee", agrees=False) != 200:
        return
    since = time.monotonic()
    await field.call("consent", "GET", f"{pair.base}/brief", pair.keys["mentor"])
    await asyncio.sleep(_QUIET_SECONDS)
    late = model.last(list(notes.values())) - since
    fault = f"notes came {late:.1f} s after the answer" if late > LATE_SECONDS else None
    field.tally.tried(UNSENT, fault, worst=max(late, 0.0))


async def _erased(field: Field, model: Model, pair: Pair, notes: dict[str, str]) -> None:
    """The notes that the model has not seen are erased, the last one first."""
    since: dict[str, float] = {}
    for note, said in reversed(notes.items()):
        if model.first(said) is None:
            path = f"{pair.base}/notes/{note}"
            gone = await field.call(
                "consent", "DELETE", path, pair.keys["mentor"], what="DELETE note"
            )
            if gone.status in {202, 204}:
                since[said] = time.monotonic()
    await asyncio.sleep(_QUIET_SECONDS)
    for said, at in since.items():
        late = model.last([said]) - at
        fault = f"a note came {late:.1f} s after its erasure" if late > LATE_SECONDS else None
        field.tally.tried(UNSENT_ERASED, fault, worst=max(late, 0.0))
