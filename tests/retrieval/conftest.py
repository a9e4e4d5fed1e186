from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.model.people import Mentorship, Person
from coach.model.sessions import Note, Session
from retrieval.embedders.wordllama import WordLlamaEmbedder
from retrieval.index import HybridIndex

Pairs = list[tuple[Mentorship, Session]]


@pytest.fixture(scope="session")
def embedder():
    return WordLlamaEmbedder()


@pytest.fixture
def mentorship():
    return Mentorship(
        id="mentorship_1", mentor=Person(name="Priya Nair"), mentee=Person(name="Tom Becker")
    )


@pytest.fixture(scope="session")
def make_note() -> Callable[..., Note]:
    def made(text: str, **changed: str) -> Note:
        given = {"id": "note_1", "author": "mentor", "visibility": "shared", "format": "text"}
        return Note.model_validate({**given, **changed, "text": text})

    return made


@pytest.fixture
def make_session(make_note) -> Callable[..., Session]:
    """Session n was held n weeks after the first and has one note unless notes are given."""

    def made(number: int, text: str = "", *, notes: tuple[Note, ...] = (), **changed: str):
        own = make_note(text, id=f"note_{number}", **changed)
        return Session(
            id=f"session_{number}",
            held_on=date(2026, 1, 5) + timedelta(weeks=number),
            notes=notes or (own,),
        )

    return made


@pytest.fixture
def stored() -> Pairs:
    """What the store holds; tests change it before they change the index."""
    return []


@pytest.fixture
def open_index(tmp_path: Path, embedder, stored) -> Iterator[Callable[..., HybridIndex]]:
    """Opens an index over what is stored; all of them are closed when the test ends."""
    opened: list[HybridIndex] = []

    def made(folder: str = "index", *, settled: bool = True, **parts) -> HybridIndex:
        source = parts.get("source", lambda: iter(list(stored)))
        index = HybridIndex(tmp_path / folder, parts.get("embedder", embedder), source)
        opened.append(index)
        index.open()
        assert not settled or index.settle(timeout_seconds=30)
        return index

    yield made
    for index in opened:
        index.close()


@pytest.fixture
def talks(make_session) -> list[Session]:
    """Four sessions about different things."""
    texts = (
        "- Tom wants to move into data engineering.\n- He fears the salary talk with his boss.",
        "- Practised the salary negotiation twice.\n- Tom will write to Anna by Friday.",
        "- The garden project is finished.\n- We planted tomatoes and beans.",
        "- Tom gave a talk at the Python meetup.\n- The audience asked about pipelines.",
    )
    return [
        make_session(number, text, format="markdown") for number, text in enumerate(texts, start=1)
    ]
