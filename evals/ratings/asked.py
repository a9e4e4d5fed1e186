"""What `python -m evals pages` is asked: to write pages, or to add up verdicts."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from coach.errors import Invalid
from evals.cases import Case
from evals.ratings.dump import GUIDE, SHEET, Days, pages, refuse_used, write
from evals.ratings.items import ItemId, parsed
from evals.ratings.page import days_of
from evals.ratings.sheet import Sheet, load
from evals.ratings.table import print_scores
from evals.suites.cases import requested
from evals.suites.suite import Progress, Request

# Two readers judge; more would need another measure of agreement.
_MOST_READERS = 2


class Asked(NamedTuple):
    """Where to write pages of how many days, or which sheets to add up and compare."""

    dump: Path | None
    days: int
    ratings: Sequence[Path]
    before: Sequence[Path]

    def check(self) -> None:
        """Raise Invalid for what does not go together."""
        if (self.dump is None) == (not self.ratings):
            raise Invalid("say --dump DIR to write pages, or --ratings FILE to add up verdicts")
        if self.dump is not None:
            refuse_used(self.dump)
        if self.before and not self.ratings:
            raise Invalid("--before compares with --ratings: say which")
        if max(len(self.ratings), len(self.before)) > _MOST_READERS:
            raise Invalid("two sheets at most, one a reader")

    def answer(self, request: Request, progress: Progress, console: Console) -> None:
        """Do what is asked, and say on the console what came of it."""
        if self.dump is not None:
            self._write(self.dump, request, progress, console)
        else:
            self._add_up(request, progress, console)

    def _write(self, folder: Path, request: Request, progress: Progress, console: Console) -> None:
        cases = requested(request)
        days = {case.name: days_of(case, self.days) for case in cases}
        made = pages(cases, days, request.model, _told(progress, cases))
        count = write(made, folder)
        console.print(
            f"written: {folder}, pages: {len(made)}, items: {count}; "
            f"{GUIDE.name} there says how to fill in {SHEET}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )

    def _add_up(self, request: Request, progress: Progress, console: Console) -> None:
        sheets, before = ([load(path) for path in paths] for paths in (self.ratings, self.before))
        cases = requested(request)
        made = pages(cases, _judged_days(sheets), request.model, _told(progress, cases))
        now: set[ItemId] = {parsed(item.id) for page in made for item in page.items}
        print_scores(console, sheets, before, now)


def _told(progress: Progress, cases: Sequence[Case]) -> Callable[[str], None]:
    progress.expect(len(cases))
    return progress.done


def _judged_days(sheets: Sequence[Sheet]) -> Days:
    """The days of each case that somebody judged."""
    days: dict[str, set[date]] = {}
    for sheet in sheets:
        for item in sheet.verdicts:
            days.setdefault(item.case, set()).add(item.day)
    return {case: sorted(on) for case, on in days.items()}
