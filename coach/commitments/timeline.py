"""The life of a commitment across sessions, worked out from readings for one audience and one day.

A later sentence speaks of an earlier promise when it has enough of the promise's words, rare ones
counting more. What a sentence in the same session says is part of the promise, never its outcome.
"""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach import deadline
from coach.commitments import by_hand
from coach.commitments.another import another_number, another_person, another_thing
from coach.commitments.corrections import corrected
from coach.commitments.due import day_comes_first, due_day
from coach.commitments.matching import MOST_MATCHED, OpenPromises, Promised, Said
from coach.commitments.naming import EVERYBODY_DOES, says_what
from coach.commitments.status import overdue_because, status_on
from coach.ids import derived_id
from coach.language.words import head, stems
from coach.model.commitments import (
    AddedCommitment,
    Commitment,
    CommitmentEvent,
    HistoryStatus,
    Owner,
)
from coach.model.history import History
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal
from coach.notes.lines import ReadNote, cite, plain, read_notes

_SAME_PROMISE = 0.6

_MARKED = 0.9
"""The weight of a task's own mark.

It speaks of the task that it stands at, and of no other that sounds like it.
"""

_TAKEN_OVER = re.compile(
    r"(?<!\w)(?:instead|tak(?:e|es|ing) (?:it|this|that|them)? ?over|took over|for (?:him|her)"
    r"|in (?:his|her|their|my|your) place)(?!\w)",
    re.IGNORECASE,
)

_OTHERS = re.compile(
    r"\W*(?:somebody|someone|nobody|no one|everybody|everyone|people|they)(?!\w)", re.IGNORECASE
)
_FEWEST_STEMS = 2
_POINTS = re.compile(
    r"(?<![\w'’])(?:it|them|this|that|those|these|there|so)(?![\w'’])", re.IGNORECASE
)
_LEANS = re.compile(
    r"\W{0,4}(?:(?:all|both|just|finally|already|yes|done|also)[ \t,:-]{1,3}){0,2}"
    r"(?:sent|done|given|written|posted|mailed|e-?mailed|handed|read|rang|called|asked|booked|paid|"
    r"got|found|made|built|bought|taken|met|went|came|started|finished|signed|put|told|seen|"
    r"received|delivered|returned|passed|moved|in)(?!\w)",
    re.IGNORECASE,
)
"""How a sentence begins whose subject was named before it."""
_JUST_BEFORE = 300
"""How far back `it` and `them` may point: two or three sentences, or as many turns of a talk."""

_LEADING = 160
"""How far before a sentence its subject may be named: about one sentence or two short ones."""
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
        _hear_outcomes(alive, reads)
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


class _Word(NamedTuple):
    """What one sentence of a day says of a promise, and how much speaks for it."""

    promise: Promised
    read: ReadNote
    outcome: OutcomeSignal
    evidence: float


def _hear_outcomes(alive: OpenPromises, reads: Sequence[ReadNote]) -> None:
    """The sentence that speaks most of each promise of which a day speaks, in reading order."""
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
        if outcome.weight >= _MARKED and (same := alive.same(words, enough=_SAME_PROMISE)):
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
    if not (_POINTS.search(said) or _LEANS.match(said) or len(words) <= _FEWEST_STEMS):
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
    live.events.append(_event(word.read, outcome, status=status, due=outcome.new_due))
    alive.said_again(live)
    if live.closed:
        alive.close(live)


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
    earlier = alive.same(said, enough=_SAME_PROMISE) or _pointed_at(alive, anew)
    if earlier is not None and _may_be_one(promise.owner, earlier.owner):
        earlier.owner = promise.owner if earlier.owner == "unassigned" else earlier.owner
        _say_again(earlier, anew)
        alive.said_again(earlier)
        return None
    if earlier is not None and _TAKEN_OVER.search(read.note.text, promise.start, promise.end):
        earlier.events.append(_event(read, promise, status="dropped", due=None))
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
    told = alive.same(live.stems, enough=_SAME_PROMISE) or alive.said_today(live)
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
    if not _POINTS.search(said) or len(stems(said)) > _FEWEST_STEMS:
        return None
    before = text[max(0, promise.start - _JUST_BEFORE) : promise.end]
    return alive.meant(stems(plain(before)), owner=promise.owner)


def _stems_of_promise(read: ReadNote, promise: CommitmentSignal) -> frozenset[str]:
    """The words of what is promised; those of the whole sentence where that says it elsewhere."""
    said = stems(plain(promise.words or promise.action))
    if len(said) < _FEWEST_STEMS:
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
    again = _event(anew.read, anew.signal, status=status, due=anew.due)
    earlier.events.append(again.model_copy(update={"carried": True}))


def _made(anew: _Anew, said: frozenset[str]) -> Promised:
    """A commitment as it was first said; a mark beside it may tell that a part is done."""
    read, promise = anew.read, anew.signal
    made = _event(read, promise, status="open", due=anew.due)
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
