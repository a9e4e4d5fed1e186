"""What is said bluntly: one series and one decoy a kind, from the file `said_bluntly.yaml`."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

import yaml
from pydantic import TypeAdapter

from coach.model.contract import Contract
from coach.model.drift import DriftKind
from coach.model.people import Mentorship, Person, Side, Visibility
from coach.model.sessions import Note, Session
from coach.model.values import Value
from coach.use_cases.casefile import CaseFile
from evals.drift_cases.base import FOLDER


class BluntSession(Value):
    """One meeting with its one note."""

    held_on: date
    note: str
    channel: str | None = None
    visibility: Visibility = "shared"


class BluntPair(Value):
    """One kind, said bluntly to one pair, and its decoy."""

    mentor: str
    mentee: str
    started_on: date
    by: Side
    contract: dict[str, object]
    decoy_contract: dict[str, object] | None = None
    before: tuple[BluntSession, ...]
    drift: tuple[BluntSession, ...]
    decoy: tuple[BluntSession, ...]
    also_ok: tuple[DriftKind, ...]


class BluntSeries(NamedTuple):
    """One series, asked about on the day after its last meeting.

    `wanted` tells whether its kind is to be raised; `also_ok` lists other kinds that may be.
    """

    kind: DriftKind
    wanted: bool
    file: CaseFile
    also_ok: tuple[DriftKind, ...]

    @property
    def name(self) -> str:
        """The kind, and what it is."""
        return f"{self.kind}, {'bluntly' if self.wanted else 'decoy'}"


@cache
def blunt_series() -> tuple[BluntSeries, ...]:
    """Every series, the decoy behind what it looks like."""
    read = yaml.safe_load((FOLDER / "said_bluntly.yaml").read_text(encoding="utf-8"))
    pairs = TypeAdapter(dict[DriftKind, BluntPair]).validate_python(read)
    return tuple(each for kind, pair in pairs.items() for each in _both(kind, pair))


def _both(kind: DriftKind, pair: BluntPair) -> Iterator[BluntSeries]:
    drift = _file(pair, pair.contract, pair.drift)
    yield BluntSeries(kind, wanted=True, file=drift, also_ok=pair.also_ok)
    decoy = _file(pair, pair.decoy_contract or pair.contract, pair.decoy)
    yield BluntSeries(kind, wanted=False, file=decoy, also_ok=pair.also_ok)


def _file(pair: BluntPair, contract: dict[str, object], rest: tuple[BluntSession, ...]) -> CaseFile:
    return CaseFile(
        Mentorship(
            id="blunt",
            mentor=Person(name=pair.mentor),
            mentee=Person(name=pair.mentee),
            started_on=pair.started_on,
        ),
        (Contract.model_validate({**contract, "version": 1}),),
        tuple(_session(pair, each, number) for number, each in enumerate((*pair.before, *rest), 1)),
        {},
    )


def _session(pair: BluntPair, told: BluntSession, number: int) -> Session:
    note = Note(
        id=f"s{number}a",
        author=pair.by,
        visibility=told.visibility,
        format="text",
        text=told.note,
    )
    return Session(id=f"s{number}", held_on=told.held_on, channel=told.channel, notes=(note,))
