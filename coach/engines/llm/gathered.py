"""Turns a model's answers about the parts of a note into the signals of one reading."""

from collections.abc import Iterable
from typing import TypeVar

from coach.engines.llm.answers import ReadAnswer, ToldFact, ToldPromise
from coach.engines.llm.checks import Checks, Place
from coach.model.readings import (
    AnySignal,
    Checked,
    CommitmentSignal,
    FactSignal,
    OutcomeSignal,
)

_OF_A_PROMISE = 0.6
"""Weight of a commitment that is not listed as a fact: that of a middle fact."""

Told = TypeVar("Told", ToldFact, ToldPromise)


class Gathered:
    """What a model said about a note so far; what it said first about a place counts."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks
        self._facts: dict[int, list[tuple[Place, ToldFact]]] = {}
        self._promises: dict[int, list[tuple[Place, ToldPromise]]] = {}
        self._outcomes: dict[tuple[int, str], OutcomeSignal] = {}
        self._told: set[int] = set()

    def take(self, answer: ReadAnswer) -> None:
        """Add the answer about one part."""
        for fact in answer.facts:
            if place := self._checks.located(fact.n, fact.quote):
                self._facts.setdefault(place.at, []).append((place, fact))
        for promise in answer.commitments:
            if place := self._checks.located(promise.n, promise.quote):
                self._promises.setdefault(place.at, []).append((place, promise))
                self._told |= {place.at, *promise.more}
        for told in answer.outcomes:
            place = self._checks.located(told.n, told.quote)
            if place is None:
                continue
            self._told.add(place.at)
            if outcome := self._checks.outcome(place, told):
                self._outcomes.setdefault((place.at, outcome.about or ""), outcome)

    def signals(self) -> tuple[AnySignal, ...]:
        """Return all signals, sort by sort, in the order of the note."""
        promises = self._as_promises()
        facts = self._as_facts()
        there = {each.start for each in facts}
        unlisted = [_fact_of(each) for each in promises if each.start not in there]
        return (
            *self._checks.chosen(sorted([*facts, *unlisted], key=lambda each: each.start)),
            *promises,
            *self._checks.believable([self._outcomes[each] for each in sorted(self._outcomes)]),
        )

    @property
    def checked(self) -> Checked:
        """Return how the answers compared with the note."""
        return self._checks.checked

    @property
    def left_open(self) -> tuple[int, ...]:
        """Return the starts of the open tasks that the model did not mention.

        A task is open by its mark, or by a name before it.
        """
        return tuple(
            each.unit.start
            for each in self._checks.passages
            if each.number not in self._told and each.unit.kind != "heading"
            if each.unit.mark == "open"
            or (each.unit.kind in {"bullet", "cell"} and self._checks.doers.opens(each.unit.text))
        )

    def _as_facts(self) -> list[FactSignal]:
        found: dict[tuple[int, int], FactSignal] = {}
        for at in sorted(self._facts):
            told = _apart(self._facts[at])
            for place, fact in told:
                signal = self._checks.finding(place, fact, whole=len(told) == 1)
                found.setdefault((signal.start, signal.end), signal)
        return list(found.values())

    def _as_promises(self) -> list[CommitmentSignal]:
        found: dict[int, CommitmentSignal] = {}
        for at in sorted(self._promises):
            told = _apart(self._promises[at])
            for place, promise in told:
                signal = self._checks.promise(place, promise, whole=len(told) == 1)
                if signal is not None:
                    found.setdefault(signal.start, signal)
        return [found[start] for start in sorted(found)]


def _apart(told: Iterable[tuple[Place, Told]]) -> list[tuple[Place, Told]]:
    """Return the first answer for each stretch of a passage; one that overlaps it repeats it."""
    kept: list[tuple[Place, Told]] = []
    for place, each in told:
        if all(place.end <= known.start or known.end <= place.start for known, _ in kept):
            kept.append((place, each))
    return kept


def _fact_of(promise: CommitmentSignal) -> FactSignal:
    """Return the fact that something was promised."""
    return FactSignal(
        by="llm",
        start=promise.start,
        end=promise.end,
        kind="commitment",
        said_by=promise.said_by,
        weight=_OF_A_PROMISE,
    )
