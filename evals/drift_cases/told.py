"""What the files of `told` hold: ways in which people tell of a drift, and what only looks so."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

import yaml

from coach.model.drift import DriftKind
from coach.model.people import Author, Visibility
from coach.model.values import Value
from evals.drift_cases.base import FOLDER

Spared = Literal["never", "then", "from then on"]


class Told(Value):
    """Sentences of one writer, one for each session.

    `how` names the manner of telling, or what makes a decoy one. `before` puts the first sentence a
    session earlier. `private` puts it into the writer's private note. `clears` tells where the
    sentences that this drift would remove are left out, too. `gap` puts a long gap after the first
    sentence. `elsewhere` records another channel.
    """

    how: str
    by: Author
    says: tuple[str, ...]
    before: bool = False
    private: bool = False
    clears: Spared = "never"
    gap: bool = False
    elsewhere: bool = False

    @property
    def visibility(self) -> Visibility:
        """Who may read it."""
        return self.by if self.private and self.by != "tool" else "shared"

    def says_of(self, thing: str) -> "Told":
        """The same of one goal, by the short name that the two have for it."""
        said = tuple(_begun(each.replace("{goal}", thing)) for each in self.says)
        return self.model_copy(update={"says": said})


class Tellings(Value):
    """How one kind of drift is told, and its decoys."""

    drifts: tuple[Told, ...]
    decoys: tuple[Told, ...]


@cache
def tellings() -> Mapping[DriftKind, Tellings]:
    """What is told of every kind of drift."""
    return {kind: _read(kind) for kind in get_args(DriftKind)}


def _read(kind: DriftKind) -> Tellings:
    text = (FOLDER / "told" / f"{kind}.yaml").read_text(encoding="utf-8")
    return Tellings.model_validate(yaml.safe_load(text))


def _begun(sentence: str) -> str:
    """The sentence with a capital where it begins with a word."""
    return sentence[:1].upper() + sentence[1:]
