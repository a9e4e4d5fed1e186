"""Two readers of the same notes against each other."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.agreement.reader_labels import FOLDER, ReaderCommitment, ReaderLabels, load_labels
from evals.cases import Case, NoteSpan, Split, load_split
from evals.metrics.counts import NO_RATIO, NOTHING, Ratio, Score
from evals.metrics.note_spans import fact_score, match_score, matches

LABELLED_TWICE: tuple[Split, ...] = ("dev", "test")
"""The splits that both readers labelled."""


class Agreement(NamedTuple):
    """Two readers of the same notes; `kinds` are both their words for each fact that both found.

    Scores take the first reader as the one to find. F1 is the same either way round, but for facts
    that one reader cut in two.
    """

    name: str
    spans: Score
    right_kind: Score
    kinds: tuple[tuple[str, str], ...]
    commitments: Score
    owner: Ratio
    due: Ratio


def agreements(readers: Path = FOLDER) -> list[Agreement]:
    """Case by case, then each split as a whole, then both."""
    rows: list[Agreement] = []
    every: list[Agreement] = []
    for split in LABELLED_TWICE:
        of_split = [_agreement_on(case, readers) for case in load_split(split)]
        rows += [*of_split, together(split, of_split)]
        every += of_split
    return [*rows, together("both", every)]


def _agreement_on(case: Case, readers: Path) -> Agreement:
    first, second = (
        load_labels(readers / who / f"{case.name}.yaml", case) for who in ("first", "second")
    )
    return agreement_of(case, first, second)


def agreement_of(case: Case, first: ReaderLabels, second: ReaderLabels) -> Agreement:
    """Two readers of one case."""
    one, two = _facts(case, first), _facts(case, second)
    pairs = matches([span for span, _ in two], [span for span, _ in one])
    mine, yours = _commitments(case, first), _commitments(case, second)
    same = matches([span for span, _ in yours], [span for span, _ in mine])
    both = [(mine[number][1], yours[at][1]) for at, number in same.items()]
    return Agreement(
        name=case.name,
        spans=fact_score(two, one, right_kind=False),
        right_kind=fact_score(two, one, right_kind=True),
        kinds=tuple((one[number][1], two[at][1]) for at, number in pairs.items()),
        commitments=match_score(len(yours), len(mine), same),
        owner=Ratio(sum(here.owner == there.owner for here, there in both), len(both)),
        due=Ratio(sum(here.due == there.due for here, there in both), len(both)),
    )


def _facts(case: Case, labels: ReaderLabels) -> list[tuple[NoteSpan, str]]:
    return sorted((case.span(each.note, each.quote), each.kind) for each in labels.facts)


def _commitments(case: Case, labels: ReaderLabels) -> list[tuple[NoteSpan, ReaderCommitment]]:
    made = [(case.span(each.note, each.quote), each) for each in labels.commitments]
    return sorted(made, key=lambda each: each[0])


def together(name: str, parts: Sequence[Agreement]) -> Agreement:
    """Several cases as one."""
    return Agreement(
        name=name,
        spans=_total(each.spans for each in parts),
        right_kind=_total(each.right_kind for each in parts),
        kinds=tuple(pair for each in parts for pair in each.kinds),
        commitments=_total(each.commitments for each in parts),
        owner=_share(each.owner for each in parts),
        due=_share(each.due for each in parts),
    )


def _total(scores: Iterable[Score]) -> Score:
    total = NOTHING
    for each in scores:
        total += each
    return total


def _share(ratios: Iterable[Ratio]) -> Ratio:
    total = NO_RATIO
    for each in ratios:
        total += each
    return total
