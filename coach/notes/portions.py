"""Limits how much of the notes is read.

An ordinary note is read whole. Of a note that is too long, the beginning and the end are read.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from coach.model.sessions import Note

Item = TypeVar("Item")
_CUTS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029|.!?…。！？"
_LONGEST_PIECE = 100
"""Characters of a piece without a full stop that counts as one more sentence.

It is about a long sentence. Chosen by hand; not measured.
"""


class Limits(NamedTuple):
    """How much is read and compared at most; each limit can be set (`coach.settings`)."""

    characters: int = 50_000
    """Of one note, for the reader: 9,000 words, an hour of talk, take 2.5 s of one processor."""
    sentences: int = 1000
    """Of one note, for the reader, which takes 3 ms for a sentence of 12 words."""
    passages: int = 1000
    """Of one session's notes with one visibility, for search by meaning: 0.35 ms each.

    Search by words finds all of them.
    """
    compared: int = 2000
    """Sentences that one page or one set of questions is chosen from: 0.1 ms each."""
    matched: int = 100
    """Promises that one sentence is compared with: 5 µs each.

    In 200 ordinary sessions none meets more than 20.
    """


def portion(lengths: Sequence[int], limits: Limits, *, share: float = 1.0) -> int:
    """Return how many sentences are read of a note whose sentences have these lengths.

    Where there are too many, half of what is read is the beginning and half the end, since there
    meetings tell what became of things and what is promised.
    """
    sentences, characters = limits.sentences * share, limits.characters * share
    if len(lengths) <= sentences and sum(lengths) <= characters:
        return len(lengths)
    head = _fitting(lengths, sentences / 2, characters / 2)
    tail = _fitting(reversed(lengths), sentences / 2, characters / 2)
    return max(1, min(2 * min(head, tail), len(lengths) - 1))


def both_ends(items: Sequence[Item], *, most: int) -> list[Item]:
    """Return at most so many items: where there are more, half are the first and half the last."""
    if len(items) <= most:
        return list(items)
    tail = most // 2
    return [*items[: most - tail], *items[len(items) - tail :]]


def _fitting(lengths: Iterable[int], most: float, room: float) -> int:
    """Return how many of the first fit into both the number and the total length."""
    count = 0
    for length in islice(lengths, int(most)):
        room -= length
        if room < 0:
            break
        count += 1
    return count


def shares(notes: Sequence[Note], limits: Limits) -> dict[str, float]:
    """Return the share of one note's limits that each note gets, by note id, from 0 to 1.

    Each gets all of it, unless the notes are too much together. Then short ones are read whole, and
    long ones get equal shares. No share depends on notes that others may not see.
    """
    found: dict[str, float] = {}
    for visibility in {note.visibility for note in notes}:
        group = [note for note in notes if note.visibility == visibility]
        sizes = [_size(note.text, limits) for note in group]
        given = _given(sizes) if sum(sizes) > 1 else [1.0] * len(group)
        found |= {note.id: share for note, share in zip(group, given, strict=True)}
    return found


def _size(text: str, limits: Limits) -> float:
    """Return the share of one note's limits that a text asks for, or a little more."""
    sentences = 1 + sum(text.count(cut) for cut in _CUTS) + len(text) // _LONGEST_PIECE
    return max(len(text) / limits.characters, sentences / limits.sentences)


def _given(sizes: Sequence[float]) -> list[float]:
    """Return each one's part of 1: small sizes get what they ask for, the others equal parts."""
    given = [0.0] * len(sizes)
    left = 1.0
    for rank, at in enumerate(sorted(range(len(sizes)), key=lambda at: sizes[at])):
        given[at] = min(sizes[at], left / (len(sizes) - rank))
        left -= given[at]
    return given
