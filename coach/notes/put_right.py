"""Applies people's corrections of what was read.

A person's word replaces every reader's, also that of a later reader.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coach.model.citations import LONGEST_QUOTE
from coach.model.facts import FactCorrection, FactKind
from coach.model.history import History
from coach.model.people import Side
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal, Reading, Span
from coach.notes.lines import plain
from coach.notes.standing import promises_spoken_of, with_promises


def put_right(history: History) -> History:
    """Return the history as people have put it right; what was read before stays beside it."""
    spoken_of = promises_spoken_of(history.corrections)
    if history.as_read or not (history.fact_corrections or spoken_of):
        return history
    said: dict[str, list[FactCorrection]] = defaultdict(list)
    for each in history.fact_corrections:
        said[each.note_id].append(each)
    texts = {note.id: note.text for each in history.sessions for note in each.notes}
    readings, alone = dict(history.readings), dict(history.alone)
    as_read = {}
    for note_id in (said.keys() | spoken_of.keys()) & readings.keys() & texts.keys():
        as_read[note_id] = alone.get(note_id, readings[note_id])
        words = _Words(said.get(note_id, ()))
        for known in (readings, alone):
            if note_id in known:
                kept = with_promises(known[note_id], spoken_of.get(note_id, ()))
                known[note_id] = _mended(kept, words, texts[note_id])
    return history.model_copy(update={"readings": readings, "alone": alone, "as_read": as_read})


def says_the_same(word: FactCorrection, earlier: Iterable[FactCorrection]) -> bool:
    """Whether the last correction of a fact says just the same."""
    last = [each for each in earlier if each.fact_id == word.fact_id][-1:]
    return bool(last) and last[0].model_copy(update={"id": word.id, "by": word.by}) == word


class _Word(NamedTuple):
    """The result of people's corrections of one fact."""

    last: FactCorrection
    kind: FactKind | None
    hidden: bool

    @property
    def by(self) -> Side | None:
        """Whose correction holds, None where none does."""
        return self.last.by if self.hidden or self.kind else None

    @property
    def place(self) -> Span:
        """Where the fact is."""
        return Span(start=self.last.start, end=self.last.end)


class _Words:
    """The corrections of the facts of one note, found by place, the newest last."""

    def __init__(self, said: Iterable[FactCorrection]) -> None:
        found: dict[str, _Word] = {}
        for each in said:
            before = found.pop(each.fact_id, _Word(each, None, hidden=False))
            found[each.fact_id] = _Word(
                each,
                each.kind if "kind" in each.said else before.kind,
                hidden=each.hidden if "hidden" in each.said else before.hidden,
            )
        self.words = list(found.values())
        self._near: dict[int, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            for block in _blocks(word.place):
                self._near[block].append(number)

    def about(self, found: Span) -> list[_Word]:
        """Return the corrections about a place, or about what it overlaps."""
        near = {number for block in _blocks(found) for number in self._near.get(block, ())}
        words = [self.words[number] for number in sorted(near)]
        return [word for word in words if _meet(found, word.place)]

    def hide(self, found: Span) -> bool:
        """Whether the last correction about a place hides what was found there."""
        return [word.hidden for word in self.about(found)][-1:] == [True]

    def call(self, found: Span) -> FactKind | None:
        """Return the kind that the last person to name one gave to what was found, or None."""
        return next((word.kind for word in reversed(self.about(found)) if word.kind), None)


def _blocks(span: Span) -> range:
    """Return the stretches of a note that a span lies in.

    They are two at most, since no span is longer than a stretch.
    """
    return range(span.start // LONGEST_QUOTE, (span.end - 1) // LONGEST_QUOTE + 1)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _mended(reading: Reading, words: _Words, text: str) -> Reading:
    found = reading.of(FactSignal)
    mended = [*(_put_right(each, words) for each in found), *_missing(found, words)]
    mended.sort(key=lambda each: each.start)
    kept = [each for each in mended if not words.hide(each)]
    outcomes = [each for each in reading.of(OutcomeSignal) if not words.hide(each)]
    promises = _promises(reading.of(CommitmentSignal), kept, words, text)
    return (
        reading.having(FactSignal, kept)
        .having(CommitmentSignal, promises)
        .having(OutcomeSignal, outcomes)
        .model_copy(update={"hidden": tuple(each for each in mended if words.hide(each))})
    )


def _put_right(found: FactSignal, words: _Words) -> FactSignal:
    """Return a fact with the corrections about its place applied.

    A kind that a person gives has no doubt.
    """
    for word in words.about(found):
        same = (found.start, found.end) == (word.last.start, word.last.end)
        told: dict[str, object] = {
            "read_as": word.last.read_as if same else found.known_as,
            "corrected_by": word.by,
        }
        if word.kind:
            told |= {"kind": word.kind, "weight": 1.0, "likely": 1.0}
        found = found.model_copy(update=told)
    return found


def _missing(found: Iterable[FactSignal], words: _Words) -> Iterator[FactSignal]:
    """Yield what a person has called a fact, and this reader has not found."""
    met = {word.last.fact_id for each in found for word in words.about(each)}
    for word in words.words:
        if word.kind and word.last.fact_id not in met:
            yield FactSignal(
                start=word.last.start,
                end=word.last.end,
                kind=word.kind,
                said_by=word.last.speaker,
                weight=1.0,
                read_as=word.last.read_as,
                corrected_by=word.by,
            )


def _promises(
    read: Iterable[CommitmentSignal], kept: Sequence[FactSignal], words: _Words, text: str
) -> list[CommitmentSignal]:
    """Return the promises, as people have corrected them.

    A promise is gone where a person hides it or calls it something else. One is added where a
    person calls something a promise.
    """
    found = [
        each for each in read if not words.hide(each) and words.call(each) in {None, "commitment"}
    ]
    there = {each.start for each in found}
    found += [
        CommitmentSignal(
            by=each.by,
            start=each.start,
            end=each.end,
            owner=each.said_by or "unassigned",
            action=plain(text[each.start : each.end]),
            due=None,
            said_by=each.said_by,
        )
        for each in kept
        if each.corrected_by and each.kind == "commitment" and each.start not in there
    ]
    return sorted(found, key=lambda promise: promise.start)
