"""Attacks by timing: what was withdrawn or erased must stay so, whatever runs beside it."""

import asyncio
import random
import time
from itertools import cycle
from typing import Any

from tests.api.world import as_note
from tests.faults.siege.field import Field, Pair, Told, files_with, holding, session_of, word
from tests.faults.siege.tally import LATER

WITHDRAWN = "once: a repeated request tells nothing withdrawn"
MINTED = "once: a repeated minting shows no secret again"
ERASED = "erasure: 204 only when no file holds the words"
SOON = "erasure: 202 is done soon after the reader left"
UNSEEN = "erasure: what was erased is not found (404)"
WRITERS = "lock: writers are answered in time"
_FILLER = "We spoke about the plan for the board and what it needs. " * 20
_SOON_SECONDS = 10.0
LOCK_SECONDS = 8.0
LOCK_EVERY_SECONDS = 60.0
# What a busy database may cost a writer: SQLite's 5 seconds and half a second.
LOCKED_ANSWER_MS = 5500.0
_ROUNDS_A_PAIR = 10


async def once(field: Field) -> None:
    """Repeat requests that were first sent while a note of their answer was being withdrawn."""
    field.tally.promise(WITHDRAWN, "0")
    field.tally.promise(MINTED, "0")
    pair = field.pairs["once"]
    acts = cycle((_erased, _minted, _reshared, _withdrawn_beside))
    for number, act in enumerate(acts):
        if not field.going():
            return
        if number % _ROUNDS_A_PAIR == _ROUNDS_A_PAIR - 1:
            pair = await field.new_pair("once", "mentor", "mentee", "tool") or pair
        await act(field, pair)
        await field.pause(0.2)


async def _posted(
    field: Field, pair: Pair, who: str, path: str, body: dict[str, Any], key: str
) -> Told:
    headers = {"Idempotency-Key": key}
    return await field.call(
        "once", "POST", pair.base + path, pair.keys[who], body=body, headers=headers
    )


async def _minted(field: Field, pair: Pair) -> None:
    key, body = word("mint"), {"acts_as": "tool"}
    first = await _posted(field, pair, "admin", "/keys", body, key)
    if secret := first.value.get("key"):
        again = await _posted(field, pair, "admin", "/keys", body, key)
        shown = secret.encode() in again.body
        field.tally.tried(MINTED, f"{again.outcome} shows it" if shown else None)


async def _erased(field: Field, pair: Pair) -> None:
    """A session's own note is erased while the session is being posted."""
    said, key = word("once"), word("key")
    body = session_of(f"The board wants {said}. {_FILLER}")
    posting = asyncio.create_task(_posted(field, pair, "mentor", "/sessions", body, key))
    note = await _seen(field, pair, said, posting)
    if note is not None:
        gone = await field.call(
            "once", "DELETE", f"{pair.base}/notes/{note}", pair.keys["mentor"], what="DELETE note"
        )
        await _repeated(field, pair, ("mentor", "/sessions", body, key), posting, gone, said)
    await posting


async def _seen(field: Field, pair: Pair, said: str, posting: asyncio.Task[Told]) -> str | None:
    """The id of the note with this word as soon as anybody sees it."""
    for _ in range(50):
        told = await field.call("once", "GET", f"{pair.base}/sessions", pair.keys["tool"])
        for session in told.values:
            for note in session["notes"]:
                if said in note["text"]:
                    return str(note["id"])
        if posting.done():
            return None
        await asyncio.sleep(0.02)
    return None


async def _reshared(field: Field, pair: Pair) -> None:
    """A note is made private while the other one posts beside it."""
    await _beside(field, pair, "PATCH", {"visibility": "mentor"})


async def _withdrawn_beside(field: Field, pair: Pair) -> None:
    """A note is erased while the other one posts beside it."""
    await _beside(field, pair, "DELETE", None)


async def _beside(field: Field, pair: Pair, method: str, change: dict[str, Any] | None) -> None:
    said, key = word("once"), word("key")
    made = await field.session("once", pair, f"The board wants {said}.")
    if made.status != 201:
        return
    session = made.value["session"]
    path = f"/sessions/{session['id']}/notes"
    sent = ("mentee", path, as_note(_FILLER), key)
    posting = asyncio.create_task(_posted(field, pair, *sent))
    await asyncio.sleep(random.uniform(0, 0.15))  # noqa: S311 - now before its answer is kept, now after
    note = f"{pair.base}/notes/{session['notes'][0]['id']}"
    gone = await field.call(
        "once", method, note, pair.keys["mentor"], what=f"{method} note", body=change
    )
    await _repeated(field, pair, sent, posting, gone, said)


async def _repeated(
    field: Field,
    pair: Pair,
    sent: tuple[str, str, dict[str, Any], str],
    posting: asyncio.Task[Told],
    gone: Told,
    said: str,
) -> None:
    """Send it again once all is answered: the word is withdrawn."""
    first = await posting
    if first.status == 201 and gone.status in {200, 202, 204}:
        again = await _posted(field, pair, *sent)
        told = said.encode() in again.body
        fault = f"{again.outcome} of {sent[1].rpartition('/')[2]} tells it" if told else None
        field.tally.tried(WITHDRAWN, fault)


async def erasure(field: Field) -> None:
    """Erase notes while another process reads the database, and while none does."""
    for name, limit in ((ERASED, "0 files"), (SOON, f"{_SOON_SECONDS:.0f} s"), (UNSEEN, "0")):
        field.tally.promise(name, limit)
    pair = field.pairs["erasure"]
    for held in cycle((True, False)):
        if not field.going():
            return
        if held:
            async with holding(field.database, "read") as reads:
                said, told = await _erase(field, pair)
            field.tally.notes["erasure: the reader held on"] += reads
        else:
            said, told = await _erase(field, pair)
        if told is not None and told.status in {202, 204}:
            await _gone_soon(field, said)
        await field.pause(5)


async def _erase(field: Field, pair: Pair) -> tuple[str, Told | None]:
    """Post a note and erase it; 204 is believed only when the files agree."""
    said = word("erasure")
    made = await field.session("erasure", pair, f"I'll send {said} to the board by 12 June.")
    if made.status != 201:
        return said, None
    note = f"{pair.base}/notes/{made.value['session']['notes'][0]['id']}"
    key = pair.keys["mentor"]
    told = await field.call("erasure", "DELETE", note, key, what="DELETE note")
    if told.status == 204:
        left = await asyncio.to_thread(files_with, field.data, said)
        fault = f"204 while {', '.join(left)} hold it" if left else None
        field.tally.tried(ERASED, fault, worst=len(left))
    if told.status in {202, 204}:
        looked = await field.call("erasure", "GET", note, key, what="GET note")
        if looked.status:
            field.tally.tried(UNSEEN, None if looked.status == 404 else looked.outcome)
    return said, told


async def _gone_soon(field: Field, said: str) -> None:
    """After the answer, and after whoever read has left, the bytes go."""
    began = time.monotonic()
    while left := await asyncio.to_thread(files_with, field.data, said):
        if time.monotonic() - began > _SOON_SECONDS:
            break
        await asyncio.sleep(1)
    waited = time.monotonic() - began
    fault = f"still in {', '.join(left)} after {waited:.0f} s" if left else None
    field.tally.tried(SOON, fault, worst=waited)


async def lock(field: Field) -> None:
    """Another process holds the database's write lock now and again, while four writers write."""
    field.tally.promise(WRITERS, f"{LOCKED_ANSWER_MS:.0f} ms, 201 or 503 with Retry-After")
    pair = field.pairs["lock"]
    await field.pause(3)
    while field.ends - time.monotonic() > LOCK_SECONDS:
        async with holding(field.database, "write") as held:
            began = time.monotonic()
            writing = [_writes(field, pair, began + LOCK_SECONDS) for _ in range(4 if held else 0)]
            writers = [asyncio.create_task(each) for each in writing]
            await asyncio.sleep(LOCK_SECONDS if held else 0)
        if held:
            field.tally.locked.append((began - field.began, time.monotonic() - field.began))
        await asyncio.gather(*writers)
        await field.pause(LOCK_EVERY_SECONDS - (time.monotonic() - began))


async def _writes(field: Field, pair: Pair, until: float) -> None:
    """Write until the lock is let go; every answer in time, and a fair one."""
    while time.monotonic() < until:
        told = await field.session("lock", pair, "We spoke of the plan.", seconds=LOCK_SECONDS + 7)
        fair = told.status == 201 or told.outcome == LATER
        fault = None
        if not fair or told.milliseconds > LOCKED_ANSWER_MS:
            fault = f"{told.outcome} after {told.milliseconds:.0f} ms"
        field.tally.tried(WRITERS, fault, worst=told.milliseconds)
        await asyncio.sleep(0.1)
