"""What people judge on a page, and by which words."""

import hashlib
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

from coach.errors import Invalid

ItemKind = Literal["line", "promise", "not_found", "question", "prompt", "warning"]
Scale = Literal["lines", "questions", "warnings"]

VERDICTS: Mapping[Scale, tuple[str, ...]] = MappingProxyType(
    {
        "lines": ("right", "trivial", "unclear", "misplaced", "wrong"),
        "questions": ("ask", "weak", "absurd", "harmful"),
        "warnings": ("right", "wrong", "unclear"),
    }
)
"""The words to judge by, the best first, for each sort of thing that is judged."""
SCALE_OF: Mapping[ItemKind, Scale] = MappingProxyType(
    {
        "line": "lines",
        "promise": "lines",
        "not_found": "lines",
        "question": "questions",
        "prompt": "questions",
        "warning": "warnings",
    }
)
# 48 bits: among a million texts of one heading, two share a digest once in 560 tries.
_DIGEST_DIGITS = 12


class ItemId(NamedTuple):
    """The name of an item: where it stands, and a digest of what it says.

    The same words under the same heading of the same page keep their name from run to run.
    """

    case: str
    day: date
    kind: ItemKind
    heading: str
    digest: str

    def __str__(self) -> str:
        """As files have it: `choirmaster/2026-06-01/line/doubts/3f0c9a51b2de`."""
        return "/".join((self.case, self.day.isoformat(), self.kind, self.heading, self.digest))

    @property
    def page(self) -> tuple[str, date]:
        """The page it stands on."""
        return self.case, self.day

    @property
    def scale(self) -> Scale:
        """By which words it is judged."""
        return SCALE_OF[self.kind]


def digest(text: str) -> str:
    """A digest of what an item says."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_DIGITS]


def parsed(name: str) -> ItemId:
    """The name of an item, from a file. Raises Invalid where it is none."""
    parts = name.split("/")
    if len(parts) != len(ItemId._fields) or parts[2] not in get_args(ItemKind):
        raise Invalid(f"{name!r} names no item: such as choir/2026-06-01/line/doubts/3f0c9a51b2de")
    try:
        day = date.fromisoformat(parts[1])
    except ValueError:
        raise Invalid(f"{name!r} names no item: {parts[1]!r} is no day") from None
    return ItemId(parts[0], day, parts[2], parts[3], parts[4])  # type: ignore[arg-type]


class Item(BaseModel):
    """One thing to judge: its number on the printed page, and what it says."""

    model_config = ConfigDict(frozen=True)

    id: str
    page: str
    number: int
    kind: ItemKind
    heading: str
    text: str
