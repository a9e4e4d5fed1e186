"""A sheet that somebody filled in: one verdict a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import Invalid
from evals.ratings.items import VERDICTS, ItemId, parsed

FOLDER = Path(__file__).parent
"""Where the sheets lie that ship, beside this file."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    verdict: str
    why: str = ""


class Sheet(NamedTuple):
    """The verdicts of one reader by the names of the items; `left` is how many have none yet."""

    name: str
    verdicts: dict[ItemId, str]
    left: int


def load(path: Path) -> Sheet:
    """Read a sheet. Raises Invalid with file and line of a fault, or where nothing is judged."""
    verdicts: dict[ItemId, str] = {}
    left = 0
    for item, verdict in _rows(path):
        if not verdict:
            left += 1
        else:
            verdicts[item] = verdict
    if not verdicts:
        raise Invalid(f"{path.name}: nothing is judged yet")
    return Sheet(path.stem, verdicts, left)


def _rows(path: Path) -> Iterator[tuple[ItemId, str]]:
    seen = set()
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = _Row.model_validate_json(line)
            item = _judged(row)
        except (ValidationError, Invalid) as error:
            raise Invalid(f"{path.name}, line {number}: {_first(error)}") from None
        if item in seen:
            raise Invalid(f"{path.name}, line {number}: {row.id} is judged twice")
        seen.add(item)
        yield item, row.verdict


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise Invalid(f"{path.name} is not UTF-8 text") from None


def _judged(row: _Row) -> ItemId:
    """The item of a row. Raises Invalid where its verdict is none of those for such an item."""
    item = parsed(row.id)
    words = VERDICTS[item.scale]
    if row.verdict and row.verdict not in words:
        raise Invalid(f"a {item.kind} is {', '.join(words)}, not {row.verdict!r}")
    return item


def _first(error: ValidationError | Invalid) -> str:
    if isinstance(error, Invalid):
        return str(error)
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])
