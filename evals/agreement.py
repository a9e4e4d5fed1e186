"""How far two careful readers agree on the same notes: the ceiling against which every reader is read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from coach.errors import Invalid
from coach.model import Owner
from evals.cases import Case, Gold, GoldFact, Split, load_split
from evals.metrics import NOTHING, Score, Span, fact_score, kappa, matched, matched_score
from evals.outcomes import Ratio

READERS = Path(__file__).parent / "readers"
_SPLITS: tuple[Split, ...] = ("dev", "test")


class ReadCommitment(Gold):
    """A commitment as a reader labelled it."""

    session: str
    note: str
    quote: str
    owner: Owner
    action: str
    due: date | None


class Labels(Gold):
    """What one reader found in a case."""

    facts: tuple[GoldFact, ...]
    commitments: tuple[ReadCommitment, ...]


class Agreement(NamedTuple):
    """Two readers of the same notes; `kinds` are both their words for each fact that both found.

    Scores take the first reader as the one to find; F1 is the same either way round, but for facts that
    one reader cut in two.
    """

    name: str
    spans: Score
    right_kind: Score
    kinds: tuple[tuple[str, str], ...]
    commitments: Score
    owner: Ratio
    due: Ratio


def agreements(readers: Path = READERS) -> list[Agreement]:
    """Case by case, then each split as a whole, then both."""
    rows: list[Agreement] = []
    every: list[Agreement] = []
    for split in _SPLITS:
        of_split = [_of_case(case, readers) for case in load_split(split)]
        rows += [*of_split, together(split, of_split)]
        every += of_split
    return [*rows, together("both", every)]


def _of_case(case: Case, readers: Path) -> Agreement:
    first, second = (load(readers / who / f"{case.name}.yaml", case) for who in ("first", "second"))
    return compared(case, first, second)


def load(path: Path, case: Case) -> Labels:
    """One reader's labels. Raises Invalid naming file and label of what does not fit the case."""
    try:
        labels = Labels.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise Invalid(f"nobody's labels are at {path}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Invalid(f"{path.name}: {place}: {first['msg']}") from None
    for wrong in _wrong(labels, case):
        raise Invalid(f"{path.name}: {wrong}")
    return labels


def _wrong(labels: Labels, case: Case) -> Iterator[str]:
    """Every label whose quote is not in its note."""
    read: dict[str, Sequence[GoldFact | ReadCommitment]] = {
        "facts": labels.facts,
        "commitments": labels.commitments,
    }
    for name, each in read.items():
        for number, label in enumerate(each):
            session = case.sessions.get(label.session)
            notes = {note.id: note.text for note in session.notes} if session else {}
            if label.quote not in notes.get(label.note, ""):
                yield f"{name}.{number}: is not in note {label.note} of session {label.session}"


def compared(case: Case, first: Labels, second: Labels) -> Agreement:
    """Two readers of one case."""
    one, two = _facts(case, first), _facts(case, second)
    pairs = matched([span for span, _ in two], [span for span, _ in one])
    mine, yours = _commitments(case, first), _commitments(case, second)
    same = matched([span for span, _ in yours], [span for span, _ in mine])
    both = [(mine[number][1], yours[at][1]) for at, number in same.items()]
    return Agreement(
        name=case.name,
        spans=fact_score(two, one, right_kind=False),
        right_kind=fact_score(two, one, right_kind=True),
        kinds=tuple((one[number][1], two[at][1]) for at, number in pairs.items()),
        commitments=matched_score(len(yours), len(mine), same),
        owner=Ratio(sum(here.owner == there.owner for here, there in both), len(both)),
        due=Ratio(sum(here.due == there.due for here, there in both), len(both)),
    )


def _facts(case: Case, labels: Labels) -> list[tuple[Span, str]]:
    return sorted((case.span(each.note, each.quote), each.kind) for each in labels.facts)


def _commitments(case: Case, labels: Labels) -> list[tuple[Span, ReadCommitment]]:
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
    total = Ratio(0, 0)
    for each in ratios:
        total += each
    return total


def table(rows: Sequence[Agreement]) -> Table:
    """One row a case, a split, or both."""
    shown = Table(
        title="Two readers", caption="F1, but for kappa; owner and due: of commitments both found"
    )
    shown.add_column("case", overflow="fold")
    names = ("facts", "span", "right kind", "kappa", "commitments", "F1", "owner", "due")
    for name in names:
        shown.add_column(name, justify="right")
    for each in rows:
        whole = each.name in {*_SPLITS, "both"}
        shown.add_row(*_cells(each), style="bold" if whole else None, end_section=whole)
    return shown


def _cells(each: Agreement) -> list[str]:
    return [
        each.name,
        f"{each.spans.wanted} / {each.spans.said}",
        f"{each.spans.f1:.3f}",
        f"{each.right_kind.f1:.3f}",
        f"{kappa(each.kinds):.3f}",
        f"{each.commitments.wanted} / {each.commitments.said}",
        f"{each.commitments.f1:.3f}",
        f"{each.owner.share:.3f}",
        f"{each.due.share:.3f}",
    ]


if __name__ == "__main__":
    Console().print(table(agreements()))
