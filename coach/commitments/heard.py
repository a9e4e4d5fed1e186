"""Which sentences of a day speak of open promises, and what each says became of it."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach import deadline
from coach.commitments.another import another_number, another_person, another_thing
from coach.commitments.events import event
from coach.commitments.matching import OpenPromises, Said
from coach.commitments.naming import EVERYBODY_DOES, says_what
from coach.commitments.promised import Promised
from coach.language.words import stems
from coach.model.commitments import HistoryStatus
from coach.model.readings import OutcomeSignal
from coach.notes.lines import ReadNote, plain

SAME_PROMISE = 0.6
"""How much of the shorter of two tellings the longer has where both are of one promise."""
FEWEST_STEMS = 2
"""A sentence with no more words of its own leans on the one before it."""
POINTS = re.compile(
    r"(?<![\w'’])(?:it|them|this|that|those|these|there|so)(?![\w'’])", re.IGNORECASE
)
"""Words for what stands before."""
_MARKED = 0.9
"""The weight of a task's own mark.

It speaks of the task that it stands at, and of no other that sounds like it.
"""
_OTHERS = re.compile(
    r"\W*(?:somebody|someone|nobody|no one|everybody|everyone|people|they)(?!\w)", re.IGNORECASE
)
_LEANS = re.compile(
    r"\W{0,4}(?:(?:all|both|just|finally|already|yes|done|also)[ \t,:-]{1,3}){0,2}"
    r"(?:sent|done|given|written|posted|mailed|e-?mailed|handed|read|rang|called|asked|booked|paid|"
    r"got|found|made|built|bought|taken|met|went|came|started|finished|signed|put|told|seen|"
    r"received|delivered|returned|passed|moved|in)(?!\w)",
    re.IGNORECASE,
)
"""How a sentence begins whose subject was named before it."""
_LEADING = 160
"""How far before a sentence its subject may be named: about one sentence or two short ones."""


class _Word(NamedTuple):
    """What one sentence of a day says of a promise, and how much speaks for it."""

    promise: Promised
    read: ReadNote
    outcome: OutcomeSignal
    evidence: float


def hear_outcomes(alive: OpenPromises, reads: Sequence[ReadNote]) -> None:
    """The sentence that speaks most of each promise of which a day speaks, in reading order."""
    heard: dict[str, _Word] = {}
    for word in (word for read in reads for word in _words_of(alive, read)):
        known = heard.get(word.promise.id)
        if known is None or _rather(word, known):
            heard[word.promise.id] = word
    places = {read.note.id: number for number, read in enumerate(reads)}
    for word in sorted(
        heard.values(),
        key=lambda word: (places[word.read.note.id], word.outcome.start, word.promise.number),
    ):
        _hear(alive, word)


def _rather(word: _Word, known: _Word) -> bool:
    """Whether a sentence tells more of a promise than another one of the same day.

    Where one says that it is not done and the other only that something else of it is, the denial
    counts.
    """
    for one, other, rather in ((word, known, True), (known, word, False)):
        denies = one.outcome.status == "not_done" and other.outcome.status == "done"
        if denies and one.evidence < math.inf > other.evidence and not _says_the_deed(other):
            return rather
    return word.evidence > known.evidence


def _says_the_deed(word: _Word) -> bool:
    """Whether a sentence says the deed that was promised."""
    said = stems(plain(word.read.note.text[word.outcome.start : word.outcome.end]))
    return bool(said & word.promise.stems & EVERYBODY_DOES)


def _words_of(alive: OpenPromises, read: ReadNote) -> Iterator[_Word]:
    """What the sentences of a note may say of promises.

    One that names its commitment speaks of no other.
    """
    for outcome in read.reading.of(OutcomeSignal):
        deadline.check()
        if outcome.about and (named := alive.named(outcome.about)):
            yield _Word(named, read, outcome, math.inf)
            continue
        words = stems(plain(read.note.text[outcome.start : outcome.end]))
        said = Said(words, _before(read, outcome, words), outcome.status, outcome.weight)
        if outcome.weight >= _MARKED and (same := alive.same(words, enough=SAME_PROMISE)):
            yield _Word(same, read, outcome, math.inf)
            continue
        for spoken in alive.spoken_of(said):
            word = _Word(spoken.promise, read, outcome, spoken.evidence)
            if _names(alive, word, spoken.promise.stems & said.telling):
                yield word


def _before(read: ReadNote, outcome: OutcomeSignal, words: frozenset[str]) -> frozenset[str]:
    """The words that stand just before a sentence which leans on them: `Sent them on the 18th`."""
    text = read.note.text
    said = text[outcome.start : outcome.end]
    if not (POINTS.search(said) or _LEANS.match(said) or len(words) <= FEWEST_STEMS):
        return frozenset()
    told = text[max(0, outcome.start - _LEADING) : outcome.start]
    return stems(plain(told.rpartition("\n\n")[2]))


def _names(alive: OpenPromises, word: _Word, common: frozenset[str]) -> bool:
    """Whether a sentence names a promise: its thing, or the deed where that is said to be done.

    A sentence that says the deed of another thing, person or number speaks of another promise.
    """
    text = word.read.note.text[word.outcome.start : word.outcome.end]
    promise = word.promise
    deeds = common & EVERYBODY_DOES
    if another_number(text, promise.told) or another_person(text, promise.told, deeds=deeds):
        return False
    if says_what(common, names=alive.names):
        return True
    if word.outcome.status != "done" or _OTHERS.match(text):
        return False
    return not another_thing(text, promise.stems, deeds, names=alive.names)


def _hear(alive: OpenPromises, word: _Word) -> None:
    live, outcome = word.promise, word.outcome
    status: HistoryStatus = outcome.status
    if status == "not_done" and outcome.new_due:
        status = "rescheduled"
    live.events.append(event(word.read, outcome, status=status, due=outcome.new_due))
    alive.said_again(live)
    if live.closed:
        alive.close(live)
