"""Measures drift that is put in by rule: found or not, how late, by which clause, false alarms.

`score` gives the figures nested; `drift <key>: <key>: …`, with blanks for underscores, names each
in the table.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean, median
from typing import get_args

from coach.model.drift import DriftKind
from evals.drift_cases.decoys import DECOYS
from evals.drift_cases.variant import JudgedVariant, VariantGroup
from evals.metrics.metric import OWN, RIJSBERGEN, Direction, Metric, Unit

_KINDS: tuple[DriftKind, ...] = get_args(DriftKind)
_GROUPS: tuple[VariantGroup, ...] = get_args(VariantGroup)


def _metric(  # noqa: PLR0913 - one parameter a column of the table below
    path: tuple[str, ...],
    *,
    how: str,
    direction: Direction,
    unit: Unit = "share",
    source: str = OWN,
    is_detail: bool = True,
) -> Metric:
    return Metric(
        name="drift " + ": ".join(key.replace("_", " ") for key in path),
        group="drift",
        direction=direction,
        unit=unit,
        how=how,
        source=source,
        is_detail=is_detail,
    )


def _metrics_of_kind(kind: DriftKind) -> Iterable[Metric]:
    of = f"variants with {kind}"
    yield _metric(("kinds", kind, "variants"), how=of, direction="none", unit="count")
    yield _metric(
        ("kinds", kind, "recall"),
        how=f"{of} that are found, of all",
        direction="higher",
        source=RIJSBERGEN,
        is_detail=False,
    )
    yield _metric(
        ("kinds", kind, "in_time"),
        how=f"{of} found by the session by which it shows, of all",
        direction="higher",
    )
    for name in ("mean", "median"):
        yield _metric(
            ("kinds", kind, f"{name}_delay"),
            how=f"the {name} of sessions from the first that carries it to the warning",
            direction="lower",
            unit="sessions",
        )
    yield _metric(
        ("kinds", kind, "clause_accuracy"),
        how=f"{of} whose first right warning names the right clause, of those found",
        direction="higher",
    )


def _false_alarms() -> Iterable[Metric]:
    for group in _GROUPS:
        yield _metric(
            ("false_alarms_per_100_sessions", group),
            how=f"wrong warnings that begin in a hundred sessions of {group} variants",
            direction="lower",
            unit="per 100 sessions",
            is_detail=False,
        )
    for group in _GROUPS:
        for kind in _KINDS:
            yield _metric(
                ("false_alarms_by_kind", group, kind),
                how=f"wrong warnings of {kind} that begin in {group} variants",
                direction="lower",
                unit="count",
            )


def _decoys() -> Iterable[Metric]:
    for name in DECOYS:
        of = f"variants with the decoy {name}"
        yield _metric(("decoys", name, "variants"), how=of, direction="none", unit="count")
        yield _metric(
            ("decoys", name, "raised"),
            how=f"{of} that raise the kind it tempts to",
            direction="lower",
            unit="count",
        )


OF_INJECTED_DRIFT = (
    *(metric for kind in _KINDS for metric in _metrics_of_kind(kind)),
    _metric(
        ("clause_accuracy",),
        how="variants whose first right warning names the right clause, of those found",
        direction="higher",
        is_detail=False,
    ),
    *_false_alarms(),
    *_decoys(),
)


def score(judged: Sequence[JudgedVariant]) -> dict[str, object]:
    """Recall and delay by kind, clause accuracy, false alarms, and decoys that raise their kind."""
    kinds = sorted({each.variant.injected for each in judged if each.variant.injected})
    return {
        "kinds": {
            kind: kind_figures([e for e in judged if e.variant.injected == kind]) for kind in kinds
        },
        "clause_accuracy": clause_accuracy(judged),
        "false_alarms_per_100_sessions": {
            group: false_alarms([each for each in judged if each.variant.group == group])
            for group in _GROUPS
        },
        "false_alarms_by_kind": false_alarms_by_kind(judged),
        "decoys": decoys_raised(judged),
    }


def kind_figures(judged: Sequence[JudgedVariant]) -> dict[str, float | None]:
    """Return how many of one kind are found, how many in time, and how many sessions late.

    A figure is None where there is nothing to work it out from.
    """
    delays = [delay for each in judged if (delay := detection_delay(each)) is not None]
    in_time = [e for e in judged if e.right and e.right[0].session <= e.variant.expected_by]
    return {
        "variants": len(judged),
        "recall": len(delays) / len(judged) if judged else None,
        "in_time": len(in_time) / len(judged) if judged else None,
        "mean_delay": fmean(delays) if delays else None,
        "median_delay": median(delays) if delays else None,
        "clause_accuracy": clause_accuracy(judged),
    }


def detection_delay(judged: JudgedVariant) -> int | None:
    """Sessions from the first that carries the drift to the first right warning; None if never."""
    first = min((each.session for each in judged.right), default=None)
    return None if first is None else first - judged.variant.at_session


def clause_accuracy(judged: Iterable[JudgedVariant]) -> float | None:
    """The share of found drifts whose first right warning names the right clause.

    None where none is found.
    """
    first = [(each.variant.clause, each.right[0].clause) for each in judged if each.right]
    return fmean(wanted == named for wanted, named in first) if first else None


def false_alarms(judged: Sequence[JudgedVariant]) -> float | None:
    """Return how many wrong warnings begin in a hundred sessions; None without sessions."""
    held = sum(len(each.variant.sessions) for each in judged)
    return 100 * sum(len(each.false) for each in judged) / held if held else None


def false_alarms_by_kind(judged: Iterable[JudgedVariant]) -> dict[str, dict[str, int]]:
    """Return how many wrong warnings of each kind begin, by group of variants."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in judged:
        for warning in each.false:
            counts[each.variant.group][warning.kind] += 1
    return {group: dict(sorted(kinds.items())) for group, kinds in sorted(counts.items())}


def decoys_raised(judged: Iterable[JudgedVariant]) -> dict[str, dict[str, int]]:
    """For each decoy, its variants and how many of them raise the kind they tempt to."""
    counts: dict[str, dict[str, int]] = {}
    for each in judged:
        if name := each.variant.decoy:
            of = counts.setdefault(name, {"variants": 0, "raised": 0})
            of["variants"] += 1
            of["raised"] += raises_its_decoy(each)
    return dict(sorted(counts.items()))


def raises_its_decoy(judged: JudgedVariant) -> bool:
    """Whether a decoy raises the kind it tempts to, about the thing it is made of."""
    variant = judged.variant
    return any(
        each.kind == variant.tempts
        and variant.concerns(each)
        and each.session >= variant.at_session
        for each in judged.raised
    )
