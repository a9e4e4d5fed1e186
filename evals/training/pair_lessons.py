"""Lessons of the clause reader: the labelled pairs of `evals/training/pairs`, in tokens.

Each numbered file has one writer with a style of its own. Whole files are held out, so that the
development and test sets share no clause and no style with the training set.
"""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor

from coach.engines.embedded.clauses.pairs import (
    KINDS,
    OUTCOMES,
    RELATIONS,
    Asked,
    ClausePair,
    Laid,
    Passage,
    PromisePair,
    laid,
    pooling,
)
from coach.engines.embedded.windows import Ends

_FOLDER = Path(__file__).parent / "pairs"
Split = Literal["train", "dev", "test"]
# Writers, each with a numbered file. `hand` files are told between the lines, `plain` files as
# people say it straight; `notes1` holds labelled pairs of the training mentorships.
_HANDS: dict[Split, Sequence[str]] = {
    "train": (
        *("hand1", "hand2", "hand3", "hand5", "hand7", "hand8", "hand9", "hand10", "hand11"),
        *("hand12", "hand13", "hand14", "notes1", "plain1", "plain2", "plain3", "plain5"),
        *("plain7", "plain8", "plain9", "plain10", "plain11", "plain12"),
    ),
    "dev": ("hand4", "plain4"),
    "test": ("hand6", "plain6"),
}
# A breach of one may be a breach of the other.
_NEAR = (
    {"role_mentor", "role_mentee", "boundary", "reciprocity"},
    {"cadence", "respect_time"},
    {"phase", "goals"},
    {"ends_on", "change_signs"},
    {"feedback", "trust_route"},
    {"notes_kept", "role_mentee"},
)
# Two clauses of one of these kinds are seldom about the same thing.
_OF_MANY_THINGS = frozenset({"goals", "role_mentor", "role_mentee", "boundary"})
BEARING = frozenset({"breaks", "strains", "excuses", "amends", "settles"})
"""Relations that a first look must not miss; the others may stay unread."""
_STEP = 16
"""Lengths are rounded up to a multiple of this, because each new shape costs time to plan.

Chosen by hand; not measured.
"""
# Tokens of a batch, and the share of them that is hidden. Chosen by hand; not measured.
_TOKENS = 2048
_HIDDEN = 0.05


class Told(NamedTuple):
    """A pair, its label, and the head that the label belongs to."""

    pair: Asked
    head: Literal["relation", "outcome", "kind", "plain"]
    label: str
    kind: str = ""


class Lesson(NamedTuple):
    """A pair in tokens, with its answer as a number."""

    laid: Laid
    head: str
    answer: int
    kind: int


class Batch(NamedTuple):
    """Pairs side by side, with their answers."""

    ids: Tensor
    there: Tensor
    pooling: Tensor
    lessons: Sequence[Lesson]


def _rows(name: str) -> list[dict[str, str]]:
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def relations(split: Split) -> list[Told]:
    """Return clauses and passages, with how they bear on each other."""
    return [
        Told(_clause_pair(row), "relation", row["label"], row["clause_kind"])
        for hand in _HANDS[split]
        for row in _rows(hand)
    ]


def outcomes(split: Split) -> list[Told]:
    """Return promises and later passages with the outcome; each fifth promise is for dev."""
    rows = [*_rows("outcomes1"), *_rows("outcomes2")]
    order = list(dict.fromkeys(row["promise"] for row in rows))
    return [
        Told(_promise_pair(row), "outcome", row["label"])
        for row in rows
        if (order.index(row["promise"]) % 5 == 0) == (split == "dev")
    ]


def alone(told: Sequence[Told]) -> list[Told]:
    """Return the passages without their clauses; they teach which kinds a passage may bear on."""
    return [
        Told(Passage(*each.pair[2:]), "kind", each.label, each.kind)
        for each in told
        if each.label in BEARING or each.label == "none"
    ]


def swapped(told: Sequence[Told], share: float, rng: random.Random) -> list[Told]:
    """Return passages beside clauses of other kinds and writers, on which they do not bear.

    Most pairs that the reader meets are like that.
    """
    found = []
    for _ in range(int(share * len(told))):
        passage, clause = rng.choice(told), rng.choice(told)
        if passage.kind != clause.kind:
            pair = ClausePair(clause.kind, clause.pair[1], *passage.pair[2:])
            found.append(Told(pair, "relation", "none", clause.kind))
    return found


def elsewhere(told: Sequence[Told], times: int, rng: random.Random) -> list[Told]:
    """Return what speaks against one clause beside clauses that it has nothing to do with.

    An agreement has a dozen clauses, and a breach breaks one of them. Clauses of near kinds are
    left out, for it may break them too.
    """
    found = []
    for passage in told:
        if passage.label not in {"breaks", "strains"}:
            continue
        for _ in range(times):
            clause = rng.choice(told)
            if _are_apart(passage, clause):
                pair = ClausePair(clause.kind, clause.pair[1], *passage.pair[2:])
                found.append(Told(pair, "relation", "none", clause.kind))
    return found


def _are_apart(passage: Told, clause: Told) -> bool:
    if passage.kind == clause.kind:
        return passage.kind in _OF_MANY_THINGS and passage.pair[1] != clause.pair[1]
    return not any({passage.kind, clause.kind} <= near for near in _NEAR)


def lessons(tokenizer: Any, ends: Ends, told: Sequence[Told]) -> list[Lesson]:
    """Return pairs in tokens, in their order."""
    cut = laid(tokenizer, ends, [each.pair for each in told])
    return [
        Lesson(tokens, each.head, _answer(each), KINDS.index(each.kind) if each.kind else -1)
        for tokens, each in zip(cut, told, strict=True)
    ]


def _answer(told: Told) -> int:
    if told.head in {"kind", "plain"}:
        return int(told.label in BEARING)
    names: Sequence[str] = RELATIONS if told.head == "relation" else OUTCOMES
    return names.index(told.label)


def batches(given: Sequence[Lesson], rng: random.Random, mask: int) -> Iterator[Batch]:
    """Yield all lessons once, like lengths together, with a twentieth of the tokens hidden."""
    order = sorted(given, key=lambda each: (-_filled(each), rng.random()))
    cut = list(_filled_up(order))
    rng.shuffle(cut)
    for each in cut:
        yield side_by_side(each, rng, mask)


def _filled_up(order: Sequence[Lesson]) -> Iterator[Sequence[Lesson]]:
    """Yield batches whose longest lesson decides their size, so there are few shapes."""
    first = 0
    while first < len(order):
        last = first + _TOKENS // _filled(order[first])
        yield order[first:last]
        first = last


def _filled(lesson: Lesson) -> int:
    return -(-len(lesson.laid.ids) // _STEP) * _STEP


def side_by_side(given: Sequence[Lesson], rng: random.Random | None = None, mask: int = 0) -> Batch:
    """Return lessons as one batch; with `rng`, some tokens are hidden."""
    longest = max(_filled(each) for each in given)
    ids = torch.zeros(len(given), longest, dtype=torch.long)
    there, weights = torch.zeros(len(given), longest), torch.zeros(len(given), longest)
    for row, each in enumerate(given):
        length = len(each.laid.ids)
        ids[row, :length] = torch.tensor(_blurred(each.laid.ids, rng, mask))
        there[row, :length] = 1
        weights[row, :length] = torch.from_numpy(pooling(each.laid))
    return Batch(ids, there, weights, given)


def _blurred(ids: Sequence[int], rng: random.Random | None, mask: int) -> Sequence[int]:
    """Hide some tokens, so that no answer rests on a single word."""
    if rng is None:
        return ids
    return [ids[0], *(mask if rng.random() < _HIDDEN else token for token in ids[1:])]


def _clause_pair(row: dict[str, str]) -> ClausePair:
    return ClausePair(row["clause_kind"], row["clause"], *_passage(row))


def _promise_pair(row: dict[str, str]) -> PromisePair:
    return PromisePair(row["owner"], row["promise"], *_passage(row))


def _passage(row: dict[str, str]) -> Passage:
    return Passage(row["before"], row["passage"], row["after"], row["author"])
