"""The reader of clauses.

How likely each way is in which a passage of a note bears on a clause of the agreement.

A small language model that travels with the package (`model/card.md`); it runs in this process and
the same pair always gets the same probabilities, whatever else is being read.
"""

import json
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.engines.embedded.clauses.pairs import (
    KINDS,
    OUTCOMES,
    RELATIONS,
    Asked,
    ClausePair,
    Laid,
    Numbers,
    Passage,
    PromisePair,
    laid,
    pooling,
)
from coach.engines.embedded.reader import SHIPPED as READER
from coach.engines.embedded.reader import open_session, open_tokenizer
from coach.engines.embedded.windows import Ends
from coach.errors import EngineUnavailable

SHIPPED = Path(__file__).parent / "model"


class Calibration(BaseModel):
    """What the development pairs chose.

    How sharp each head's scores are, and from where on a score counts.

    Of the passages whose `breaks` is at least `breaks_from`, nineteen in twenty are breaches; a
    passage by itself is worth reading beside the clauses of each kind that it may bear on by
    `bears_from` or more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    relation_sharpness: float
    outcome_sharpness: float
    breaks_from: float
    bears_from: float


class _Loaded(NamedTuple):
    session: Any
    tokenizer: Any
    ends: Ends
    calibration: Calibration


class ClauseReader:
    """Reads with the model in a folder, which it loads with the first pair, once.

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

    def relations(self, pairs: Sequence[ClausePair]) -> list[dict[str, float]]:
        """How likely each relation of passage and clause is, a pair a dict, in their order.

        Each adds up to one.

        No pair costs nothing, not even the model. Raises EngineUnavailable when the model cannot
        be loaded.
        """
        if not pairs:
            return []
        sharpness = self.calibration.relation_sharpness
        return [_named(RELATIONS, row[: len(RELATIONS)] * sharpness) for row in self.raw(pairs)]

    def outcomes(self, pairs: Sequence[PromisePair]) -> list[dict[str, float]]:
        """How likely each outcome of a promise is by a passage, a pair a dict, in their order.

        Each adds up to one.

        No pair costs nothing, not even the model. Raises EngineUnavailable when the model cannot
        be loaded.
        """
        if not pairs:
            return []
        sharpness = self.calibration.outcome_sharpness
        rows = [row[len(RELATIONS) : -len(KINDS)] for row in self.raw(pairs)]
        return [_named(OUTCOMES, row * sharpness) for row in rows]

    def worth_reading(self, pairs: Sequence[ClausePair]) -> list[bool]:
        """Whether the passage of each pair, in their order, may bear on such a clause at all.

        It costs one reading a passage, however many clauses it stands beside. Clauses of a kind
        that the model was not taught are always worth reading. Raises EngineUnavailable when the
        model cannot be loaded.
        """
        passages = list(dict.fromkeys(Passage(*pair[2:]) for pair in pairs if pair[0] in KINDS))
        bearing = dict(zip(passages, self._bearings(passages), strict=True))
        return [
            pair.clause_kind not in KINDS
            or bool(bearing[Passage(*pair[2:])][KINDS.index(pair.clause_kind)])
            for pair in pairs
        ]

    def _bearings(self, passages: Sequence[Passage]) -> list[npt.NDArray[np.bool_]]:
        """Which kinds of clauses each passage may bear on."""
        if not passages:
            return []
        least = self.calibration.bears_from
        return [1 / (1 + np.exp(-row[-len(KINDS) :])) >= least for row in self.raw(passages)]

    def raw(self, pairs: Sequence[Asked]) -> list[Numbers]:
        """What the model's heads say of each pair, before calibration: one row a pair."""
        loaded = self._loaded()
        return [
            _judged(loaded.session, each) for each in laid(loaded.tokenizer, loaded.ends, pairs)
        ]

    def _loaded(self) -> _Loaded:
        with self._loading:
            if self._kept is None:
                self._kept = _load(self._folder)
            return self._kept


def _judged(session: Any, pair: Laid) -> Numbers:
    """One pair at a time.

    8-bit sums are scaled by all that is read together, so company would change the scores.
    """
    given = {"ids": np.array(pair.ids, np.int64), "pooling": pooling(pair)}
    (row,) = session.run(None, given)
    judged: Numbers = row
    return judged


def _named(names: Sequence[str], scores: Numbers) -> dict[str, float]:
    raised = np.exp(scores.astype(np.float64) - scores.max())
    return dict(zip(names, (raised / raised.sum()).tolist(), strict=True))


@cache
def _load(folder: Path) -> _Loaded:
    """Raises EngineUnavailable naming what is wrong with the model's files."""
    try:
        tokenizer, ends = open_tokenizer(READER / "tokenizer.json")
        text = (folder / "calibration.json").read_text(encoding="utf-8")
        calibration = Calibration.model_validate(json.loads(text))
        graph = (folder / "clauses.onnx").read_bytes()
    except (OSError, ValueError, ValidationError) as error:
        raise EngineUnavailable(
            f"the files of the reader of clauses are missing or damaged: {error}"
        ) from error
    except Exception as error:
        raise EngineUnavailable(
            f"the tokenizer of the reader of clauses is missing or damaged: {error}"
        ) from error
    try:
        session = open_session(graph)
    except Exception as error:
        raise EngineUnavailable(
            f"the model of the reader of clauses is damaged: {error}"
        ) from error
    return _Loaded(session, tokenizer, ends, calibration)
