"""How a clause and a passage are laid before the model.

The clause, then the passage between its neighbours.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from coach.engines.embedded.windows import Ends

Relation = Literal["keeps", "strains", "breaks", "excuses", "amends", "settles", "talks", "none"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
Outcome = Literal[
    "done", "partly", "not_done", "dropped", "moved", "taken_over", "open_again", "none"
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
KINDS = (
    "goals role_mentor role_mentee "
    "cadence channels feedback confidentiality phase ends_on change_signs"
    " reciprocity notes_kept boundary respect_time trust_route"
).split()
"""The kinds of clauses that the model is taught with.

Each may be read of any other, with less to go by.
"""
HEADS = {"relation": len(RELATIONS), "outcome": len(OUTCOMES), "kind": len(KINDS)}
"""What the model's last layer says of a pair, in this order, and in how many numbers."""

Numbers = npt.NDArray[np.float32]
# Half as long again as the longest of the labelled pairs: a clause of 37 tokens, a neighbour
# of 33, a passage of 47.
_LONGEST_CLAUSE, _LONGEST_NEIGHBOUR, _LONGEST_PASSAGE = 64, 40, 80
_CHARACTERS_A_TOKEN = 12
"""Texts are cut to so many characters a token before they are cut into tokens.

A long text costs no more than a full one.
"""


class ClausePair(NamedTuple):
    """A clause with its kind, and a sentence with its neighbours and its writer."""

    clause_kind: str
    clause: str
    before: str
    passage: str
    after: str
    author: str


class PromisePair(NamedTuple):
    """A promise with its owner, and a later sentence with its neighbours and its writer."""

    owner: str
    promise: str
    before: str
    passage: str
    after: str
    author: str


class Passage(NamedTuple):
    """A sentence of a note by itself, with the sentences around it and who wrote it.

    Which clauses may it bear on?
    """

    before: str
    passage: str
    after: str
    author: str


Asked = ClausePair | PromisePair | Passage
"""Whatever can be laid before the model."""


class Laid(NamedTuple):
    """A pair in tokens; `start` and `end` say where the passage stands among them."""

    ids: tuple[int, ...]
    start: int
    end: int


def laid(tokenizer: Any, ends: Ends, pairs: Sequence[Asked]) -> list[Laid]:
    """The pairs in tokens, in their order."""
    parts = [part for pair in pairs for part in _parts(pair)]
    cut = [each.ids for each in tokenizer.encode_batch(parts, add_special_tokens=False)]
    return [_laid(cut[at : at + 4], ends) for at in range(0, len(cut), 4)]


def _parts(pair: Asked) -> tuple[str, str, str, str]:
    """What is asked about, the sentence before, the passage, and the sentence after."""
    near = _LONGEST_NEIGHBOUR * _CHARACTERS_A_TOKEN
    return (
        _clean(_question(pair)[: _LONGEST_CLAUSE * _CHARACTERS_A_TOKEN]),
        _clean(pair.before[-near:]),
        _clean(f"{pair.author} : {pair.passage[: _LONGEST_PASSAGE * _CHARACTERS_A_TOKEN]}"),
        _clean(pair.after[:near]),
    )


def _question(pair: Asked) -> str:
    if isinstance(pair, ClausePair):
        return f"{pair.clause_kind.replace('_', ' ')} : {pair.clause}"
    return f"promise of {pair.owner} : {pair.promise}" if isinstance(pair, PromisePair) else ""


def _clean(text: str) -> str:
    # Half a surrogate pair is no character, and a tokenizer takes none.
    return text.encode(errors="replace").decode()


def _laid(parts: Sequence[Sequence[int]], ends: Ends) -> Laid:
    asked, before, passage, after = parts
    opening = (
        ends.opening,
        *asked[:_LONGEST_CLAUSE],
        ends.closing,
        *before[-_LONGEST_NEIGHBOUR:],
        ends.closing,
    )
    middle = passage[:_LONGEST_PASSAGE]
    ids = (*opening, *middle, ends.closing, *after[:_LONGEST_NEIGHBOUR], ends.closing)
    return Laid(ids, len(opening), len(opening) + len(middle))


def pooling(pair: Laid) -> Numbers:
    """Which tokens of a pair are its passage, and what each counts in their mean."""
    weights = np.zeros(len(pair.ids), np.float32)
    weights[pair.start : pair.end] = 1 / (pair.end - pair.start)
    return weights
