"""Learns which sentences promise something and which report on a promise.

`python -m evals.training.promises [NOTES.txt ...]` learns from the training cases and from marked
notes, and writes the weights that ship with the embedded engine.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from coach.engines.embedded.forms import Worded, relative, worded
from coach.language.names import Writer, people_of
from coach.notes.sentences import units
from coach.notes.speakers import speakers
from evals.metrics.note_spans import overlaps
from evals.training.labelled import Held, Labelled, read_case, read_marked
from evals.training.linear import Fitted, fit

PROMISES = ("none", "self", "other", "both", "unassigned")
OUTCOMES = ("none", "done", "short")
_CASES = Path(__file__).parents[1] / "cases" / "train"
_PLAIN = Path(__file__).with_name("plain.txt")
"""Plain examples of promises and reports; real notes hold few of them."""
# How often each plain example is learned. Chosen by hand; not measured.
_PLAIN_COUNTS = 2
_SHIPPED = Path(__file__).parents[2] / "coach" / "engines" / "embedded"
# Strength of the ridge, weights a unit, and the least weight that is kept. Chosen by hand.
_RIDGE = 6.0
_SCALE = 100
_SLIGHT = 8


class Row(NamedTuple):
    """A sentence of a labelled mentorship, with what it promises and reports."""

    mentorship: str
    held: Held
    said: Worded
    promise: str
    outcome: str


def rows(labelled: Labelled) -> Iterator[Row]:
    """Yield every sentence with its labels."""
    people = people_of(labelled.mentorship)
    for held in labelled.notes:
        found = units(held.note)
        said_by = speakers(found, held.note.author, people)
        writer = Writer(held.note.author, people, held.held_on)
        for said in worded(found, said_by, writer):
            yield Row(
                labelled.name,
                held,
                said,
                _promise(labelled, held, said),
                _outcome(labelled, held, said),
            )


def _promise(labelled: Labelled, held: Held, said: Worded) -> str:
    here = (held.note.id, said.unit.start, said.unit.end)
    for made in labelled.made:
        if overlaps(here, (made.note_id, made.start, made.end)) and made.owner is not None:
            return relative(made.owner, said.own)
    return "none"


def _outcome(labelled: Labelled, held: Held, said: Worded) -> str:
    here = (held.note.id, said.unit.start, said.unit.end)
    for told in labelled.told:
        if overlaps(here, (told.note_id, told.start, told.end)):
            return "done" if told.status == "done" else "short"
    return "none"


def fitted(seen: Sequence[Sequence[str]], wanted: Sequence[str], classes: Sequence[str]) -> Fitted:
    """Return the weights, learned with the settings that ship."""
    return fit(seen, wanted, classes=classes, ridge=_RIDGE)


def write(model: Fitted, path: Path) -> None:
    """Write the weights in hundredths, without features of very small weight."""
    bias, kept = (
        np.rint(model.bias * _SCALE).astype(int),
        np.rint(model.weights * _SCALE).astype(int),
    )
    lines = [
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row.tolist(), separators=(',', ':'))}"
        for name, row in zip(model.names, kept, strict=True)
        if np.abs(row).max() >= _SLIGHT
    ]
    head = f'{{"classes": {json.dumps(model.classes)}, "bias": {bias.tolist()}, "features": {{\n'
    path.write_text(head + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


def learn(mentorships: Iterable[Labelled], folder: Path = _SHIPPED) -> None:
    """Write both files of weights again."""
    learned = [row for each in mentorships for row in rows(each)]
    seen = [row.said.seen for row in learned]
    write(fitted(seen, [row.promise for row in learned], PROMISES), folder / "promises.json")
    write(fitted(seen, [row.outcome for row in learned], OUTCOMES), folder / "outcomes.json")


if __name__ == "__main__":
    marked = [read_marked(Path(name)) for name in sorted(sys.argv[1:])]
    cases = [read_case(path) for path in sorted(_CASES.glob("*.yaml"))]
    learn([*cases, *marked, *[read_marked(_PLAIN)] * _PLAIN_COUNTS])
