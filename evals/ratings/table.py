"""What verdicts add up to, as tables on the terminal."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.ratings.items import VERDICTS, ItemId, Scale
from evals.ratings.scores import Group, Tally, agreement, groups, standing, tally
from evals.ratings.sheet import Sheet

# Ids of stale verdicts that are shown: enough to see what moved.
_MOST_SHOWN = 5


def print_scores(
    console: Console, sheets: Sequence[Sheet], before: Sequence[Sheet], now: Collection[ItemId]
) -> None:
    """Print the shares of every verdict, the agreement of readers, and the stale verdicts."""
    for scale in VERDICTS:
        found = groups([*sheets, *before], scale)
        if found:
            console.print(_table(scale, found, sheets, before))
    for line in [*_agreements(sheets), *_standings(sheets, now)]:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _table(
    scale: Scale, found: Sequence[Group], sheets: Sequence[Sheet], before: Sequence[Sheet]
) -> Table:
    title = Text(f"{scale}: share of each verdict (95 %)", "bold")
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("judged by", no_wrap=True)
    for name in ("n", *VERDICTS[scale]):
        table.add_column(name, justify="right", no_wrap=True)
    for group in found:
        for row in _rows(group, sheets, before):
            table.add_row(*row)
    return table


def _rows(group: Group, sheets: Sequence[Sheet], before: Sequence[Sheet]) -> Iterator[list[str]]:
    """A row a reader, then what changed between the means of the readers before and now."""
    name = _name(group)
    for sheet in sheets:
        yield [name, sheet.name, *_cells(tally(sheet, group))]
        name = ""
    for sheet in before:
        yield [name, f"before: {sheet.name}", *_cells(tally(sheet, group))]
        name = ""
    if before:
        yield ["", "change", *_changes(group, sheets, before)]


def _name(group: Group) -> str:
    if group.heading is not None:
        return f"    {group.heading}"
    return f"  {group.kind}" if group.kind is not None else f"all {group.scale}"


def _cells(counted: Tally) -> list[str]:
    if not counted.of:
        return ["0", *("" for _ in counted.shares)]
    shares = (
        f"{each.ratio.share:.2f} ({each.interval.low:.2f}–{each.interval.high:.2f})"
        for each in counted.shares.values()
    )
    return [str(counted.of), *shares]


def _changes(group: Group, sheets: Sequence[Sheet], before: Sequence[Sheet]) -> list[str]:
    now, was = _means(group, sheets), _means(group, before)
    if not now or not was:
        return []
    return ["", *(f"{now[verdict] - was[verdict]:+.2f}" for verdict in VERDICTS[group.scale])]


def _means(group: Group, sheets: Sequence[Sheet]) -> dict[str, float]:
    """Return the mean share of each verdict over the readers who judged any of the group."""
    counted = [each for sheet in sheets if (each := tally(sheet, group)).of]
    return {
        verdict: sum(each.shares[verdict].ratio.share for each in counted) / len(counted)
        for verdict in VERDICTS[group.scale]
        if counted
    }


def _agreements(sheets: Sequence[Sheet]) -> Iterator[str]:
    for one, other in pairwise(sheets):
        for scale in VERDICTS:
            found = agreement(one, other, scale)
            if found.same.of:
                yield (
                    f"{one.name} and {other.name} agree on {scale}: {found.same.share:.0%} "
                    f"of {found.same.of:g}, kappa {found.kappa:.2f}"
                )


def _standings(sheets: Sequence[Sheet], now: Collection[ItemId]) -> Iterator[str]:
    for sheet in sheets:
        found = standing(sheet, now)
        if sheet.left:
            yield f"{sheet.name}: {sheet.left} items on the sheet have no verdict"
        if not found.stale and not found.unjudged:
            yield f"{sheet.name}: every verdict is of the pages as they are"
            continue
        yield (
            f"{sheet.name}: stale: {len(found.stale)} of {len(sheet.verdicts)} verdicts are of "
            "words that these pages do not hold any more; "
            f"items without a verdict: {found.unjudged}"
        )
        yield from (f"  stale: {each}" for each in found.stale[:_MOST_SHOWN])
        if len(found.stale) > _MOST_SHOWN:
            yield f"  and {len(found.stale) - _MOST_SHOWN} more"
