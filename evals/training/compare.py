"""Compares other ways to read notes: `python -m evals.training.compare` prints a table.

All learn from the same notes. Each threshold is chosen on the development split, and the test split
is only measured. Every way gets the same text of a sentence; only the reader sees the sentences
around it.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.embedded.forms import worded
from coach.engines.embedded.promises import promises
from coach.engines.embedded.reader import SHIPPED, Reader, open_tokenizer
from coach.engines.embedded.windows import names_pattern, shown
from coach.language.names import Writer, people_of
from coach.model.readings import FactSignal
from coach.ports import ReadingContext
from evals.training.base import base_folder
from evals.training.data import Lesson, lessons_of, marked_lessons
from evals.training.guesses import Guess, best_threshold, quality
from evals.training.model import ReaderModel, from_minilm
from evals.training.rules import kind_by_words
from retrieval.embedders.wordllama import WordLlamaEmbedder

Vectors = npt.NDArray[np.float32]


class Contender(NamedTuple):
    """A way to read notes, and how many megabytes it adds."""

    name: str
    guesses: Callable[[Lesson], Sequence[Guess]]
    megabytes: float


def contenders(taught: Sequence[Lesson]) -> list[Contender]:
    """Return the ways to compare; those that learn have learned from these notes."""
    tfidf = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    tfidf.fit([text for lesson in taught for text in _texts(lesson)])
    wordllama = WordLlamaEmbedder()
    reader = Reader()
    shipped = sum(_megabytes(path) for path in SHIPPED.iterdir())
    return [
        Contender("rules alone", _by_rules, 0.0),
        Contender("tf-idf, logistic regression", _by_regression(tfidf.transform, taught), 1.0),
        Contender(
            "wordllama, logistic regression",
            _by_regression(wordllama.embed, taught),
            _megabytes(_package("wordllama") / "weights" / "l2_supercat_256.safetensors"),
        ),
        Contender(
            "frozen MiniLM, logistic regression",
            _by_regression(_minilm_vectors, taught),
            _megabytes(base_folder() / "model.safetensors"),
        ),
        Contender("the trained reader", _by_reader(reader), shipped),
        Contender("the reader with rules", _by_engine(EmbeddedEngine(reader)), shipped),
    ]


def _by_rules(lesson: Lesson) -> list[Guess]:
    writer = Writer(lesson.note.author, people_of(lesson.mentorship), lesson.held_on)
    told = worded(lesson.units, lesson.said_by, writer)
    starts = {each.start for each in promises(told, writer)}
    kinds = [
        kind_by_words(unit, said_by=side, promised=unit.start in starts)
        for unit, side in zip(lesson.units, lesson.said_by, strict=True)
    ]
    return [Guess(float(kind is not None), kind or "topic") for kind in kinds]


def _by_reader(reader: Reader) -> Callable[[Lesson], list[Guess]]:
    def guesses(lesson: Lesson) -> list[Guess]:
        scored = reader.scored(lesson.units, lesson.said_by, lesson.mentorship)
        return [
            Guess(each.fact, max(each.kinds, key=lambda kind: each.kinds[kind])) for each in scored
        ]

    return guesses


def _by_engine(engine: EmbeddedEngine) -> Callable[[Lesson], list[Guess]]:
    def guesses(lesson: Lesson) -> list[Guess]:
        context = ReadingContext(lesson.mentorship, lesson.held_on)
        kinds = {each.start: each.kind for each in engine.read(lesson.note, context).of(FactSignal)}
        return [
            Guess(float(unit.start in kinds), kinds.get(unit.start, "topic"))
            for unit in lesson.units
        ]

    return guesses


def _by_regression(
    features: Callable[[list[str]], Any], taught: Sequence[Lesson]
) -> Callable[[Lesson], list[Guess]]:
    """Return two regressions on features of the text: fact or not, and which kind."""
    labels = [label for lesson in taught for label in lesson.labels]
    given = features([text for lesson in taught for text in _texts(lesson)])
    facts = [number for number, label in enumerate(labels) if label.kinds]
    is_fact = LogisticRegression(C=5, max_iter=3000).fit(given, [bool(x.kinds) for x in labels])
    which = LogisticRegression(C=5, max_iter=3000, class_weight="balanced").fit(
        given[facts], [labels[number].kinds[0] for number in facts]
    )

    def guesses(lesson: Lesson) -> list[Guess]:
        told = features(_texts(lesson))
        sure = is_fact.predict_proba(told)[:, 1]
        return [Guess(*each) for each in zip(sure, which.predict(told), strict=True)]

    return guesses


def _texts(lesson: Lesson) -> list[str]:
    names = names_pattern(lesson.mentorship)
    return [
        shown(unit, side, names) for unit, side in zip(lesson.units, lesson.said_by, strict=True)
    ]


@cache
def _minilm() -> ReaderModel:
    return from_minilm(base_folder() / "model.safetensors", dropout=0.0).eval()


def _minilm_vectors(texts: list[str]) -> Vectors:
    """Return the mean token vectors of the pretrained model, unchanged."""
    tokenizer, ends = open_tokenizer(base_folder() / "tokenizer.json")
    rows = []
    with torch.inference_mode():
        for text in tokenizer.encode_batch(texts, add_special_tokens=False):
            ids = torch.tensor([[ends.opening, *text.ids[:126], ends.closing]])
            rows.append(_minilm().hidden(ids, torch.ones(ids.shape))[0].mean(dim=0).numpy())
    vectors: Vectors = np.stack(rows)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(name)
    return Path(spec.origin).parent


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def _row(contender: Contender, dev: Sequence[Lesson], others: Sequence[Sequence[Lesson]]) -> str:
    contender.guesses(dev[0])
    began = time.process_time()
    guessed = [contender.guesses(each) for each in dev]
    taken = time.process_time() - began
    words = sum(len(each.note.text.split()) for each in dev)
    at = best_threshold(dev, guessed)
    looked_at = [
        quality(dev, guessed, fact_from=at),
        *(
            quality(split, [contender.guesses(each) for each in split], fact_from=at)
            for split in others
        ),
    ]
    figures = [f"{score.f1:.3f}" for found in looked_at for score in found]
    cells = [contender.name, *figures, f"{taken / words * 1e6:.0f}", f"{contender.megabytes:.1f}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--test", action="store_true", help="look at the test split too")
    splits = {"dev": lessons_of("dev")}
    if asked.parse_args().test:
        splits["test"] = lessons_of("test")
    torch.set_num_threads(1)
    figures = [f"{name}: {what} kind F1" for name in splits for what in ("any", "right")]
    cells = ["read by", *figures, "CPU ms per 1,000 words", "MB"]
    print(f"| {' | '.join(cells)} |\n|{'---|' * len(cells)}")
    dev, *others = splits.values()
    for each in contenders(lessons_of("train") + marked_lessons()):
        print(_row(each, dev, others))


if __name__ == "__main__":
    main()
