"""Two readings of one note as one: what both found, what the model found and the notes bear out, what the reader is sure of.

A model is believed about a note only where it agrees with most of what the embedded reader is sure of there, and
tells a fair part of it, and does not call everything the same. Then it may name the kind of what the reader was unsure about, add what it
missed, and leave out what it only guessed. Owners, days and outcomes that contradict the words were mended or
dropped when the model's answer was read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal, Reading, Signal

_SURE = 0.6
_GUESSED = 0.5
_AGREES_ON = 0.6
_ENOUGH_SURE = 2
_ENOUGH_TOGETHER = 3
_OF_EXPECTED = 0.6
_ALIKE = 0.7
_LEAST_TOLD = 0.3
_ENOUGH_FACTS = 6
_BOTH = 0.85


class _Pair(NamedTuple):
    """What each found at one place."""

    own: FactSignal | None
    told: FactSignal | None


def merged(alone: Reading, model: Reading) -> Reading:
    """What counts of a note that both have read; the embedded reading itself where the model is not believed."""
    if alone.unread_language or alone.failed:
        return alone
    pairs = _paired(alone.of(FactSignal), model.of(FactSignal))
    if not _believed(pairs, model.of(FactSignal)):
        return alone
    sure_of = {each.start for each in alone.of(FactSignal) if each.weight >= _SURE}
    said_again = _starts(model.of(OutcomeSignal)) - _starts(model.of(CommitmentSignal))
    own = [
        each
        for each in alone.of(CommitmentSignal)
        if each.start in (sure_of | _starts(model.of(CommitmentSignal))) - said_again
    ]
    promises = _promises(own, model.of(CommitmentSignal))
    leading = alone.model_copy(
        update={"engine": "llm", "version": model.version, "unread_from": model.unread_from}
    )
    return (
        leading.having(FactSignal, _findings(pairs, promises))
        .having(CommitmentSignal, promises)
        .having(
            OutcomeSignal,
            _outcomes(alone.of(OutcomeSignal), model.of(OutcomeSignal)),
        )
    )


def _paired(own: Sequence[FactSignal], told: Sequence[FactSignal]) -> list[_Pair]:
    places = sorted({(each.start, each.end) for each in (*own, *told)})
    by_own = {(each.start, each.end): each for each in own}
    by_told = {(each.start, each.end): each for each in told}
    return [_Pair(by_own.get(place), by_told.get(place)) for place in places]


def _believed(pairs: Sequence[_Pair], told: Sequence[FactSignal]) -> bool:
    places = {each.start for each in told}
    if len(places) < _LEAST_TOLD * sum(pair.own is not None for pair in pairs):
        return False
    kinds = Counter(each.kind for each in told)
    if len(told) >= _ENOUGH_FACTS and kinds.most_common(1)[0][1] > _ALIKE * len(told):
        return False
    both = [(pair.own, pair.told) for pair in pairs if pair.own and pair.told]
    sure = [own.kind == seen.kind for own, seen in both if own.weight >= _SURE]
    if len(sure) >= _ENOUGH_SURE and sum(sure) < _AGREES_ON * len(sure):
        return False
    # A weight is how likely the reader's kind is the right one: who reads well agrees about so often.
    expected = sum(own.weight for own, _ in both)
    alike = sum(own.kind == seen.kind for own, seen in both)
    # Who tells only of other places than the reader knows shows nothing to be believed by.
    elsewhere = not both and any(pair.own for pair in pairs)
    least = 1 if elsewhere or len(both) >= _ENOUGH_TOGETHER else 0
    return alike >= max(least, _OF_EXPECTED * expected)


def _findings(pairs: Iterable[_Pair], promises: Iterable[CommitmentSignal]) -> Iterable[FactSignal]:
    """What counts at each place; a commitment only where there is a promise."""
    promised = _starts(promises)
    for pair in pairs:
        found = _finding(*pair)
        if found is not None and (found.kind != "commitment" or found.start in promised):
            yield found
        elif found is not None and pair.own is not None and pair.own.kind != "commitment":
            yield pair.own


def _finding(own: FactSignal | None, told: FactSignal | None) -> FactSignal | None:
    if own is None:
        return told
    if told is None:
        return own if own.weight >= _GUESSED else None
    if own.kind == told.kind:
        return own.model_copy(update={"weight": max(own.weight, _BOTH)})
    return own if own.weight >= _SURE else told.model_copy(update={"said_by": own.said_by})


def _promises(
    own: Sequence[CommitmentSignal], told: Sequence[CommitmentSignal]
) -> tuple[CommitmentSignal, ...]:
    by_own = {each.start: each for each in own}
    by_told = {each.start: each for each in told}
    return tuple(
        _promise(by_own.get(start), by_told.get(start))
        for start in sorted(by_own.keys() | by_told.keys())
    )


def _starts(found: Iterable[Signal]) -> set[int]:
    return {each.start for each in found}


def _promise(own: CommitmentSignal | None, told: CommitmentSignal | None) -> CommitmentSignal:
    """One promise as the model tells it, the reader's place and what the model left open."""
    if own is None or told is None:
        found = own or told
        assert found is not None  # noqa: S101 - a place has at least one of them
        return found
    # The model's owner and day have been held against the words already; a day that it left out stays.
    no_day = told.due is None and told.due_options is None and not told.due_at_next
    day = own if no_day else told
    return own.model_copy(
        update={
            "owner": told.owner,
            "action": told.action,
            "due": day.due,
            "due_options": day.due_options,
            "due_at_next": day.due_at_next,
        }
    )


def _outcomes(
    own: Sequence[OutcomeSignal], told: Sequence[OutcomeSignal]
) -> tuple[OutcomeSignal, ...]:
    """What became of things: the model says of what; where the two contradict each other, neither is taken."""
    by_own = {each.start: each for each in own}
    found: list[OutcomeSignal] = []
    for each in told:
        known = by_own.get(each.start)
        if known is None:
            found.append(each)
        elif known.status == each.status:
            found.append(known.model_copy(update={"about": each.about}))
    settled = _starts(found)
    found += [each for each in own if each.start not in settled and each.weight >= _SURE]
    return tuple(sorted(found, key=lambda each: (each.start, each.about or "")))
