"""The pages of a split in a folder: to read, to judge, and how to judge them."""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from coach.errors import Invalid
from coach.settings import Settings
from evals.cases import Case
from evals.ratings.page import Page, page_of
from evals.ratings.printing import printed
from evals.subject import Subject, Timings, running

GUIDE = Path(__file__).parent / "guide.md"
"""How to judge, for people; it is laid beside the pages."""
ITEMS, SHEET = "items.jsonl", "ratings.jsonl"
"""Every item with its words, and the empty sheet to fill in."""
Days = Mapping[str, Sequence[date]]
"""Which days of which case."""


def pages(
    cases: Sequence[Case], days: Days, settings: Settings | None, done: Callable[[str], None]
) -> list[Page]:
    """Return the pages of some days of each case, as the chosen engine gives them."""
    found = []
    with running(settings) as parts:
        for case in cases:
            wanted = sorted(days.get(case.name, ()))
            if wanted:
                subject = Subject(parts, case.file, Timings())
                found += [page_of(case, subject, on) for on in wanted]
            done(case.name)
    return found


def write(made: Iterable[Page], folder: Path) -> int:
    """Write pages, items, the empty sheet and the guide; how many items there are."""
    refuse_used(folder)
    folder.mkdir(parents=True, exist_ok=True)
    items = []
    for page in made:
        (folder / f"{page.name}.md").write_text(printed(page), encoding="utf-8")
        items += page.items
    _write_lines(folder / ITEMS, (item.model_dump() for item in items))
    _write_lines(folder / SHEET, ({"id": item.id, "verdict": "", "why": ""} for item in items))
    shutil.copyfile(GUIDE, folder / GUIDE.name)
    return len(items)


def refuse_used(folder: Path) -> None:
    """Raise Invalid where something lies in a folder: it may be verdicts that somebody gave."""
    if folder.exists() and any(folder.iterdir()):
        raise Invalid(f"{folder} is not empty: say another folder, so that no verdict is lost")


def _write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    path.write_text(text, encoding="utf-8")
