"""Sheets of verdicts that tests share."""

import json
from datetime import date
from pathlib import Path

from evals.ratings.items import ItemId, ItemKind
from evals.ratings.sheet import Sheet

DAY = date(2026, 1, 6)


def item_id(digest: str, *, kind: ItemKind = "line", heading: str = "doubts") -> ItemId:
    return ItemId("tiny", DAY, kind, heading, digest)


def make_sheet(name: str = "first", **verdicts: str) -> Sheet:
    """A reader's verdicts on lines under `doubts`, by their digests."""
    return Sheet(name, {item_id(digest): said for digest, said in verdicts.items()}, 0)


def write_sheet(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path
