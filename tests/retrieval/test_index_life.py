import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from coach.errors import Failed, StoreUnavailable
from retrieval.index import HybridIndex
from retrieval.vectors.chroma.collections import Collections
from retrieval.vectors.chroma.probe import probed
from retrieval.vectors.entries import collection_name, entries_of


def best(index, mentorship, sessions, query):
    hits = index.search(mentorship, "mentor", sessions, query=query, limit=5)
    return hits[0].session_id if hits else None


def generation(directory):
    return directory / (directory / "current").read_text()


def bytes_on_disk(directory, needle):
    return sum(needle in path.read_bytes() for path in directory.rglob("*") if path.is_file())


def vector_bytes(embedder, mentorship, session):
    (entries,) = entries_of(mentorship, session).values()
    return embedder.embed([entries[0].text])[0].tobytes()


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def built(open_index, mentorship, stored, talks, directory):
    """A complete index on disk that nobody has open."""
    stored.extend((mentorship, session) for session in talks)
    open_index().close()
    return generation(directory)


def truncated(folder):
    (folder / "chroma.sqlite3").write_bytes((folder / "chroma.sqlite3").read_bytes()[:5000])


def scrambled(folder):
    with (folder / "chroma.sqlite3").open("r+b") as file:
        file.seek(20_000)
        file.write(os.urandom(150_000))


def without_segments(folder):
    for inner in folder.iterdir():
        if inner.is_dir():
            shutil.rmtree(inner)


DAMAGE = {
    "truncated": truncated,
    "scrambled": scrambled,
    "emptied": lambda folder: (folder / "chroma.sqlite3").write_bytes(b""),
    "without-segments": without_segments,
    "deleted": shutil.rmtree,
    "all-deleted": lambda folder: shutil.rmtree(folder.parent),
    "pointer-lost": lambda folder: (folder.parent / "current").unlink(),
    "pointer-outside": lambda folder: (folder.parent / "current").write_text("../elsewhere"),
    "manifest-of-another": lambda folder: (folder / "manifest.json").write_text('{"embedder": 1}'),
}


def test_a_whole_index_is_opened_and_not_made_anew(open_index, built, directory, mentorship, talks):
    index = open_index()

    assert generation(directory) == built
    assert best(index, mentorship, talks, "vegetables") == "session_3"


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_is_mended_while_words_answer(open_index, built, mentorship, talks, damage):
    damage(built)

    index = open_index(settled=False)

    assert best(index, mentorship, talks, "salary negotiation") == "session_2"
    assert index.settle(timeout_seconds=30)
    assert index.state == "ready"
    assert best(index, mentorship, talks, "vegetables") == "session_3"


def test_an_index_that_lacks_or_adds_something_is_made_anew(
    open_index, built, directory, mentorship, stored, talks, make_session
):
    stored[:] = [*stored[1:], (mentorship, make_session(9, "We bought a piano."))]

    index = open_index()

    assert generation(directory) != built
    held = [session for _, session in stored]
    assert best(index, mentorship, held, "musical instruments") == "session_9"
    assert [path.name for path in directory.glob("gen-*")] == [generation(directory).name]


def test_a_probe_that_hangs_is_stopped_or_dies_tells_nothing(built, tmp_path):
    stop = threading.Event()
    started = time.monotonic()

    assert probed(built, stop=stop, timeout_seconds=0.05) is None
    (tmp_path / "no-folder").touch()
    assert probed(tmp_path / "no-folder", stop=stop, timeout_seconds=20) is None
    stop.set()
    assert probed(built, stop=stop, timeout_seconds=20) is None
    assert time.monotonic() - started < 15


def test_a_probe_counts_what_is_there(built, mentorship):
    found = probed(built, stop=threading.Event(), timeout_seconds=30)

    assert found is not None
    assert {name: held.size for name, held in found.items()} == {
        collection_name(mentorship.id, "shared"): 8
    }


def test_vectors_that_fail_while_in_use_are_replaced_while_words_answer(
    open_index, built, directory, mentorship, talks, caplog
):
    caplog.set_level(logging.DEBUG, "coach.index")
    index = open_index()
    with (built / "chroma.sqlite3").open("r+b") as file:
        file.write(os.urandom(100_000))

    assert best(index, mentorship, talks, "salary negotiation") == "session_2"
    assert index.settle(timeout_seconds=30)

    assert generation(directory) != built
    assert best(index, mentorship, talks, "vegetables") == "session_3"
    assert "salary" not in caplog.text


def test_adding_to_vectors_that_fail_does_not_fail_and_loses_nothing(
    open_index, built, mentorship, stored, talks, make_session
):
    index = open_index()
    with (built / "chroma.sqlite3").open("r+b") as file:
        file.write(os.urandom(100_000))
    piano = make_session(9, "We bought a piano.")
    stored.append((mentorship, piano))

    index.add(mentorship, piano)

    assert index.settle(timeout_seconds=30)
    assert best(index, mentorship, [*talks, piano], "musical instruments") == "session_9"


class SlowSource:
    """Yields what is stored when the gate opens, as it was when reading began."""

    def __init__(self, stored) -> None:
        self.stored = stored
        self.reading = threading.Event()
        self.gate = threading.Event()

    def __call__(self):
        snapshot = list(self.stored)
        self.reading.set()
        assert self.gate.wait(30)
        yield from snapshot


def test_what_comes_and_goes_during_a_rebuild_is_not_lost(
    open_index, directory, mentorship, stored, talks, make_session, embedder
):
    stored.extend((mentorship, session) for session in talks)
    source = SlowSource(stored)
    index = open_index(settled=False, source=source)
    assert source.reading.wait(10)
    piano = make_session(9, "We bought a piano.")

    assert index.state != "ready"
    stored.append((mentorship, piano))
    index.add(mentorship, piano)
    del stored[2]
    index.forget(mentorship.id, ["note_3"])
    source.gate.set()

    assert index.settle(timeout_seconds=30)
    assert best(index, mentorship, [*talks, piano], "musical instruments") == "session_9"
    needle = vector_bytes(embedder, mentorship, talks[2])
    assert bytes_on_disk(directory, needle) == 0
    index.close()
    held = Collections(generation(directory))
    assert held.count(collection_name(mentorship.id, "shared")) == 7
    held.close()


def test_searching_and_adding_go_on_while_everything_is_made_anew(
    open_index, mentorship, stored, talks, make_session
):
    stored.extend((mentorship, session) for session in talks)
    source = SlowSource(stored)
    source.gate.set()
    index = open_index(source=source)
    source.gate.clear()
    source.reading.clear()
    mending = threading.Thread(target=index.rebuild)
    mending.start()
    assert source.reading.wait(10)

    piano = make_session(9, "We bought a piano.")
    index.add(mentorship, piano)

    assert best(index, mentorship, [*talks, piano], "musical instruments") == "session_9"
    assert best(index, mentorship, talks, "vegetables") == "session_3"
    source.gate.set()
    mending.join()
    assert best(index, mentorship, [*talks, piano], "musical instruments") == "session_9"


def test_forgotten_notes_are_gone_at_once_and_soon_from_the_disk_too(
    open_index, directory, mentorship, stored, talks, embedder
):
    stored.extend((mentorship, session) for session in talks)
    index = open_index()
    before = generation(directory)
    needles = [vector_bytes(embedder, mentorship, session) for session in talks]
    assert all(bytes_on_disk(directory, needle) for needle in needles)

    for session in talks[:3]:
        stored.pop(0)
        index.forget(mentorship.id, [session.notes[0].id])

    assert index.settle(timeout_seconds=30)
    assert [bytes_on_disk(directory, needle) for needle in needles[:3]] == [0, 0, 0]
    assert bytes_on_disk(directory, needles[3])
    number = int(before.name.removeprefix("gen-"))
    assert int(generation(directory).name.removeprefix("gen-")) > number


def test_no_memory_of_the_process_ends_up_in_the_files_of_chroma(
    open_index, built, directory, mentorship, talks, make_session
):
    def files():
        return [*directory.rglob("data_level0.bin"), *directory.rglob("length.bin")]

    index = open_index()
    assert best(index, mentorship, talks, "vegetables") == "session_3"
    assert not any(any(file.read_bytes()) for file in files())

    index.add(mentorship, make_session(9, "We bought a piano.", visibility="mentor"))
    assert best(index, mentorship, talks, "vegetables") == "session_3"
    assert len(files()) == 4
    assert not any(any(file.read_bytes()) for file in files())

    index.rebuild()
    assert len(files()) == 2
    assert not any(any(file.read_bytes()) for file in files())


def test_a_scrub_that_was_cut_short_is_done_at_the_next_start(
    open_index, built, directory, mentorship, stored, talks, embedder
):
    needle = vector_bytes(embedder, mentorship, talks[0])
    vectors = Collections(built)
    stored.pop(0)
    assert vectors.remove_notes(collection_name(mentorship.id, "shared"), ["note_1"])
    vectors.close()
    assert bytes_on_disk(directory, needle)

    open_index()

    assert bytes_on_disk(directory, needle) == 0


def test_a_note_made_private_leaves_the_shared_collection_and_the_disk(
    open_index, directory, mentorship, stored, talks
):
    stored.extend((mentorship, session) for session in talks)
    index = open_index()
    before = generation(directory)
    private = talks[0].model_copy(
        update={"notes": (talks[0].notes[0].model_copy(update={"visibility": "mentor"}),)}
    )
    stored[0] = (mentorship, private)

    index.add(mentorship, private)

    assert index.settle(timeout_seconds=30)
    assert generation(directory) != before
    index.close()
    held = Collections(generation(directory))
    assert held.count(collection_name(mentorship.id, "shared")) == 6
    assert held.count(collection_name(mentorship.id, "mentor")) == 2
    held.close()


def test_adding_twice_is_the_same_as_once(open_index, directory, mentorship, talks):
    index = open_index()

    index.add(mentorship, talks[0])
    index.add(mentorship, talks[0])

    index.close()
    held = Collections(generation(directory))
    assert held.count(collection_name(mentorship.id, "shared")) == 2
    held.close()


def test_a_rebuild_in_the_foreground_tells_how_far_it_is(open_index, mentorship, stored, talks):
    stored.extend((mentorship, session) for session in talks)
    told = []
    index = open_index()

    index.rebuild(lambda done, total: told.append((done, total)))

    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert best(index, mentorship, talks, "vegetables") == "session_3"


def test_a_rebuild_that_cannot_write_says_so(tmp_path, embedder):
    (tmp_path / "file").touch()

    with pytest.raises(Failed, match="could not be rebuilt"):
        HybridIndex(tmp_path / "file" / "index", embedder, lambda: iter([])).rebuild()


def test_a_file_where_the_index_should_be_is_moved_aside(tmp_path, embedder):
    (tmp_path / "index").write_text("not an index")

    HybridIndex(tmp_path / "index", embedder, lambda: iter([])).rebuild()

    assert (tmp_path / "index.aside").read_text() == "not an index"


def test_old_vectors_stay_in_use_when_a_rebuild_fails(open_index, mentorship, stored, talks):
    stored.extend((mentorship, session) for session in talks)
    failing = []

    def source():
        yield from stored[:2]
        if failing:
            raise StoreUnavailable("away")
        yield from stored[2:]

    index = open_index(source=source)
    failing.append(True)

    with pytest.raises(StoreUnavailable):
        index.rebuild()

    assert index.state == "ready"
    assert best(index, mentorship, talks, "vegetables") == "session_3"


@pytest.mark.parametrize("failure", [StoreUnavailable("away"), KeyError("of nobody's making")])
def test_a_source_that_fails_at_the_start_is_asked_again(
    open_index, mentorship, stored, talks, failure
):
    stored.extend((mentorship, session) for session in talks)
    failures = [failure]

    def source():
        if failures:
            raise failures.pop()
        return iter(list(stored))

    index = open_index(source=source)

    assert best(index, mentorship, talks, "vegetables") == "session_3"


KILLED = """
import sys
from datetime import date
from pathlib import Path
from coach.model.people import Mentorship, Person
from coach.model.sessions import Note, Session
from retrieval.embedders.wordllama import WordLlamaEmbedder
from retrieval.index import HybridIndex
mentorship = Mentorship(id="m", mentor=Person(name="Priya"), mentee=Person(name="Tom"))
index = HybridIndex(Path(sys.argv[1]), WordLlamaEmbedder(), lambda: iter([]))
index.open()
assert index.settle(timeout_seconds=30)
for number in range(10_000):
    text = f"- Salary step {number}.\\n- Garden step {number}."
    note = Note(
        id=f"n{number}", author="mentor", visibility="shared", format="markdown", text=text
    )
    index.add(mentorship, Session(id=f"s{number}", held_on=date(2026, 1, 1), notes=(note,)))
    print(number, flush=True)
"""


def test_an_index_survives_its_process_being_killed_while_it_writes(
    open_index, directory, mentorship, stored, talks
):
    root = Path(__file__).parent.parent.parent
    command = [sys.executable, "-c", KILLED, str(directory)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= 60:
                child.send_signal(signal.SIGKILL)
                break
    stored.extend((mentorship, session) for session in talks)

    index = open_index()

    assert best(index, mentorship, talks, "vegetables") == "session_3"
