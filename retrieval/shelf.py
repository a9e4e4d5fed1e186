"""The passages of some sessions, made ready to be searched by words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from coach import deadline
from coach.access import readable
from coach.model import Audience, Note, Session, Visibility
from retrieval.entries import passage_id
from retrieval.lexical import words
from retrieval.passages import Piece, Span, split

Text = Counter[str]
"""How often each word is in a text."""


class Place(NamedTuple):
    """One passage where it stands; `around` goes from the passage before it to the one after it."""

    id: str
    note: Note
    piece: Piece
    around: Span


class Shelf(NamedTuple):
    """Sessions from oldest to newest, their passages in reading order, and the words of both."""

    sessions: tuple[Session, ...]
    places: tuple[Place, ...]
    runs: tuple[Span, ...]
    """Which of `places` belong to each of `sessions`."""
    texts: tuple[Text, ...]
    """The words of each of `places`."""
    windows: tuple[Text, ...]
    """The words of each of `places` with those beside it."""
    by_session: tuple[Text, ...]
    """The words of each of `sessions`, and those of its day."""
    rows: Mapping[str, int]
    """Where in `places` each id stands."""
    counts: Mapping[Visibility, int]
    """How many passages were written for those with each visibility."""


class _Told(NamedTuple):
    """A note's passages and their words; `windows` are the words of each with those beside it."""

    pieces: tuple[Piece, ...]
    texts: tuple[Text, ...]
    windows: tuple[Text, ...]
    whole: Text


class _Shelved(NamedTuple):
    """One session with what its notes tell."""

    session: Session
    notes: tuple[tuple[Note, _Told], ...]

    @property
    def size(self) -> int:
        return sum(len(told.pieces) for _, told in self.notes)


def shelved(audience: Audience, sessions: Sequence[Session]) -> Shelf:
    """Make ready what the audience may read of these sessions."""
    ordered = sorted(sessions, key=lambda session: session.held_on)
    each = [made for session in ordered if (made := _shelved(audience, session)).size]
    told = [(note, said) for one in each for note, said in one.notes]
    places = tuple(place for note, said in told for place in _places(note, said.pieces))
    return Shelf(
        sessions=tuple(one.session for one in each),
        places=places,
        runs=tuple(_runs(each)),
        texts=tuple(text for _, said in told for text in said.texts),
        windows=tuple(window for _, said in told for window in said.windows),
        by_session=tuple(_words_of_session(one) for one in each),
        rows={place.id: row for row, place in enumerate(places)},
        counts=Counter(place.note.visibility for place in places),
    )


def _shelved(audience: Audience, session: Session) -> _Shelved:
    readable_notes = (note for note in session.notes if note.visibility in readable(audience))
    return _Shelved(session, tuple((note, _told(note)) for note in readable_notes))


# Every new session makes a new shelf of nearly the same notes: cut and stem each once.
@lru_cache(maxsize=8192)
def _told(note: Note) -> _Told:
    pieces = split(note)
    texts = tuple(Counter(words(piece.text)) for piece in pieces)
    return _Told(pieces, texts, tuple(_windows(texts)), sum(texts, Counter()))


def _places(note: Note, pieces: Sequence[Piece]) -> Iterator[Place]:
    for at, piece in enumerate(pieces):
        deadline.check()
        first, last = pieces[max(at - 1, 0)], pieces[min(at + 1, len(pieces) - 1)]
        yield Place(passage_id(note, piece), note, piece, Span(first.start, last.end))


def _windows(texts: Sequence[Text]) -> Iterator[Text]:
    for at in range(len(texts)):
        yield sum(texts[max(at - 1, 0) : at + 2], Counter())


def _runs(each: Sequence[_Shelved]) -> Iterator[Span]:
    start = 0
    for one in each:
        yield Span(start, start + one.size)
        start += one.size


def _words_of_session(one: _Shelved) -> Text:
    day = Counter(words(_in_words(one.session.held_on)))
    return sum((told.whole for _, told in one.notes), day)


def _in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
