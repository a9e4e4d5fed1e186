"""Prepares the passages of some sessions for search by words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from coach import deadline
from coach.agreement.access import readable
from coach.model.people import Audience, Visibility
from coach.model.sessions import Note, Session
from retrieval.fusion import Scores
from retrieval.lexical import words, words_of_each
from retrieval.passages import PassageSpan, Piece, split
from retrieval.vectors.entries import MOST_PASSAGES, passage_id

Text = Counter[str]
"""How often each word is in a text."""


class Place(NamedTuple):
    """One passage of a note; `around` reaches from the passage before it to the one after it."""

    id: str
    note: Note
    piece: Piece
    around: PassageSpan


class Shelf(NamedTuple):
    """Sessions from oldest to newest, their passages in reading order, and the words of both."""

    sessions: tuple[Session, ...]
    places: tuple[Place, ...]
    runs: tuple[PassageSpan, ...]
    """The rows of `places` that belong to each of `sessions`."""
    notes: tuple[tuple["Told", ...], ...]
    """The words of the notes of each of `sessions`, in the order of their places."""
    by_session: tuple[Text, ...]
    """The words of each of `sessions`, and those of its date."""
    rows: Mapping[str, int]
    """The row of each passage id in `places`."""
    counts: Mapping[Visibility, int]
    """How many passages of each visibility have a vector."""


class Told(NamedTuple):
    """The words of one note: its passages, their lengths, and counts by passage and in all."""

    pieces: tuple[Piece, ...]
    lengths: Scores
    bearing: Mapping[str, Mapping[int, int]]
    whole: Text


class _Shelved(NamedTuple):
    """One session with the words of its notes."""

    session: Session
    notes: tuple[tuple[Note, Told], ...]

    @property
    def size(self) -> int:
        return sum(len(told.pieces) for _, told in self.notes)


def shelved(audience: Audience, sessions: Sequence[Session], *, most: int = MOST_PASSAGES) -> Shelf:
    """Prepare what the audience may read of these sessions."""
    ordered = sorted(sessions, key=lambda session: session.held_on)
    each = [made for session in ordered if (made := _shelved(audience, session)).size]
    told = [(note, said) for one in each for note, said in one.notes]
    places = tuple(place for note, said in told for place in _places(note, said.pieces))
    return Shelf(
        sessions=tuple(one.session for one in each),
        places=places,
        runs=tuple(_runs(each)),
        notes=tuple(tuple(said for _, said in one.notes) for one in each),
        by_session=tuple(_words_of_session(one) for one in each),
        rows={place.id: row for row, place in enumerate(places)},
        counts=_counts(each, most),
    )


def _counts(each: Sequence[_Shelved], most: int) -> Mapping[Visibility, int]:
    found: Counter[Visibility] = Counter()
    for one in each:
        written: Counter[Visibility] = Counter()
        for note, told in one.notes:
            written[note.visibility] += len(told.pieces)
        found.update({shown: min(size, most) for shown, size in written.items()})
    return found


def _shelved(audience: Audience, session: Session) -> _Shelved:
    readable_notes = (note for note in session.notes if note.visibility in readable(audience))
    return _Shelved(session, tuple((note, _told(note)) for note in readable_notes))


# Each new session makes a new shelf of nearly the same notes, so each note is cut only once. The
# number of notes is chosen by hand; not measured.
@lru_cache(maxsize=8192)
def _told(note: Note) -> Told:
    pieces = split(note)
    said = words_of_each([piece.text for piece in pieces])
    bearing: dict[str, dict[int, int]] = {}
    for at, each in enumerate(said):
        for word in each:
            counts = bearing.setdefault(word, {})
            counts[at] = counts.get(at, 0) + 1
    return Told(
        pieces,
        np.array([len(each) for each in said], dtype=np.float64),
        bearing,
        Counter({word: sum(counts.values()) for word, counts in bearing.items()}),
    )


def _places(note: Note, pieces: Sequence[Piece]) -> Iterator[Place]:
    for at, piece in enumerate(pieces):
        deadline.check()
        first, last = pieces[max(at - 1, 0)], pieces[min(at + 1, len(pieces) - 1)]
        yield Place(passage_id(note, piece), note, piece, PassageSpan(first.start, last.end))


def _runs(each: Sequence[_Shelved]) -> Iterator[PassageSpan]:
    start = 0
    for one in each:
        yield PassageSpan(start, start + one.size)
        start += one.size


def _words_of_session(one: _Shelved) -> Text:
    found = Counter(words(_in_words(one.session.held_on)))
    for _, told in one.notes:
        found.update(told.whole)
    return found


def _in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
