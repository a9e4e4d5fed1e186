"""Series that say a drift outright: one and one decoy a kind, for each manner of telling.

`said_bluntly.yaml` says it in sentences of its own, `said_in_passing.yaml` within notes about many
things.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, get_args

import yaml
from pydantic import TypeAdapter

from coach.model.contract import Contract
from coach.model.drift import DriftKind
from coach.model.people import Mentorship, Person, Side, Visibility
from coach.model.sessions import Note, Session
from coach.model.values import Value
from coach.use_cases.casefile import CaseFile
from evals.drift_cases.base import FOLDER

Manner = Literal["bluntly", "in passing"]
MANNERS: tuple[Manner, ...] = get_args(Manner)


class SaidSession(Value):
    """One meeting with its one note."""

    held_on: date
    note: str
    channel: str | None = None
    visibility: Visibility = "shared"


class SaidPair(Value):
    """One kind, said bluntly to one pair, and its decoy."""

    mentor: str
    mentee: str
    started_on: date
    by: Side
    contract: dict[str, object]
    decoy_contract: dict[str, object] | None = None
    before: tuple[SaidSession, ...]
    drift: tuple[SaidSession, ...]
    decoy: tuple[SaidSession, ...]
    also_ok: tuple[DriftKind, ...]


class SaidSeries(NamedTuple):
    """One series, asked about on the day after its last meeting.

    `wanted` tells whether its kind is to be raised; `also_ok` lists other kinds that may be.
    """

    manner: Manner
    kind: DriftKind
    wanted: bool
    file: CaseFile
    also_ok: tuple[DriftKind, ...]

    @property
    def name(self) -> str:
        """The manner, the kind, and what it is."""
        return f"{self.manner}: {self.kind}, {'drift' if self.wanted else 'decoy'}"


@cache
def said_series() -> tuple[SaidSeries, ...]:
    """Return every series, each decoy behind what it looks like."""
    return tuple(each for manner in MANNERS for each in _of_manner(manner))


def _of_manner(manner: Manner) -> Iterator[SaidSeries]:
    path = FOLDER / f"said_{manner.replace(' ', '_')}.yaml"
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    pairs = TypeAdapter(dict[DriftKind, SaidPair]).validate_python(read)
    for kind, pair in pairs.items():
        drift = _file(pair, pair.contract, pair.drift)
        decoy = _file(pair, pair.decoy_contract or pair.contract, pair.decoy)
        yield SaidSeries(manner, kind, wanted=True, file=drift, also_ok=pair.also_ok)
        yield SaidSeries(manner, kind, wanted=False, file=decoy, also_ok=pair.also_ok)


def _file(pair: SaidPair, contract: dict[str, object], rest: tuple[SaidSession, ...]) -> CaseFile:
    return CaseFile(
        Mentorship(
            id="said",
            mentor=Person(name=pair.mentor),
            mentee=Person(name=pair.mentee),
            started_on=pair.started_on,
        ),
        (Contract.model_validate({**contract, "version": 1}),),
        tuple(_session(pair, each, number) for number, each in enumerate((*pair.before, *rest), 1)),
        {},
    )


def _session(pair: SaidPair, told: SaidSession, number: int) -> Session:
    note = Note(
        id=f"s{number}a",
        author=pair.by,
        visibility=told.visibility,
        format="text",
        text=told.note,
    )
    return Session(id=f"s{number}", held_on=told.held_on, channel=told.channel, notes=(note,))
