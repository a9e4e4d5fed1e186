"""What is kept of a note beside the vectors: ids and a day for each passage, never a word."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from coach.errors import EngineFailed
from coach.model.people import Mentorship, Visibility
from coach.model.sessions import Note, Session
from coach.notes.portions import Limits, both_ends
from retrieval.embedders.port import Embedder, Vectors
from retrieval.lexical import plain
from retrieval.passages import Piece, split

MOST_PASSAGES = Limits().passages
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)

_NAME = re.compile(r"[^\W\d_]{2,}")


class Entry(NamedTuple):
    """One passage to be embedded; `text` is not kept afterwards."""

    id: str
    note_id: str
    day: int
    text: str


class Batch(NamedTuple):
    """Entries of one collection with their vectors, row for row."""

    entries: Sequence[Entry]
    vectors: Vectors


def collection_name(mentorship_id: str, visibility: Visibility) -> str:
    """Return the collection's name for one mentorship and visibility; it names no person."""
    scope = f"{mentorship_id}\x1f{visibility}".encode("utf-8", "replace")
    return f"passages-{hashlib.sha256(scope).hexdigest()[:40]}"


def passage_id(note: Note, piece: Piece) -> str:
    """Return an id from the note's id and the passage's code points."""
    return f"{note.id}:{piece.start}:{piece.end}"


def entries_of(
    mentorship: Mentorship,
    session: Session,
    *,
    most: int = MOST_PASSAGES,
    note_id: str | None = None,
) -> dict[str, list[Entry]]:
    """Return the passages of a session, or of one of its notes, by collection.

    At most `most` passages of a session go into one collection, those of earlier notes first. Of a
    note that does not fit, the beginning and the end go in.
    """
    found: dict[str, list[Entry]] = {}
    left: dict[str, int] = {}
    for note in session.notes:
        name = collection_name(mentorship.id, note.visibility)
        room = left.get(name, most)
        pieces = split(note)
        left[name] = max(0, room - len(pieces))
        if note_id in {None, note.id} and room:
            kept = both_ends(pieces, most=room)
            found.setdefault(name, []).extend(_entries(mentorship, session, note, kept))
    return {name: entries for name, entries in found.items() if entries}


def _entries(
    mentorship: Mentorship, session: Session, note: Note, pieces: Sequence[Piece]
) -> Iterator[Entry]:
    day = session.held_on.toordinal()
    for piece in pieces:
        unnamed = without_names(mentorship, piece.text)
        text = unnamed if holds_a_word(unnamed) else plain(piece.text)
        yield Entry(passage_id(note, piece), note.id, day, text)


def holds_a_word(text: str) -> bool:
    """Whether a text holds a letter or a digit."""
    return any(character.isalnum() for character in text)


def without_names(mentorship: Mentorship, text: str) -> str:
    """Return the text without the two people's names, which are everywhere and so say nothing."""
    names = _names(mentorship.mentor.name, mentorship.mentee.name)
    return names.sub(" ", plain(text)) if names else plain(text)


# Pairs of people whose pattern is kept. Chosen by hand; not measured.
@lru_cache(maxsize=256)
def _names(*people: str) -> re.Pattern[str] | None:
    parts = {part for name in people for part in _NAME.findall(plain(name))}
    either = "|".join(re.escape(part) for part in sorted(parts))
    return re.compile(rf"\b(?:{either})\b(?:['’]s\b)?", re.IGNORECASE) if parts else None


def embedded(embedder: Embedder, entries: Sequence[Entry]) -> Batch:
    """Return the entries with a usable vector.

    Raises EngineFailed when the embedder's vectors have a wrong shape.
    """
    vectors = embedder.embed([entry.text for entry in entries])
    if vectors.shape != (len(entries), embedder.dimension):
        raise EngineFailed(f"the embedder {embedder.name} gave vectors of another shape")
    good = usable(vectors)
    kept = [entry for entry, is_good in zip(entries, good, strict=True) if is_good]
    return Batch(kept, vectors[good].astype(np.float32))


def usable(vectors: Vectors) -> npt.NDArray[np.bool_]:
    """Return which rows have a direction: not all zeros, and only finite numbers."""
    return np.asarray(np.isfinite(vectors).all(axis=1) & vectors.any(axis=1), dtype=np.bool_)
