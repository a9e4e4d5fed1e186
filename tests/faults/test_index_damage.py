import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from evals.bench.client import Client
from evals.bench.server import Server
from tests.api.world import as_note, opened_world

pytestmark = pytest.mark.usefixtures("uncounted")

TOPICS = ("trombone", "glacier", "lantern", "saddle")
OWN_WORDS = {topic: topic for topic in TOPICS}
MEANT = {
    "trombone": "brass+music+instrument",
    "glacier": "frozen+ice+mountains",
    "lantern": "lamp+light+candle",
    "saddle": "horse+riding",
}


class Stopped(NamedTuple):
    """A data directory that nobody holds, with some sessions in it."""

    data_dir: Path
    path: str
    key: str


class Answers(NamedTuple):
    """Which topics were found, by their own word and by what they mean."""

    at_once: set[str]
    settled: set[str]
    by_meaning: set[str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The directory of an application that has ended, its index whole; tests damage a copy."""
    data_dir = tmp_path_factory.mktemp("whole") / "data"
    with opened_world(data_dir) as world:
        pair = world.pair()
        for day, topic in enumerate(TOPICS, start=1):
            said = as_note(f"We spoke about the {topic} for an hour. It went well.", format="text")
            pair.session("mentor", said, held_on=f"2024-03-0{day}")
        assert world.parts.index.settle(timeout_seconds=60)
    return Stopped(data_dir, pair.base, pair.keys["mentor"])


@pytest.fixture
def stopped(whole, tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(whole.data_dir, copy)
    return whole._replace(data_dir=copy)


def files_of(index: Path) -> list[Path]:
    return sorted(path for path in index.rglob("*") if path.is_file())


def deleted(index: Path) -> None:
    shutil.rmtree(index)


def each_cut(index: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - the same damage every time
    for file in files_of(index):
        whole = file.read_bytes()
        file.write_bytes(whole[: chance.randrange(max(len(whole), 1))])


def each_emptied(index: Path) -> None:
    for file in files_of(index):
        file.write_bytes(b"")


def each_halved(index: Path) -> None:
    for file in files_of(index):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])


def database_truncated(index: Path) -> None:
    (file,) = index.rglob("chroma.sqlite3")
    file.write_bytes(file.read_bytes()[:5000])


def flipped(index: Path, *, seed: int, kind: str) -> None:
    """Turn over sixty-four bytes at a random place of each file of a kind."""
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    for file in files_of(index):
        if file.match(kind) and (size := file.stat().st_size):
            at = chance.randrange(max(size - 64, 1))
            whole = bytearray(file.read_bytes())
            turn_over(whole, at)
            file.write_bytes(whole)


def turn_over(whole: bytearray, at: int) -> None:
    whole[at : at + 64] = bytes(byte ^ 0xFF for byte in whole[at : at + 64])


DAMAGE = {
    "directory-deleted": deleted,
    "each-file-emptied": each_emptied,
    "each-file-halved": each_halved,
    "each-file-cut-somewhere": each_cut,
    "database-truncated": database_truncated,
    "bytes-flipped-everywhere": lambda index: flipped(index, seed=1, kind="*"),
    "bytes-flipped-in-segments": lambda index: flipped(index, seed=2, kind="*.bin"),
    "bytes-flipped-in-database": lambda index: flipped(index, seed=3, kind="*.sqlite3"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_the_coach_starts_over_a_damaged_index_and_mends_it(stopped, damage):
    damage(stopped.data_dir / "index")

    answers = started(stopped)

    assert answers.at_once == set(TOPICS)
    assert answers.settled == set(TOPICS)
    assert answers.by_meaning == set(TOPICS)


def test_a_server_of_its_own_starts_over_a_damaged_index_and_finds_all(stopped):
    each_cut(stopped.data_dir / "index")
    server = Server(stopped.data_dir)

    try:
        server.ready()
        with Client(server.port, stopped.key) as client:
            at_once = found(lambda path: client.get(path).body, stopped, OWN_WORDS)
        server.ready(index=True)
        with Client(server.port, stopped.key) as client:
            by_meaning = found(lambda path: client.get(path).body, stopped, MEANT)
    finally:
        server.stop()

    assert at_once == set(TOPICS)
    assert by_meaning == set(TOPICS)


def test_vectors_that_changed_on_the_disk_are_made_anew(stopped):
    (file,) = (stopped.data_dir / "index").rglob("chroma.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        vectors = [row[0] for row in connection.execute("SELECT vector FROM embeddings_queue")]
    whole = bytearray(file.read_bytes())
    for at in (whole.index(vector[:200]) for vector in vectors):
        turn_over(whole, at)
    file.write_bytes(whole)

    answers = started(stopped)

    assert answers.by_meaning == set(TOPICS)


def started(stopped: Stopped) -> Answers:
    """What the coach finds as soon as it is up, and once it says that the index is ready."""
    with opened_world(stopped.data_dir) as world:

        def get(path: str) -> bytes:
            return world.send("GET", path, stopped.key).content

        at_once = found(get, stopped, OWN_WORDS)
        assert world.parts.index.settle(timeout_seconds=60)
        assert world.client.get("/readyz").json()["index"] == "ready"
        settled = found(get, stopped, OWN_WORDS)
        by_meaning = found(get, stopped, MEANT)
    return Answers(at_once, settled, by_meaning)


def found(get: Callable[[str], bytes], stopped: Stopped, queries: Mapping[str, str]) -> set[str]:
    """The topics whose session comes first for their query."""
    answers = {
        topic: get(f"{stopped.path}/search?q={query}&limit=1") for topic, query in queries.items()
    }
    return {topic for topic, answer in answers.items() if topic.encode() in answer}
