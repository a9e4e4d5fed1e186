"""Two readings of one note as one: what both found, what the model found and the notes bear out, what the reader is sure of.

A model is believed about a note only where it agrees with most of what the embedded reader is sure of there, and
tells a fair part of it, and does not call everything the same. Then it may name the kind of what the reader was unsure about, add what it
missed, and leave out what it only guessed. Owners, days and outcomes that contradict the words were mended or
dropped when the model's answer was read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coach.model.readings import Finding, Found, Outcome, Promise, Reading

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

    own: Finding | None
    told: Finding | None


def merged(alone: Reading, model: Reading) -> Reading:
    """What counts of a note that both have read; the embedded reading itself where the model is not believed."""
    if alone.unread_language or alone.failed:
        return alone
    pairs = _paired(alone.findings, model.findings)
    if not _believed(pairs, model.findings):
        return alone
    sure_of = {each.start for each in alone.findings if each.weight >= _SURE}
    said_again = _starts(model.outcomes) - _starts(model.promises)
    own = [
        each
        for each in alone.promises
        if each.start in (sure_of | _starts(model.promises)) - said_again
    ]
    promises = _promises(own, model.promises)
    return alone.model_copy(
        update={
            "engine": "llm",
            "version": model.version,
            "findings": tuple(_findings(pairs, promises)),
            "promises": promises,
            "outcomes": _outcomes(alone.outcomes, model.outcomes),
            "unread_from": model.unread_from,
        }
    )


def _paired(own: Sequence[Finding], told: Sequence[Finding]) -> list[_Pair]:
    places = sorted({(each.start, each.end) for each in (*own, *told)})
    by_own = {(each.start, each.end): each for each in own}
    by_told = {(each.start, each.end): each for each in told}
    return [_Pair(by_own.get(place), by_told.get(place)) for place in places]


def _believed(pairs: Sequence[_Pair], told: Sequence[Finding]) -> bool:
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


def _findings(pairs: Iterable[_Pair], promises: Iterable[Promise]) -> Iterable[Finding]:
    """What counts at each place; a commitment only where there is a promise."""
    promised = _starts(promises)
    for pair in pairs:
        found = _finding(*pair)
        if found is not None and (found.kind != "commitment" or found.start in promised):
            yield found
        elif found is not None and pair.own is not None and pair.own.kind != "commitment":
            yield pair.own


def _finding(own: Finding | None, told: Finding | None) -> Finding | None:
    if own is None:
        return told
    if told is None:
        return own if own.weight >= _GUESSED else None
    if own.kind == told.kind:
        return own.model_copy(update={"weight": max(own.weight, _BOTH)})
    return own if own.weight >= _SURE else told.model_copy(update={"said_by": own.said_by})


def _promises(own: Sequence[Promise], told: Sequence[Promise]) -> tuple[Promise, ...]:
    by_own = {each.start: each for each in own}
    by_told = {each.start: each for each in told}
    return tuple(
        _promise(by_own.get(start), by_told.get(start))
        for start in sorted(by_own.keys() | by_told.keys())
    )


def _starts(found: Iterable[Found]) -> set[int]:
    return {each.start for each in found}


def _promise(own: Promise | None, told: Promise | None) -> Promise:
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


def _outcomes(own: Sequence[Outcome], told: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """What became of things: the model says of what; where the two contradict each other, neither is taken."""
    by_own = {each.start: each for each in own}
    found: list[Outcome] = []
    for each in told:
        known = by_own.get(each.start)
        if known is None:
            found.append(each)
        elif known.status == each.status:
            found.append(known.model_copy(update={"about": each.about}))
    settled = _starts(found)
    found += [each for each in own if each.start not in settled and each.weight >= _SURE]
    return tuple(sorted(found, key=lambda each: (each.start, each.about or "")))
