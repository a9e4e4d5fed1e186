"""The life of a commitment across sessions, worked out from readings for one audience and one day.

A later sentence speaks of an earlier promise when it has enough of the promise's words, rare ones counting more.
What a sentence in the same session says is part of the promise, never its outcome.
"""

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from threading import Lock
from typing import NamedTuple

from coach import deadline
from coach.contract import in_force
from coach.corrections import corrected
from coach.facts import ReadNote, cite, plain, read_notes
from coach.ids import derived_id
from coach.model import (
    Commitment,
    CommitmentEvent,
    CommitmentStatus,
    History,
    HistoryStatus,
    Outcome,
    Promise,
    Session,
)
from coach.open_promises import MOST_MATCHED, OpenPromises, Promised
from coach.words import head, stems

_SAME_PROMISE = 0.6
_FEWEST_STEMS = 2
_HEAD = 3
_LONGEST_ACTION = 160


class Remembered:
    """`commitments`, worked out once for each history that is asked for again and again between two sessions."""

    def __init__(self, *, size: int = 8, most: int = MOST_MATCHED) -> None:
        self._size = size
        self._most = most
        self._known: OrderedDict[_Key, tuple[Commitment, ...]] = OrderedDict()
        self._lock = Lock()

    def commitments(self, history: History) -> tuple[Commitment, ...]:
        """Every commitment as it stands at the end of the history's day, oldest first."""
        key = _key(history)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = commitments(history, most=self._most)
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._size:
                self._known.popitem(last=False)
        return made


_Key = tuple[object, ...]


def _key(history: History) -> _Key:
    """All that commitments depend on; a note's text and a contract's version never change."""
    read = tuple(
        (note.id, (reading.engine, reading.version) if reading else None)
        for session in history.sessions
        for note in session.notes
        for reading in (history.readings.get(note.id),)
    )
    versions = tuple(contract.version for contract in history.contracts)
    said = tuple(correction.id for correction in history.corrections)
    return (history.mentorship.id, history.audience, history.as_of, versions, read, said)


def commitments(history: History, *, most: int = MOST_MATCHED) -> tuple[Commitment, ...]:
    """Every commitment as it stands at the end of the history's day, oldest first.

    A sentence is held against at most `most` of the promises before it.
    """
    alive = OpenPromises(most=most)
    made: list[Promised] = []
    day_first = _day_first(history)
    for on, day in groupby(read_notes(history), key=lambda read: read.session.held_on):
        reads = list(day)
        for read in reads:
            alive.hear(_stems_of(read), on=on)
        _hear_outcomes(alive, reads)
        for read in reads:
            for promise in read.reading.promises:
                deadline.check()
                live = _hear_promise(
                    alive,
                    read,
                    promise,
                    number=len(made),
                    due=_due(history, read, promise, day_first=day_first),
                )
                if live is not None:
                    made.append(live)
    settled = [_settled(live, history.as_of) for live in made]
    return corrected(settled, history.corrections, history.as_of)


def _stems_of(read: ReadNote) -> frozenset[str]:
    """The words of all that was found in a note."""
    text = read.note.text
    said = (stems(plain(text[each.start : each.end])) for each in read.reading.findings)
    return frozenset().union(*said)


class _Word(NamedTuple):
    """What one sentence of a day says of a promise, and how much speaks for it."""

    promise: Promised
    read: ReadNote
    outcome: Outcome
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
    for outcome in read.reading.outcomes:
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
    alive: OpenPromises, read: ReadNote, promise: Promise, *, number: int, due: date | None
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
    read: ReadNote, said: Promise | Outcome, *, status: HistoryStatus, due: date | None
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
        status=_status(live, as_of),
        made_in=live.events[0].citation,
        history=tuple(live.events),
    )


def _status(live: Promised, as_of: date) -> CommitmentStatus:
    last = live.events[-1].status
    if last == "done":
        return "done"
    if last == "dropped":
        return "dropped"
    if live.due is not None and live.due < as_of:
        return "overdue"
    return "partly" if last == "partly" else "open"


def _due(
    history: History, read: ReadNote, promise: Promise, *, day_first: bool | None
) -> date | None:
    if promise.due_options is not None:
        order = read.reading.day_first if read.reading.day_first is not None else day_first
        if order is None:
            return None
        return promise.due_options.day_first if order else promise.due_options.month_first
    if promise.due_at_next:
        return _next_session(history, read.session)
    return promise.due


def _next_session(history: History, session: Session) -> date | None:
    """The next meeting as it was said in the session, else a cadence later, else None."""
    for note in reversed(session.notes):
        reading = history.readings.get(note.id)
        if reading is not None and reading.next_meetings:
            return reading.next_meetings[-1].on
    contract = in_force(history.contracts, session.held_on)
    if contract is None or contract.cadence is None:
        return None
    return session.held_on + timedelta(days=contract.cadence.every_days)


def _day_first(history: History) -> bool | None:
    """The order of day and month: by the region of the language, else by the notes' own clear dates."""
    _, _, region = history.mentorship.language.partition("-")
    if region:
        return region.upper() not in {"US", "PH", "FM", "MH", "PW", "GU"}
    shown = {
        reading.day_first for reading in history.readings.values() if reading.day_first is not None
    }
    return shown.pop() if len(shown) == 1 else None


def _shortened(action: str) -> str:
    if len(action) <= _LONGEST_ACTION:
        return action
    return action[:_LONGEST_ACTION].rpartition(" ")[0] + " …"


def open_ones(made: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Those that are neither settled nor overdue, the nearest due day first."""
    return tuple(sorted((each for each in made if each.status in {"open", "partly"}), key=_by_due))


def overdue_ones(made: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Those whose day has passed, the longest overdue first."""
    return tuple(sorted((each for each in made if each.status == "overdue"), key=_by_due))


def closed_in(made: Iterable[Commitment], session: Session | None) -> tuple[Commitment, ...]:
    """Those that a session's notes settled."""
    return tuple(
        each
        for each in made
        if session is not None
        and each.status in {"done", "dropped"}
        and each.history[-1].session_id == session.id
    )


def owned_by(made: Sequence[Commitment], *owners: str) -> tuple[Commitment, ...]:
    """Those that one of these owners has."""
    return tuple(each for each in made if each.owner in owners)


def _by_due(commitment: Commitment) -> tuple[date, date]:
    return (commitment.due or date.max, commitment.made_in.held_on)
