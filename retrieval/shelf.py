"""The passages of some sessions, made ready to be searched by words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from coach.access import readable
from coach.model import Audience, Note, Session, Visibility
from retrieval.entries import passage_id
from retrieval.lexical import Lexicon, Words, words
from retrieval.passages import Piece, Span, split


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
    by_session: Lexicon
    by_passage: Lexicon
    by_window: Lexicon
    rows: Mapping[str, int]
    """Where in `places` each id stands."""
    counts: Mapping[Visibility, int]
    """How many passages were written for those with each visibility."""


class _Shelved(NamedTuple):
    """One session with its passages; `windows` are the words of each with those beside it."""

    session: Session
    places: list[Place]
    stems: list[Words]
    windows: list[Words]


def shelved(audience: Audience, sessions: Sequence[Session]) -> Shelf:
    """Make ready what the audience may read of these sessions."""
    ordered = sorted(sessions, key=lambda session: session.held_on)
    each = [made for session in ordered if (made := _shelved(audience, session)).places]
    places = tuple(place for one in each for place in one.places)
    return Shelf(
        sessions=tuple(one.session for one in each),
        places=places,
        runs=tuple(_runs(each)),
        by_session=Lexicon([_words_of_session(one) for one in each]),
        by_passage=Lexicon([stems for one in each for stems in one.stems]),
        by_window=Lexicon([stems for one in each for stems in one.windows]),
        rows={place.id: row for row, place in enumerate(places)},
        counts=Counter(place.note.visibility for place in places),
    )


def _shelved(audience: Audience, session: Session) -> _Shelved:
    made = _Shelved(session, [], [], [])
    for note in session.notes:
        if note.visibility in readable(audience):
            pieces = split(note)
            stems = [words(piece.text) for piece in pieces]
            made.places.extend(_places(note, pieces))
            made.stems.extend(stems)
            made.windows.extend(_windows(stems))
    return made


def _places(note: Note, pieces: Sequence[Piece]) -> Iterator[Place]:
    for at, piece in enumerate(pieces):
        first, last = pieces[max(at - 1, 0)], pieces[min(at + 1, len(pieces) - 1)]
        yield Place(passage_id(note, piece), note, piece, Span(first.start, last.end))


def _windows(stems: list[Words]) -> Iterator[Words]:
    for at in range(len(stems)):
        yield [word for near in stems[max(at - 1, 0) : at + 2] for word in near]


def _runs(each: Sequence[_Shelved]) -> Iterator[Span]:
    start = 0
    for one in each:
        yield Span(start, start + len(one.places))
        start += len(one.places)


def _words_of_session(one: _Shelved) -> Words:
    day = words(_in_words(one.session.held_on))
    return day + [word for stems in one.stems for word in stems]


def _in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
