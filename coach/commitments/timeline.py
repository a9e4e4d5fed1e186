"""The life of a commitment across sessions, worked out from readings for one audience and one day.

A later sentence speaks of an earlier promise when it has enough of the promise's words, rare ones counting more.
What a sentence in the same session says is part of the promise, never its outcome.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from coach import deadline
from coach.commitments.corrections import corrected
from coach.commitments.due import day_comes_first, due_day
from coach.commitments.matching import MOST_MATCHED, OpenPromises, Promised
from coach.commitments.status import status_on
from coach.ids import derived_id
from coach.language.words import head, stems
from coach.model.commitments import Commitment, CommitmentEvent, HistoryStatus
from coach.model.history import History
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal
from coach.notes.lines import ReadNote, cite, plain, read_notes

_SAME_PROMISE = 0.6

_FEWEST_STEMS = 2

_HEAD = 3

_LONGEST_ACTION = 160


def commitments(history: History, *, most: int = MOST_MATCHED) -> tuple[Commitment, ...]:
    """Every commitment as it stands at the end of the history's day, oldest first.

    A sentence is held against at most `most` of the promises before it.
    """
    alive = OpenPromises(most=most)
    made: list[Promised] = []
    day_first = day_comes_first(history)
    for on, day in groupby(read_notes(history), key=lambda read: read.session.held_on):
        reads = list(day)
        for read in reads:
            alive.hear(_stems_of(read), on=on)
        _hear_outcomes(alive, reads)
        for read in reads:
            for promise in read.reading.of(CommitmentSignal):
                deadline.check()
                live = _hear_promise(
                    alive,
                    read,
                    promise,
                    number=len(made),
                    due=due_day(history, read, promise, day_first=day_first),
                )
                if live is not None:
                    made.append(live)
    settled = [_settled(live, history.as_of) for live in made]
    return corrected(settled, history.corrections, history.as_of)


def _stems_of(read: ReadNote) -> frozenset[str]:
    """The words of all that was found in a note."""
    text = read.note.text
    said = (stems(plain(text[each.start : each.end])) for each in read.reading.of(FactSignal))
    return frozenset().union(*said)


class _Word(NamedTuple):
    """What one sentence of a day says of a promise, and how much speaks for it."""

    promise: Promised
    read: ReadNote
    outcome: OutcomeSignal
    evidence: float


def _hear_outcomes(alive: OpenPromises, reads: Sequence[ReadNote]) -> None:
    """Of each promise that a day speaks of, the sentence that speaks of it most, in reading order."""
    heard: dict[str, _Word] = {}
    for word in (word for read in reads for word in _words_of(alive, read)):
        known = heard.get(word.promise.id)
        if known is None or word.evidence > known.evidence:
            heard[word.promise.id] = word
    places = {read.note.id: number for number, read in enumerate(reads)}
    for word in sorted(
        heard.values(),
        key=lambda word: (places[word.read.note.id], word.outcome.start, word.promise.number),
    ):
        _hear(alive, word)


def _words_of(alive: OpenPromises, read: ReadNote) -> Iterator[_Word]:
    """What the sentences of a note may say of promises; one that names its commitment speaks of no other."""
    for outcome in read.reading.of(OutcomeSignal):
        deadline.check()
        if outcome.about and (named := alive.named(outcome.about)):
            yield _Word(named, read, outcome, math.inf)
            continue
        words = stems(plain(read.note.text[outcome.start : outcome.end]))
        for spoken in alive.spoken_of(words, weight=outcome.weight):
            yield _Word(spoken.promise, read, outcome, spoken.evidence)


def _hear(alive: OpenPromises, word: _Word) -> None:
    live, outcome = word.promise, word.outcome
    status: HistoryStatus = outcome.status
    if status == "not_done" and outcome.new_due:
        status = "rescheduled"
    live.events.append(_event(word.read, outcome, status=status, due=outcome.new_due))
    alive.said_again(live)
    if live.closed:
        alive.close(live)


def _hear_promise(
    alive: OpenPromises, read: ReadNote, promise: CommitmentSignal, *, number: int, due: date | None
) -> Promised | None:
    """A new commitment, or None when the sentence says an earlier one again."""
    said = stems(plain(promise.action))
    if (
        len(said) < _FEWEST_STEMS
    ):  # "I'll do it by Friday": what it is stands elsewhere in the sentence
        said = stems(plain(read.note.text[promise.start : promise.end]))
    earlier = alive.same(said, enough=_SAME_PROMISE)
    if earlier is not None and promise.owner in {earlier.owner, "unassigned"}:
        moved = due is not None and due != earlier.due
        status: HistoryStatus = "rescheduled" if moved else "not_done"
        earlier.events.append(_event(read, promise, status=status, due=due))
        alive.said_again(earlier)
        return None
    live = Promised(
        id=derived_id("commitment", read.note.id, promise.start),
        number=number,
        owner=promise.owner,
        action=_shortened(plain(promise.action)),
        made_on=read.session.held_on,
        stems=said,
        head=frozenset(
            stem for stem in head(plain(promise.action), size=_HEAD) if not stem.isdigit()
        ),
        events=[_event(read, promise, status="open", due=due)],
    )
    alive.add(live)
    return live


def _event(
    read: ReadNote,
    said: CommitmentSignal | OutcomeSignal,
    *,
    status: HistoryStatus,
    due: date | None,
) -> CommitmentEvent:
    return CommitmentEvent.model_construct(
        session_id=read.session.id,
        held_on=read.session.held_on,
        status=status,
        due=due,
        citation=cite(read.session, read.note, said.start, said.end),
        by=said.by,
    )


def _settled(live: Promised, as_of: date) -> Commitment:
    return Commitment.model_construct(
        id=live.id,
        owner=live.owner,
        action=live.action,
        due=live.due,
        status=status_on(live, as_of),
        made_in=live.events[0].citation,
        history=tuple(live.events),
    )


def _shortened(action: str) -> str:
    if len(action) <= _LONGEST_ACTION:
        return action
    return action[:_LONGEST_ACTION].rpartition(" ")[0] + " …"
