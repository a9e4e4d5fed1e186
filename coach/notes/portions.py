"""How much of what was written is read: all of an ordinary note, the beginning and the end of one that is too long."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from coach.model.sessions import Note

Item = TypeVar("Item")
_CUTS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029|.!?…。！？"
_LONGEST_PIECE = 100


class Limits(NamedTuple):
    """How much is read and compared at most; each can be set (`coach.settings`)."""

    characters: int = 50_000
    """Of one note, read by the reader: 9,000 words, an hour of talk, take 2.5 s of one processor."""
    sentences: int = 1000
    """Of one note, read by the reader, which takes 3 ms for one of 12 words."""
    passages: int = 1000
    """Of one session's notes with one visibility, found by their meaning: 0.35 ms each; all are found by words."""
    compared: int = 2000
    """Sentences that one page or set of questions is chosen from: 0.1 ms each."""
    matched: int = 100
    """Promises that one sentence is held against; in 200 ordinary sessions none meets more than 20. 5 µs each."""


def portion(lengths: Sequence[int], limits: Limits, *, share: float = 1.0) -> int:
    """How many sentences are read of a note whose sentences have these lengths.

    Where it is too much, half of what is read stands at the beginning and half at the end: there meetings tell
    what became of things and what is promised.
    """
    sentences, characters = limits.sentences * share, limits.characters * share
    if len(lengths) <= sentences and sum(lengths) <= characters:
        return len(lengths)
    head = _fitting(lengths, sentences / 2, characters / 2)
    tail = _fitting(reversed(lengths), sentences / 2, characters / 2)
    return max(1, min(2 * min(head, tail), len(lengths) - 1))


def both_ends(items: Sequence[Item], *, most: int) -> list[Item]:
    """At most so many: where there are more, half of them from the beginning and half from the end."""
    if len(items) <= most:
        return list(items)
    tail = most // 2
    return [*items[: most - tail], *items[len(items) - tail :]]


def _fitting(lengths: Iterable[int], most: float, room: float) -> int:
    """How many of the first are no more than so many and no longer than that together."""
    count = 0
    for length in islice(lengths, int(most)):
        room -= length
        if room < 0:
            break
        count += 1
    return count


def shares(notes: Sequence[Note], limits: Limits) -> dict[str, float]:
    """Which part of what is read of one note each note gets where several are read at once.

    All of it, unless they are too much together: then the short ones are read whole and the long ones alike.
    Nobody's share depends on notes that others may not see.
    """
    found: dict[str, float] = {}
    for visibility in {note.visibility for note in notes}:
        group = [note for note in notes if note.visibility == visibility]
        sizes = [_size(note.text, limits) for note in group]
        given = _given(sizes) if sum(sizes) > 1 else [1.0] * len(group)
        found |= {note.id: share for note, share in zip(group, given, strict=True)}
    return found


def _size(text: str, limits: Limits) -> float:
    """How much of what is read of one note a text asks for, or a little more."""
    sentences = 1 + sum(text.count(cut) for cut in _CUTS) + len(text) // _LONGEST_PIECE
    return max(len(text) / limits.characters, sentences / limits.sentences)


def _given(sizes: Sequence[float]) -> list[float]:
    """What each gets of one: the small ones what they ask for, the others alike."""
    given = [0.0] * len(sizes)
    left = 1.0
    for rank, at in enumerate(sorted(range(len(sizes)), key=lambda at: sizes[at])):
        given[at] = min(sizes[at], left / (len(sizes) - rank))
        left -= given[at]
    return given
