"""Consent is taken back while notes wait for an external model.

`python -m tests.faults.withdrawal` prints what is still sent.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.api.served import Served, served
from tests.api.world import as_note
from tests.faults.held_model import HeldModel, held_model

SESSIONS = 4
_QUIET_SECONDS = 3.0
NOTE = "We spoke about part {} of the plan. I'll send the draft of it to the board by 12 June."


class Withdrawal(NamedTuple):
    """Questions sent before and after the answer to the withdrawal, and seconds to the last one."""

    before: int
    after: int
    last_after_seconds: float
    stored: int


def measured(*, notes: int, answer_seconds: float) -> Withdrawal:
    """So many notes that wait for a model which takes so long for each."""
    with TemporaryDirectory() as name, held_model(after_seconds=answer_seconds) as model:
        settings = {"COACH_LLM_MODEL": "openai:m", "COACH_LLM_BASE_URL": model.address}
        with served(Path(name), settings=settings, timeout_seconds=60) as server:
            return _measured(server, model, notes, answer_seconds)


def _measured(server: Served, model: HeldModel, notes: int, answer_seconds: float) -> Withdrawal:
    mentorship_id, keys = server.pair()
    path = f"/v1/mentorships/{mentorship_id}"
    for number in range(SESSIONS):
        part = [as_note(NOTE.format(n)) for n in range(number, notes, SESSIONS)]
        session = {"held_on": f"2026-06-0{number + 1}", "notes": part}
        status, _ = server.send("POST", f"{path}/sessions", keys["tool"], json=session)
        assert status == 201
    for side in ("mentor", "mentee"):
        server.send("PATCH", path, keys[side], json={"external_llm": True})
    server.send("GET", f"{path}/brief", keys["tool"], headers={"Prefer": "wait=1"})
    status, _ = server.send("PATCH", path, keys["mentee"], json={"external_llm": False})
    assert status == 200
    withdrawn = time.monotonic()
    _fall_silent(model, answer_seconds)
    later = [each for each in model.arrived if each.at > withdrawn]
    last = max((each.at - withdrawn for each in later), default=0.0)
    return Withdrawal(len(model.arrived) - len(later), len(later), last, _stored(server))


def _fall_silent(model: HeldModel, answer_seconds: float) -> None:
    """Wait until nothing arrives for longer than an answer takes."""
    seen = -1
    while seen != len(model.arrived):
        seen = len(model.arrived)
        time.sleep(answer_seconds + _QUIET_SECONDS)


def _stored(server: Served) -> int:
    """How many readings of the model are kept."""
    import sqlite3  # noqa: PLC0415 - to look at the file from beside the server

    with sqlite3.connect(server.log.parent / "data" / "coach.db") as database:
        (count,) = database.execute("SELECT count(*) FROM readings WHERE engine = 'llm'").fetchone()
    return int(count)


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description="What is still sent after consent is taken back.")
    parser.add_argument("--notes", type=int, default=60, help="notes that wait (60)")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long an answer takes (4)")
    given = parser.parse_args(words)
    told = measured(notes=given.notes, answer_seconds=given.seconds)
    sys.stdout.write(json.dumps(told._asdict()) + "\n")


if __name__ == "__main__":
    main()
