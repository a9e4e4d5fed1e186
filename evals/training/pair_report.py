"""Prints how good the clause reader is: `python -m evals.training.pair_report [--test]`."""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, f1_score, precision_recall_fscore_support

from coach.engines.embedded.clauses.pairs import KINDS, OUTCOMES, RELATIONS, ClausePair
from coach.engines.embedded.clauses.reader import SHIPPED, ClauseReader
from evals.training.pair_calibrate import Numbers, answers, part, shares, sure_from
from evals.training.pair_lessons import BEARING, Split, Told, outcomes, relations

_BREAKS = RELATIONS.index("breaks")
_OTHERS = 7
"""Of the clauses, one in this many is paired with all passages of other kinds.

That is enough to see the share, and quick to read. Chosen by hand.
"""


def report(reader: ClauseReader, split: Split) -> Iterator[str]:
    """Yield the lines about one held-out writer."""
    told = relations(split)
    began = time.process_time()
    likely = shares(part(reader, told, "relation") * reader.calibration.relation_sharpness)
    taken = (time.process_time() - began) / len(told)
    meant = answers(told, RELATIONS)
    yield f"## {split}: {len(told)} pairs, {taken * 1000:.1f} ms of CPU a pair"
    yield from _by_label(meant, likely.argmax(axis=1), RELATIONS)
    yield from _breaches(told, likely, reader.calibration.breaks_from)
    yield from _first_look(reader, told)


def _by_label(
    meant: npt.NDArray[np.int64], said: npt.NDArray[np.int64], names: Sequence[str]
) -> Iterator[str]:
    rows = precision_recall_fscore_support(meant, said, labels=range(len(names)), zero_division=0)
    yield "| label | P | R | F1 | pairs |"
    yield "|---|---|---|---|---|"
    for name, precision, recall, mean, count in zip(names, *rows, strict=True):
        yield f"| {name} | {precision:.2f} | {recall:.2f} | {mean:.2f} | {count} |"
    yield (
        f"macro F1 {f1_score(meant, said, average='macro'):.3f}, right {np.mean(meant == said):.3f}"
    )


def _breaches(told: Sequence[Told], likely: Numbers, chosen: float) -> Iterator[str]:
    true = np.array([each.label == "breaks" for each in told])
    score = likely[:, _BREAKS]
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(true[order])
    yield f"breaks AP {average_precision_score(true, score):.3f}"
    for recall in (0.5, 0.7, 0.8):
        place = int(np.searchsorted(hits, recall * true.sum()))
        yield (
            f"  at recall {recall}: precision {hits[place] / (place + 1):.3f}, "
            f"from {score[order[place]]:.3f}"
        )
    for name, bar in (
        ("dev's bar", chosen),
        ("this hand's own bar for .95", sure_from(score, true)),
    ):
        warned = score >= bar
        right = int((warned & true).sum())
        yield (
            f"  {name} {bar:.3f}: {right} of {int(warned.sum())} right, "
            f"{right} of {int(true.sum())} found"
        )
    yield "  found at dev's bar, by kind: " + ", ".join(_by_kind(told, score >= chosen))
    said = likely.argmax(axis=1)
    yield "  breaks are read as: " + _counted(said[true], RELATIONS)
    yield "  read as breaks are: " + _counted(answers(told, RELATIONS)[said == _BREAKS], RELATIONS)
    wrong = answers(told, RELATIONS)[(score >= chosen) & ~true]
    yield "  wrong at dev's bar are: " + _counted(wrong, RELATIONS)


def _by_kind(told: Sequence[Told], warned: npt.NDArray[np.bool_]) -> Iterator[str]:
    for kind in KINDS:
        places = [
            at for at, each in enumerate(told) if each.label == "breaks" and each.kind == kind
        ]
        yield f"{kind} {int(warned[places].sum())}/{len(places)}"


def _counted(labels: npt.NDArray[np.int64], names: Sequence[str]) -> str:
    counts = np.bincount(labels, minlength=len(names))
    return ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True) if count)


def _first_look(reader: ClauseReader, told: Sequence[Told]) -> Iterator[str]:
    """Yield what `worth_reading` lets through, and false breaches beside clauses of other kinds."""
    own = np.array(reader.worth_reading([_pair(each) for each in told]))
    other = [
        ClausePair(clause.kind, clause.pair[1], *passage.pair[2:])
        for clause in told[::_OTHERS]
        for passage in told
        if passage.kind != clause.kind
    ]
    apart = np.array(reader.worth_reading(other))
    groups = {
        "bearing": np.array([each.label in BEARING for each in told]),
        "breaks": np.array([each.label == "breaks" for each in told]),
        "none": np.array([each.label == "none" for each in told]),
    }
    shown = ", ".join(f"{name} {own[rows].mean():.3f}" for name, rows in groups.items())
    yield f"worth reading: {shown}, beside another kind {apart.mean():.3f}"
    some = [pair for pair, worth in zip(other, apart, strict=True) if worth][::20]
    bar = reader.calibration.breaks_from
    wrong = sum(each["breaks"] >= bar for each in reader.relations(some))
    yield f"beside another kind, of {len(some)} let through, over dev's bar: {wrong}"


def _pair(told: Told) -> ClausePair:
    return ClausePair(told.kind, told.pair[1], *told.pair[2:])


def main() -> None:
    """Print the report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--test", action="store_true", help="also the hand that is looked at once")
    asked.add_argument("--folder", type=Path, default=SHIPPED)
    given = asked.parse_args()
    reader = ClauseReader(given.folder)
    splits: tuple[Split, ...] = ("dev", "test") if given.test else ("dev",)
    for split in splits:
        print("\n".join(report(reader, split)))
    told = outcomes("dev")
    print(f"## outcomes, dev: {len(told)} pairs")
    meant = answers(told, OUTCOMES)
    print("\n".join(_by_label(meant, part(reader, told, "outcome").argmax(axis=1), OUTCOMES)))


if __name__ == "__main__":
    main()
