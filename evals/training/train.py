"""Teaches the reader of notes: `python -m evals.training.train` learns, exports and calibrates."""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from coach.engines.embedded.reader import (
    DOERS,
    HEADS,
    KINDS,
    SHIPPED,
    STATUSES,
    Reader,
    open_tokenizer,
    pieces,
    pooling,
)
from coach.engines.embedded.windows import Ends, Piece, Stretch, TokenSpan, stretches
from evals.training.base import base_folder
from evals.training.calibrate import UNCALIBRATED, calibrated, guesses
from evals.training.data import Label, Lesson, lessons_of, marked_lessons
from evals.training.export import export, write_calibration
from evals.training.guesses import quality
from evals.training.model import ReaderModel, from_minilm

# Tokens of a stretch of sentences, and of a batch. Chosen by hand; not measured.
_SHORTEST, _LONGEST = 90, 230
_TOKENS = 1400
_ALONE = 0.12
"""Share of the sentences that are shown once more alone. Chosen by hand; not measured."""
_STEP = 32
"""Lengths are rounded up to a multiple of this, because each new shape costs time to plan."""


class Settings(NamedTuple):
    """How long and how fast it learns; chosen on the development split."""

    seed: int = 1
    epochs: int = 4
    epochs_of_cases: int = 3
    encoder_rate: float = 2e-4
    judge_rate: float = 1e-3
    dropout: float = 0.1
    smoothing: float = 0.05


class Cut(NamedTuple):
    """A note in tokens, with what its sentences are."""

    pieces: list[Piece]
    labels: Sequence[Label]


class Wanted(NamedTuple):
    """What the heads should say of the judged sentences of a batch, one row each."""

    fact: Tensor
    kinds: Tensor
    promise: Tensor
    doer: Tensor
    outcome: Tensor
    tentative: Tensor


class Batch(NamedTuple):
    """Stretches side by side, with what their sentences are."""

    ids: Tensor
    there: Tensor
    pooling: Tensor
    judged: Tensor
    wanted: Wanted


def cut(tokenizer: object, lessons: Sequence[Lesson]) -> list[Cut]:
    """Return lessons in tokens."""
    return [
        Cut(pieces(tokenizer, each.units, each.said_by, each.mentorship), each.labels)
        for each in lessons
        if each.units
    ]


def epoch(cuts: Sequence[Cut], ends: Ends, rng: random.Random, mask: int) -> Iterator[Batch]:
    """Yield all notes once, cut into stretches at new places, like lengths together."""
    shown: list[tuple[Stretch, Sequence[Label]]] = []
    for each in cuts:
        longest = rng.randint(_SHORTEST, _LONGEST)
        shown += [
            (stretch, each.labels) for stretch in stretches(each.pieces, ends, longest=longest)
        ]
        shown += [
            (_by_itself(each.pieces, number, ends), each.labels)
            for number in range(len(each.pieces))
            if rng.random() < _ALONE
        ]
    shown.sort(key=lambda each: len(each[0].ids) + rng.randint(0, 12))
    batches = list(_filled_up(shown))
    rng.shuffle(batches)
    for batch in batches:
        yield _batch([(_blurred(stretch, rng, mask), labels) for stretch, labels in batch])


def _filled_up(
    shown: Sequence[tuple[Stretch, Sequence[Label]]],
) -> Iterator[Sequence[tuple[Stretch, Sequence[Label]]]]:
    """Yield batches of about as many tokens each."""
    first = 0
    for last in range(1, len(shown) + 1):
        tokens = (last - first) * len(shown[min(last, len(shown) - 1)][0].ids)
        if last == len(shown) or tokens > _TOKENS:
            yield shown[first:last]
            first = last


def _by_itself(pieces: Sequence[Piece], number: int, ends: Ends) -> Stretch:
    """Return a sentence alone, as in a note of one sentence."""
    ids = (ends.opening, *pieces[number].ids, ends.closing)
    return Stretch(ids, (TokenSpan(number, 1, len(ids) - 1),))


def _blurred(stretch: Stretch, rng: random.Random, mask: int) -> Stretch:
    """Hide a twentieth of the tokens, so that no answer rests on a single word."""
    ids = tuple(mask if rng.random() < 0.05 else token for token in stretch.ids[1:])
    return stretch._replace(ids=(stretch.ids[0], *ids))


def _batch(shown: Sequence[tuple[Stretch, Sequence[Label]]]) -> Batch:
    longest = _filled(max(len(stretch.ids) for stretch, _ in shown))
    most = _filled(max(len(stretch.judged) for stretch, _ in shown))
    ids = torch.zeros(len(shown), longest, dtype=torch.long)
    there = torch.zeros(len(shown), longest)
    weights = torch.zeros(len(shown), most, longest)
    judged = torch.zeros(len(shown), most, dtype=torch.bool)
    labels: list[Label] = []
    for row, (stretch, of_note) in enumerate(shown):
        ids[row, : len(stretch.ids)] = torch.tensor(stretch.ids)
        there[row, : len(stretch.ids)] = 1
        weights[row, : len(stretch.judged), : len(stretch.ids)] = torch.from_numpy(pooling(stretch))
        judged[row, : len(stretch.judged)] = True
        labels += [of_note[span.unit] for span in stretch.judged]
    return Batch(ids, there, weights, judged, wanted(labels))


def _filled(length: int) -> int:
    return -(-length // _STEP) * _STEP


def wanted(labels: Sequence[Label]) -> Wanted:
    """Return labels as numbers; -1 where a head has nothing to learn."""
    kinds = torch.zeros(len(labels), len(KINDS))
    for row, label in enumerate(labels):
        for kind in label.kinds:
            kinds[row, KINDS.index(kind)] = 1 / len(label.kinds)
    return Wanted(
        torch.tensor([float(bool(label.kinds)) for label in labels]),
        kinds,
        torch.tensor([float(label.owner not in {None, "third"}) for label in labels]),
        torch.tensor([DOERS.index(label.owner) if label.owner else -1 for label in labels]),
        torch.tensor([STATUSES.index(label.outcome or "none") for label in labels]),
        torch.tensor(
            [-1.0 if label.tentative is None else float(label.tentative) for label in labels]
        ),
    )


def weighing(cuts: Sequence[Cut]) -> Tensor:
    """Return weights that make rare outcomes count more: inverse square roots, mean one."""
    outcomes = wanted([label for each in cuts for label in each.labels]).outcome
    weights = torch.bincount(outcomes, minlength=len(STATUSES)).clamp(min=4) ** -0.5
    return weights / weights.mean()


def loss(scores: Tensor, meant: Wanted, weights: Tensor, *, smoothing: float) -> Tensor:
    """Return the loss of the heads against the labels."""
    fact, kind, promise, doer, outcome, tentative = scores.split(list(HEADS.values()), dim=1)
    binary = functional.binary_cross_entropy_with_logits
    soft = 0.5 * smoothing
    total = binary(fact[:, 0], meant.fact * (1 - 2 * soft) + soft)
    is_fact = meant.fact > 0
    if is_fact.any():
        total = total + 1.5 * functional.cross_entropy(
            kind[is_fact], meant.kinds[is_fact], label_smoothing=smoothing
        )
    total = total + 0.5 * binary(promise[:, 0], meant.promise)
    if (meant.doer >= 0).any():
        total = total + 0.2 * functional.cross_entropy(doer, meant.doer, ignore_index=-1)
    total = total + 0.3 * functional.cross_entropy(outcome, meant.outcome, weight=weights)
    marked = meant.tentative >= 0
    if marked.any():
        total = total + 0.2 * binary(tentative[marked, 0], meant.tentative[marked])
    return total


class Lessons(NamedTuple):
    """The labelled cases, and the notes that were marked for teaching."""

    cases: list[Cut]
    marked: list[Cut]

    @property
    def all(self) -> list[Cut]:
        """Return both."""
        return self.cases + self.marked


def taught(lessons: Lessons, ends: Ends, mask: int, given: Settings, weights: Path) -> ReaderModel:
    """Return a reader that has learned from all lessons, and at the end from the cases alone.

    The marked notes teach what words can mean. Only the cases are labelled as densely as real ones.
    """
    torch.manual_seed(given.seed)
    torch.set_flush_denormal(True)
    rng = random.Random(given.seed)  # noqa: S311 - shuffling, not a secret
    model = from_minilm(weights, dropout=given.dropout)
    for table in (model.words, model.positions, model.types):
        table.weight.requires_grad_(requires_grad=False)
    judge = list(model.judge.parameters())
    encoder = list(model.layers.parameters())
    decayed = [each for each in encoder if each.dim() > 1]
    plain = [each for each in encoder if each.dim() < 2]
    rates = [given.encoder_rate, given.encoder_rate, given.judge_rate]
    optimiser = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": 0.01},
            {"params": plain, "weight_decay": 0.0},
            {"params": judge, "weight_decay": 0.0},
        ],
        lr=given.encoder_rate,
    )
    weigh = weighing(lessons.all)
    passes = given.epochs + given.epochs_of_cases
    for passed in range(passes):
        model.train()
        began, total, count = time.perf_counter(), 0.0, 0
        cuts = lessons.all if passed < given.epochs else lessons.cases
        batches = list(epoch(cuts, ends, rng, mask))
        for number, batch in enumerate(batches):
            share = (passed + number / len(batches)) / passes
            warm = min(1.0, share * passes * 2)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * warm * (1 - share)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(batch.ids, batch.there, batch.pooling)[batch.judged].float()
            error = loss(scores, batch.wanted, weigh, smoothing=given.smoothing)
            optimiser.zero_grad()
            error.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total, count = total + error.item(), count + 1
        taken = time.perf_counter() - began
        print(f"seed {given.seed}, epoch {passed + 1}: loss {total / count:.3f}, {taken:.0f} s")
    return model.eval()


def main() -> None:
    """Teach, export, calibrate; print the figures on the development split."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=Settings().seed)
    asked.add_argument("--threads", type=int, default=1)
    asked.add_argument("--folder", type=Path, default=SHIPPED)
    given = asked.parse_args()
    torch.set_num_threads(given.threads)
    base = base_folder()
    tokenizer, ends = open_tokenizer(base / "tokenizer.json")
    lessons = Lessons(cut(tokenizer, lessons_of("train")), cut(tokenizer, marked_lessons()))
    hidden = tokenizer.token_to_id("[MASK]")
    weights = base / "model.safetensors"
    learned = taught(lessons, ends, hidden, Settings(seed=given.seed), weights)
    export(learned, given.folder)
    write_calibration(UNCALIBRATED, given.folder)
    dev = lessons_of("dev")
    reader = Reader(given.folder)
    raw = [reader.raw(each.units, each.said_by, each.mentorship) for each in dev]
    chosen = calibrated(dev, raw)
    write_calibration(chosen, given.folder)
    found = quality(dev, guesses(raw, chosen), fact_from=chosen.fact_from)
    print(f"dev: any kind F1 {found.any_kind.f1:.3f}, right kind F1 {found.right_kind.f1:.3f}")


if __name__ == "__main__":
    main()
