"""Reads a mentorship from one YAML file: the people, the contract's versions and the sessions.

The samples and the evaluation cases are such files. Labels (`gold`) are the evaluation's own.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import Invalid
from coach.model.contract import Cadence, Contract, FeedbackClause, Goal, Roles
from coach.model.people import Mentorship, Person
from coach.model.sessions import Session


class CaseFile(NamedTuple):
    """What a file contains; ids are the file's own."""

    mentorship: Mentorship
    contracts: tuple[Contract, ...]
    sessions: tuple[Session, ...]
    gold: Mapping[str, object]


class _ContractText(BaseModel):
    model_config = ConfigDict(extra="forbid")

    effective_from: date
    point_a: str | None = None
    point_b: str | None = None
    goals: list[Goal] = []
    roles: Roles = Roles()
    cadence: Cadence | None = None
    channels: list[str] = []
    feedback: FeedbackClause | None = None
    confidentiality: str | None = None
    ends_on: date | None = None
    change_signs: list[str] = []
    text: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    domain: str
    style: str
    mentor: Person
    mentee: Person
    started_on: date
    contracts: list[_ContractText]
    sessions: list[Session]
    gold: dict[str, object] = {}


def load(path: Path) -> CaseFile:
    """Read a file; raise Invalid, which names the file, the line and the place of the fault."""
    try:
        file = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except UnicodeDecodeError as error:
        raise Invalid(f"{path.name} is not UTF-8 text") from error
    except yaml.YAMLError as error:
        raise Invalid(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(LineNumbers(path).told(first["loc"], first["msg"])) from error
    return CaseFile(
        Mentorship(id=file.id, mentor=file.mentor, mentee=file.mentee, started_on=file.started_on),
        tuple(
            Contract.model_validate({**_fields(each), "version": number})
            for number, each in enumerate(file.contracts, start=1)
        ),
        tuple(file.sessions),
        file.gold,
    )


def sample(name: str) -> CaseFile:
    """One of the samples that come with the coach."""
    with as_file(files("coach").joinpath("terminal", "sample", f"{name}.yaml")) as path:
        return load(path)


def _fields(contract: _ContractText) -> dict[str, object]:
    return {name: getattr(contract, name) for name in type(contract).model_fields}


class LineNumbers:
    """Tells the line of a place in a YAML file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._root = yaml.compose(path.read_text(encoding="utf-8"))

    def told(self, place: Sequence[str | int], wrong: str) -> str:
        """Return what is wrong, with its file and line."""
        node = self._root
        for step in place:
            inner = self._inner(node, step)
            if inner is None:
                break
            node = inner
        where = ".".join(str(step) for step in place)
        line = node.start_mark.line + 1 if node is not None else 1
        return f"{self._path.name}, line {line}: {where + ': ' if where else ''}{wrong}"

    @staticmethod
    def _inner(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
        if isinstance(node, yaml.MappingNode):
            return next((value for key, value in node.value if key.value == step), None)
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            return node.value[step] if step < len(node.value) else None
        return None
