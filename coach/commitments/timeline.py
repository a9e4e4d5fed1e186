"""The life of a commitment across sessions, worked out from readings for one audience and one day.

A later sentence speaks of an earlier promise when it has enough of the promise's words, rare ones
counting more. What a sentence in the same session says is part of the promise, never its outcome.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach import deadline
from coach.commitments import by_hand
from coach.commitments.corrections import corrected
from coach.commitments.due import day_comes_first, due_day
from coach.commitments.events import event
from coach.commitments.heard import FEWEST_STEMS, POINTS, SAME_PROMISE, hear_outcomes
from coach.commitments.matching import MOST_MATCHED, OpenPromises
from coach.commitments.promised import Promised
from coach.commitments.status import overdue_because, status_on
from coach.ids import derived_id
from coach.language.words import head, stems
from coach.model.commitments import (
    AddedCommitment,
    Commitment,
    HistoryStatus,
    Owner,
)
from coach.model.history import History
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal
from coach.notes.lines import ReadNote, plain, read_notes

_TAKEN_OVER = re.compile(
    r"(?<!\w)(?:instead|tak(?:e|es|ing) (?:it|this|that|them)? ?over|took over|for (?:him|her)"
    r"|in (?:his|her|their|my|your) place)(?!\w)",
    re.IGNORECASE,
)

_JUST_BEFORE = 300
"""How far back `it` and `them` may point: two or three sentences, or as many turns of a talk."""

_HEAD = 3

_LONGEST_ACTION = 160


def commitments(history: History, *, most: int = MOST_MATCHED) -> tuple[Commitment, ...]:
    """Every commitment as it stands at the end of the history's day, oldest first.

    A sentence is held against at most `most` of the promises before it.
    """
    pair = history.mentorship
    names = stems(f"{pair.mentor.name} {pair.mentee.name}")
    alive = OpenPromises(most=most, names=names)
    made: list[Promised] = []
    day_first = day_comes_first(history)
    for on, reads, added in _days(history):
        for read in reads:
            alive.hear(_stems_of(read), on=on)
        hear_outcomes(alive, reads)
        for read in reads:
            begun = _begun(read)
            for promise in read.reading.of(CommitmentSignal):
                deadline.check()
                due = due_day(history, read, promise, day_first=day_first)
                half = (promise.start, promise.end) in begun
                live = _hear_promise(alive, _Anew(len(made), read, promise, due, half))
                if live is not None:
                    made.append(live)
        for each in added:
            _hear_by_hand(alive, made, each)
    settled = [_settled(live, history.as_of) for live in made]
    return corrected(settled, history.corrections, history.as_of)


def _days(
    history: History,
) -> Iterator[tuple[date, Sequence[ReadNote], Sequence[AddedCommitment]]]:
    """Each day with something told, oldest first, with its notes and what was added by hand."""
    read: dict[date, list[ReadNote]] = {}
    for each in read_notes(history):
        read.setdefault(each.session.held_on, []).append(each)
    added: dict[date, list[AddedCommitment]] = {}
    for by_person in history.added:
        added.setdefault(by_person.made_on, []).append(by_person)
    for on in sorted(read.keys() | added.keys()):
        yield on, read.get(on, ()), added.get(on, ())


def _stems_of(read: ReadNote) -> frozenset[str]:
    """The words of all that was found in a note."""
    text = read.note.text
    said = (stems(plain(text[each.start : each.end])) for each in read.reading.of(FactSignal))
    return frozenset().union(*said)


class _Anew(NamedTuple):
    """A promise as a note has it; `begun` tells that its mark says a part is done."""

    number: int
    read: ReadNote
    signal: CommitmentSignal
    due: date | None
    begun: bool


def _begun(read: ReadNote) -> frozenset[tuple[int, int]]:
    """Where things stand of which a part is done."""
    outcomes = read.reading.of(OutcomeSignal)
    return frozenset((each.start, each.end) for each in outcomes if each.status == "partly")


def _hear_promise(alive: OpenPromises, anew: _Anew) -> Promised | None:
    """A new commitment, or None when the sentence says an earlier one again."""
    read, promise = anew.read, anew.signal
    said = _stems_of_promise(read, promise)
    earlier = alive.same(said, enough=SAME_PROMISE) or _pointed_at(alive, anew)
    if earlier is not None and _may_be_one(promise.owner, earlier.owner):
        earlier.owner = promise.owner if earlier.owner == "unassigned" else earlier.owner
        _say_again(earlier, anew)
        alive.said_again(earlier)
        return None
    if earlier is not None and _TAKEN_OVER.search(read.note.text, promise.start, promise.end):
        earlier.events.append(event(read, promise, status="dropped", due=None))
        alive.close(earlier)
    live = _made(anew, said)
    if twin := alive.said_today(live):
        twin.owner = promise.owner if twin.owner == "unassigned" else twin.owner
        twin.events += live.events
        return None
    alive.add(live)
    return live


def _hear_by_hand(alive: OpenPromises, made: list[Promised], added: AddedCommitment) -> None:
    """A promise that a person added; what notes tell of the same one becomes its history."""
    live = by_hand.promised(added, number=len(made))
    alive.turn_to(added.made_on)
    told = alive.same(live.stems, enough=SAME_PROMISE) or alive.said_today(live)
    if told is None or told.added_by or not _may_be_one(told.owner, live.owner):
        made.append(live)
        alive.add(live)
        return
    live = by_hand.having_history(live, told)
    made[told.number] = live
    alive.replace(told, by=live)


def _may_be_one(one: Owner, other: Owner) -> bool:
    """Whether nothing in their owners tells two promises apart."""
    return one == other or "unassigned" in {one, other}


def _pointed_at(alive: OpenPromises, anew: _Anew) -> Promised | None:
    """The earlier promise that `I will have them by the 17th` is about.

    What was spoken of just before.
    """
    text, promise = anew.read.note.text, anew.signal
    said = plain(promise.words or promise.action)
    if not POINTS.search(said) or len(stems(said)) > FEWEST_STEMS:
        return None
    before = text[max(0, promise.start - _JUST_BEFORE) : promise.end]
    return alive.meant(stems(plain(before)), owner=promise.owner)


def _stems_of_promise(read: ReadNote, promise: CommitmentSignal) -> frozenset[str]:
    """The words of what is promised; those of the whole sentence where that says it elsewhere."""
    said = stems(plain(promise.words or promise.action))
    if len(said) < FEWEST_STEMS:
        return stems(plain(read.note.text[promise.start : promise.end]))
    return said


def _say_again(earlier: Promised, anew: _Anew) -> None:
    """An earlier promise stands in a later note once more.

    Where its mark was heard there already, that counts.
    """
    moved = anew.due is not None and anew.due != earlier.due
    last = earlier.events[-1].citation
    if not moved and (last.note_id, last.start) == (anew.read.note.id, anew.signal.start):
        return
    status: HistoryStatus = "rescheduled" if moved else "not_done"
    again = event(anew.read, anew.signal, status=status, due=anew.due)
    earlier.events.append(again.model_copy(update={"carried": True}))


def _made(anew: _Anew, said: frozenset[str]) -> Promised:
    """A commitment as it was first said; a mark beside it may tell that a part is done."""
    read, promise = anew.read, anew.signal
    made = event(read, promise, status="open", due=anew.due)
    begun = [made.model_copy(update={"status": "partly", "due": None})] if anew.begun else []
    told = plain(promise.words or promise.action)
    return Promised(
        id=derived_id("commitment", read.note.id, promise.start),
        number=anew.number,
        owner=promise.owner,
        action=_shortened(plain(promise.action)),
        made_on=read.session.held_on,
        told=told,
        stems=said,
        head=frozenset(stem for stem in head(told, size=_HEAD) if not stem.isdigit()),
        events=[made, *begun],
    )


def _settled(live: Promised, as_of: date) -> Commitment:
    status = status_on(live, as_of)
    return Commitment.model_construct(
        id=live.id,
        owner=live.owner,
        action=live.action,
        due=live.due,
        status=status,
        made_in=live.events[0].citation,
        history=tuple(live.events),
        overdue_because=overdue_because(status, live.due, live.events),
        added_by=live.added_by,
    )


def _shortened(action: str) -> str:
    if len(action) <= _LONGEST_ACTION:
        return action
    return action[:_LONGEST_ACTION].rpartition(" ")[0] + " …"
