"""What verdicts add up to: shares, agreement of two readers, and stale verdicts."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from evals.agreement.kappa import kappa
from evals.metrics.counts import Ratio
from evals.metrics.statistics import Interval, wilson
from evals.ratings.items import VERDICTS, ItemId, ItemKind, Scale
from evals.ratings.sheet import Sheet


class Share(NamedTuple):
    """So many of so many items have a verdict, with the 95 % interval of that share."""

    ratio: Ratio
    interval: Interval


class Tally(NamedTuple):
    """The verdicts of one reader on one group of items."""

    of: int
    shares: Mapping[str, Share]


class Group(NamedTuple):
    """Items that are counted together: of a scale, of a kind, or under one heading."""

    scale: Scale
    kind: ItemKind | None = None
    heading: str | None = None

    def has(self, item: ItemId) -> bool:
        """Whether an item is one of them."""
        return (
            item.scale == self.scale
            and self.kind in {None, item.kind}
            and self.heading in {None, item.heading}
        )


def groups(sheets: Sequence[Sheet], scale: Scale) -> list[Group]:
    """All of a scale, then each kind, then its headings, by name."""
    judged = {item for sheet in sheets for item in sheet.verdicts if item.scale == scale}
    return [Group(scale), *_by_kind(judged, scale)] if judged else []


def _by_kind(judged: Collection[ItemId], scale: Scale) -> Iterator[Group]:
    for kind in sorted({item.kind for item in judged}):
        yield Group(scale, kind)
        headings = sorted({item.heading for item in judged if item.kind == kind})
        if len(headings) > 1:
            yield from (Group(scale, kind, heading) for heading in headings)


def tally(sheet: Sheet, group: Group) -> Tally:
    """The share of each verdict in a group."""
    said = Counter(verdict for item, verdict in sheet.verdicts.items() if group.has(item))
    of = said.total()
    return Tally(
        of,
        {
            verdict: Share(Ratio(said[verdict], of), wilson(said[verdict], of))
            for verdict in VERDICTS[group.scale]
        },
    )


class Agreement(NamedTuple):
    """Two readers on the items of a scale that both judged."""

    scale: Scale
    same: Ratio
    kappa: float


def agreement(one: Sheet, other: Sheet, scale: Scale) -> Agreement:
    """How far two readers agree; kappa is Cohen's."""
    both = sorted(one.verdicts.keys() & other.verdicts.keys())
    pairs = [(one.verdicts[item], other.verdicts[item]) for item in both if item.scale == scale]
    same = sum(first == second for first, second in pairs)
    return Agreement(scale, Ratio(same, len(pairs)), kappa(pairs))


class Standing(NamedTuple):
    """Verdicts against the pages as they are: how many are stale, how many items have none."""

    stale: tuple[ItemId, ...]
    unjudged: int


def standing(sheet: Sheet, now: Collection[ItemId]) -> Standing:
    """Return the verdicts on words that no page has any more; `now` holds the same days' items."""
    known = set(now)
    stale = sorted(item for item in sheet.verdicts if item not in known)
    return Standing(tuple(stale), len(known - sheet.verdicts.keys()))
