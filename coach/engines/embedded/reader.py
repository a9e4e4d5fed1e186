"""The trained reader.

How likely each sentence of a note is a fact, of which kind, a promise, or an outcome.

A small language model that travels with the package (`model/card.md`); it runs in this process and
the same note always gets the same scores, whatever else is being read.
"""

# ruff: noqa: PLC0415 - onnxruntime and tokenizers are loaded with the first note
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.engines.embedded.windows import (
    LONGEST_UNIT,
    Ends,
    Piece,
    Stretch,
    nameless,
    names_pattern,
    shown,
    stretches,
)
from coach.errors import EngineUnavailable
from coach.model.commitments import OutcomeStatus, Owner
from coach.model.facts import FactKind
from coach.model.people import Mentorship, Side
from coach.notes.sentences import Unit

SHIPPED = Path(__file__).parent / "model"
KINDS: tuple[FactKind, ...] = get_args(FactKind)
Doer = Owner | Literal["third"]
DOERS: tuple[Doer, ...] = ("mentor", "mentee", "both", "unassigned", "third")
STATUSES: tuple[OutcomeStatus | Literal["none"], ...] = ("none", *get_args(OutcomeStatus))
HEADS = {
    "fact": 1,
    "kind": len(KINDS),
    "promise": 1,
    "doer": len(DOERS),
    "outcome": len(STATUSES),
    "tentative": 1,
}
"""What the model's last layer says of a sentence, in this order, and in how many numbers."""

Numbers = npt.NDArray[np.float32]
_LONGEST_HEADING = 12


class Scored(NamedTuple):
    """What the reader makes of a sentence; every number is a calibrated probability.

    `fact` is that it states a fact of any kind, `kinds` that it states one of each kind (together
    they make `fact`), `promise` that one of the two, or both, say they will do something, `doers`
    who would (a hint: two in three are right), `outcomes` that it tells what became of something
    promised, `tentative` that the writer leaves it open.
    """

    fact: float
    kinds: Mapping[FactKind, float]
    promise: float
    doers: Mapping[Doer, float]
    outcomes: Mapping[OutcomeStatus, float]
    tentative: float


class Scale(BaseModel):
    """How a raw score becomes a probability: a logistic curve with this slope and shift."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slope: float
    shift: float


_PLAIN = Scale(slope=1, shift=0)


class Calibration(BaseModel):
    """What the development split chose.

    How sure a score is, and from where on a sentence counts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: Scale
    promise: Scale
    kind_sharpness: float
    outcome_sharpness: float
    fact_from: float


class _Loaded(NamedTuple):
    session: Any
    tokenizer: Any
    ends: Ends
    calibration: Calibration


class Reader:
    """Reads with the model in a folder, which it loads with the first note, once.

    Threads may share it.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self._kept: _Loaded | None = None

    @property
    def calibration(self) -> Calibration:
        """From where on a score counts.

        Raises EngineUnavailable when the model cannot be loaded.
        """
        return self._loaded().calibration

    def scored(
        self, units: Sequence[Unit], said_by: Sequence[Side | None], mentorship: Mentorship
    ) -> tuple[Scored, ...]:
        """What each sentence of one note is, in their order.

        Raises EngineUnavailable when the model cannot be loaded.
        """
        calibration = self.calibration
        return tuple(_scored(row, calibration) for row in self.raw(units, said_by, mentorship))

    def raw(
        self, units: Sequence[Unit], said_by: Sequence[Side | None], mentorship: Mentorship
    ) -> list[Numbers]:
        """What the model's heads say of each sentence, before calibration: one row a sentence."""
        loaded = self._loaded()
        cut = pieces(loaded.tokenizer, units, said_by, mentorship)
        return [
            row
            for stretch in stretches(cut, loaded.ends)
            for row in _judged(loaded.session, stretch)
        ]

    def _loaded(self) -> _Loaded:
        with self._loading:
            if self._kept is None:
                self._kept = _load(self._folder)
            return self._kept


def pieces(
    tokenizer: Any, units: Sequence[Unit], said_by: Sequence[Side | None], mentorship: Mentorship
) -> list[Piece]:
    """The sentences of a note in tokens, as the reader is shown them."""
    names = names_pattern(mentorship)
    # Half a surrogate pair is no character, and a tokenizer takes none.
    texts = [
        shown(unit, side, names).encode(errors="replace").decode()
        for unit, side in zip(units, said_by, strict=True)
    ]
    headings = [
        f"# {nameless(unit.heading, names)}".encode(errors="replace").decode()
        if unit.heading
        else ""
        for unit in units
    ]
    return [
        Piece(tuple(text.ids[:LONGEST_UNIT]), tuple(heading.ids[:_LONGEST_HEADING]))
        for text, heading in zip(
            tokenizer.encode_batch(texts, add_special_tokens=False),
            tokenizer.encode_batch(headings, add_special_tokens=False),
            strict=True,
        )
    ]


def open_tokenizer(path: Path) -> tuple[Any, Ends]:
    """What cuts texts into tokens, and the tokens that open and close."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    opening, closing = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if opening is None or closing is None:
        raise ValueError("the tokenizer lacks [CLS] or [SEP]")
    return tokenizer, Ends(opening, closing)


def open_session(graph: bytes) -> Any:
    """What runs a model."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    # One thread a note: the sums, and so the scores, do not depend on the machine, and notes run
    # side by side.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def pooling(stretch: Stretch) -> Numbers:
    """Which tokens of a stretch each judged sentence averages: one row a sentence."""
    weights = np.zeros((len(stretch.judged), len(stretch.ids)), np.float32)
    for row, span in enumerate(stretch.judged):
        weights[row, span.start : span.end] = 1 / (span.end - span.start)
    return weights


def split_heads(row: Numbers) -> dict[str, Numbers]:
    """The numbers of each head."""
    found, at = {}, 0
    for name, width in HEADS.items():
        found[name] = row[at : at + width]
        at += width
    return found


def _load(folder: Path) -> _Loaded:
    """Raises EngineUnavailable naming what is wrong with the model's files."""
    try:
        tokenizer, ends = open_tokenizer(folder / "tokenizer.json")
        text = (folder / "calibration.json").read_text(encoding="utf-8")
        calibration = Calibration.model_validate(json.loads(text))
        graph = (folder / "reader.onnx").read_bytes()
    except (OSError, ValueError, ValidationError) as error:
        raise EngineUnavailable(
            f"the trained reader's files are missing or damaged: {error}"
        ) from error
    except Exception as error:
        raise EngineUnavailable(
            f"the trained reader's tokenizer is missing or damaged: {error}"
        ) from error
    try:
        session = open_session(graph)
    except Exception as error:
        raise EngineUnavailable(f"the trained reader's model is damaged: {error}") from error
    return _Loaded(session, tokenizer, ends, calibration)


def _judged(session: Any, stretch: Stretch) -> Iterator[Numbers]:
    (rows,) = session.run(
        None, {"ids": np.array(stretch.ids, np.int64), "pooling": pooling(stretch)}
    )
    yield from rows


def _scored(row: Numbers, calibration: Calibration) -> Scored:
    heads = split_heads(row)
    fact = _sure(heads["fact"], calibration.fact)
    kinds = _shares(heads["kind"] * calibration.kind_sharpness)
    outcomes = _shares(heads["outcome"] * calibration.outcome_sharpness)
    return Scored(
        fact,
        {kind: fact * share for kind, share in zip(KINDS, kinds, strict=True)},
        _sure(heads["promise"], calibration.promise),
        dict(zip(DOERS, _shares(heads["doer"]), strict=True)),
        {
            status: share
            for status, share in zip(STATUSES, outcomes, strict=True)
            if status != "none"
        },
        _sure(heads["tentative"], _PLAIN),
    )


def _sure(score: Numbers, scale: Scale) -> float:
    return float(1 / (1 + np.exp(-np.clip(score[0] * scale.slope + scale.shift, -30, 30))))


def _shares(scores: Numbers) -> list[float]:
    raised = np.exp(scores.astype(np.float64) - scores.max())
    return [float(each) for each in raised / raised.sum()]
