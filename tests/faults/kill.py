"""kill -9 of a real server while sessions are posted, and what is left of them after a restart.

`python -m tests.faults.kill --rounds 50` runs it alone.
"""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

from evals.bench.client import Client
from evals.bench.mentorship import begin_mentorship
from evals.bench.server import Server

ROUNDS = 4
_WRITERS = 4
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]


@dataclass
class Tally:
    """What the rounds did and found; each list names the sessions of which something is wrong."""

    rounds: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    kept_unanswered: int = 0
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    answered_otherwise: list[str] = field(default_factory=list)
    unfound: list[str] = field(default_factory=list)
    unfound_once_settled: list[str] = field(default_factory=list)
    broken_files: list[str] = field(default_factory=list)
    seconds_to_ready: list[float] = field(default_factory=list)
    seconds_to_index: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """The numbers, and the first faults."""
        return {
            "rounds": self.rounds,
            "acknowledged": self.acknowledged,
            "unanswered": self.unanswered,
            "kept_unanswered": self.kept_unanswered,
            "lost": len(self.lost),
            "torn": len(self.torn),
            "doubled": len(self.doubled),
            "faults": self.faults[:20],
            "worst_seconds_to_ready": round(max(self.seconds_to_ready), 2),
            "worst_seconds_to_index": round(max(self.seconds_to_index), 2),
        }

    @property
    def faults(self) -> list[str]:
        """Everything that must not be."""
        wrong = self.lost + self.torn + self.doubled + self.answered_otherwise
        return wrong + self.unfound + self.unfound_once_settled + self.broken_files


class Sent(NamedTuple):
    """A session as it was sent; its word occurs in no other."""

    word: str
    texts: frozenset[str]
    body: str


class Pair(NamedTuple):
    """One mentorship: where it is, and the mentor's key."""

    path: str
    key: str


@dataclass
class Traffic:
    """What the writers sent in one round, and the answers that came."""

    sent: dict[str, Sent] = field(default_factory=dict)
    acknowledged: dict[str, bytes] = field(default_factory=dict)

    @property
    def unanswered(self) -> list[str]:
        """The keys of requests of which nobody knows whether they were kept."""
        return [once for once in self.sent if once not in self.acknowledged]


def survived(directory: Path, rounds: int, *, seed: int = 1) -> Tally:
    """Kill the server once a round while it takes sessions in, and count what went wrong."""
    chance = random.Random(seed)  # noqa: S311 - the same kills again
    tally = Tally()
    server = Server(directory / "data")
    server.ready()
    try:
        for number in range(rounds):
            pair = Pair(*begin_mentorship(server.port))
            traffic = _killed_under_traffic(server, pair, number, chance.uniform(0.1, 1.2))
            server = Server(directory / "data")
            tally.seconds_to_ready.append(server.ready())
            _look(tally, server, pair, traffic, directory / "data" / "coach.db")
            tally.rounds += 1
    finally:
        server.kill()
    return tally


def _killed_under_traffic(server: Server, pair: Pair, number: int, seconds: float) -> Traffic:
    """Everything that was sent until the server was gone."""
    traffic = Traffic()
    writers = [
        threading.Thread(target=_write, args=(server.port, pair, traffic, f"{number}-{writer}"))
        for writer in range(_WRITERS)
    ]
    for writer in writers:
        writer.start()
    time.sleep(seconds)
    server.kill()
    for writer in writers:
        writer.join()
    return traffic


def _write(port: int, pair: Pair, traffic: Traffic, name: str) -> None:
    """Post one session after another until nobody answers."""
    with Client(port, pair.key) as client:
        for number in range(10_000):
            once = f"{name}-{number}"
            traffic.sent[once] = sent = _session(once)
            try:
                answer = client.post(f"{pair.path}/sessions", sent.body, once=once)
            except (OSError, HTTPException):
                return
            assert answer.status == 201, answer
            traffic.acknowledged[once] = answer.body


def _session(once: str) -> Sent:
    """A shared and a private note, with a word of their own and characters of every width."""
    word = _word(once)
    texts = (
        f"# Notes {once}\r\n\r\nWe spoke about {word} ✓ 🜂 e\u0301.\n"
        f"- [ ] I'll draw the {word} by 3 May\n",
        f"\tHe avoids {word};  two blanks, a tail \n",
    )
    number = int(once.rpartition("-")[2])
    notes = [
        {"author": "mentor", "visibility": visibility, "format": "markdown", "text": text}
        for visibility, text in zip(("shared", "mentor"), texts, strict=True)
    ]
    held_on = date(2024, 1, 1) + timedelta(days=number)
    body = json.dumps({"held_on": held_on.isoformat(), "notes": notes})
    return Sent(word, frozenset(texts), body)


def _word(once: str) -> str:
    """A word that people do not use, another for each key."""
    round_, writer, number = (int(part) for part in once.split("-"))
    value = (round_ * _WRITERS + writer) * 10_000 + number
    said = ""
    for _ in range(5):
        value, syllable = divmod(value, len(_SYLLABLES))
        said += _SYLLABLES[syllable]
    return said + "x"


def _look(tally: Tally, server: Server, pair: Pair, traffic: Traffic, database: Path) -> None:
    """Compare what is held with what was acknowledged, before and after clients try again."""
    last = list(traffic.acknowledged)[-_WRITERS:]
    with Client(server.port, pair.key) as client:
        tally.unfound += _unfound(client, pair, traffic, last)
        tally.acknowledged += len(traffic.acknowledged)
        tally.unanswered += len(traffic.unanswered)
        tally.kept_unanswered += len(_held(client, pair)) - len(traffic.acknowledged)
        _compare(tally, client, pair, traffic, sent_again=False)
        for once in [*traffic.unanswered, *last]:
            answer = client.post(f"{pair.path}/sessions", traffic.sent[once].body, once=once)
            if answer.status != 201 or answer.body != traffic.acknowledged.get(once, answer.body):
                tally.answered_otherwise.append(f"{once}: {answer.status}")
        _compare(tally, client, pair, traffic, sent_again=True)
    tally.broken_files += _broken(database)
    tally.seconds_to_index.append(tally.seconds_to_ready[-1] + server.ready(index=True))
    # Another connection: the server closes one that was idle for five seconds.
    with Client(server.port, pair.key) as client:
        tally.unfound_once_settled += _unfound(client, pair, traffic, last)


def _compare(
    tally: Tally, client: Client, pair: Pair, traffic: Traffic, *, sent_again: bool
) -> None:
    """Count what of the traffic is missing, half there or there twice."""
    held = _held(client, pair)
    times = Counter(held)
    awaited = traffic.sent if sent_again else traffic.acknowledged
    tally.lost += [once for once in awaited if traffic.sent[once].texts not in times]
    whole = {sent.texts for sent in traffic.sent.values()}
    tally.torn += [f"{sorted(texts)}" for texts in times if texts not in whole]
    tally.doubled += [f"{sorted(texts)}" for texts, count in times.items() if count > 1]


def _held(client: Client, pair: Pair) -> list[frozenset[str]]:
    """The texts of each session that the server holds."""
    answer = client.get(f"{pair.path}/sessions")
    assert answer.status == 200, answer
    return [
        frozenset(note["text"] for note in session["notes"]) for session in json.loads(answer.body)
    ]


def _unfound(client: Client, pair: Pair, traffic: Traffic, keys: list[str]) -> list[str]:
    """Which acknowledged sessions search does not find by their own word."""
    unfound = []
    for once in keys:
        asked = client.get(f"{pair.path}/search?q={traffic.sent[once].word}&limit=1")
        named = json.loads(traffic.acknowledged[once])["session"]["id"]
        found = [hit["session_id"] for hit in json.loads(asked.body).get("sessions", [])]
        if found != [named]:
            unfound.append(f"{once}: {asked.status}")
    return unfound


def _broken(database: Path) -> list[str]:
    """What SQLite finds wrong with the file."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    finally:
        connection.close()
    return [] if said == ["ok"] else said


def main() -> None:
    """Print the tally as JSON; exit code 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        tally = survived(Path(directory), given.rounds, seed=given.seed)
    sys.stdout.write(json.dumps(tally.summary(), indent=1) + "\n")
    raise SystemExit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
