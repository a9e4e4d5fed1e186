"""Warnings at the checkpoints of labelled cases: expected ones, traps, and quiet days."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import get_args

from coach.model.drift import Drift, DriftKind
from evals.cases import Checkpoint
from evals.metrics.counts import Ratio
from evals.metrics.metric import OWN, RIJSBERGEN, Metric
from evals.metrics.outcome import Tally
from evals.metrics.per_kind import ratios_by_kind
from evals.subject import PEOPLE, Subject

_KINDS: tuple[DriftKind, ...] = get_args(DriftKind)

RECALL = Metric(
    name="drift recall",
    group="drift",
    direction="higher",
    unit="share",
    how="labelled kinds of drift that either side is warned of, of all, checkpoint by checkpoint",
    source=RIJSBERGEN,
    column="drift recall",
)
RECALL_BY_KIND = {kind: RECALL.of_kind(kind) for kind in _KINDS}
RAISED = Metric(
    name="drift raised per expected",
    group="drift",
    direction="lower",
    unit="per expected warning",
    how="warnings that are raised, by warnings that are expected",
    source=OWN,
)
TRAPS = Metric(
    name="drift traps raised",
    group="drift",
    direction="lower",
    unit="share",
    how="labelled false alarms that are raised, of all",
    source=OWN,
)
ALARMS = Metric(
    name="alarms at quiet checkpoints",
    group="drift",
    direction="lower",
    unit="per checkpoint",
    how="warnings at checkpoints where none is expected, on average",
    source=OWN,
)
QUIET = Metric(
    name="quiet checkpoints left quiet",
    group="drift",
    direction="higher",
    unit="share",
    how="checkpoints without a warning, of those where none is expected",
    source=OWN,
    column="quiet left quiet",
)
WARNINGS = Metric(
    name="drift",
    group="drift",
    direction="none",
    unit="count",
    how="warnings that the mentor has at the end, on average",
    source=OWN,
)
WARNINGS_BY_KIND = {kind: WARNINGS.of_kind(kind) for kind in _KINDS}

OF_LABELLED_CASES = (RECALL, *RECALL_BY_KIND.values(), RAISED, TRAPS, ALARMS, QUIET)
OF_NOTES = (WARNINGS, *WARNINGS_BY_KIND.values())


def measure_drift(subject: Subject, checkpoint: Checkpoint, tally: Tally) -> None:
    """Add the warnings of either side: expected, walked into, and raised without need."""
    raised = {each.id: each for side in PEOPLE for each in subject.drift(side, checkpoint.as_of)}
    kinds = {each.kind for each in raised.values()}
    expected = {each.kind for each in checkpoint.drift_expected}
    forbidden = {each.kind for each in checkpoint.drift_forbidden} - expected
    tally.add_ratio(RECALL, len(kinds & expected), len(expected))
    tally.add_ratio(RAISED, len(raised), len(expected))
    tally.add_ratio(TRAPS, len(kinds & forbidden), len(forbidden))
    if not expected:
        tally.add_ratio(ALARMS, len(raised))
        tally.add_ratio(QUIET, not raised)
    for kind in expected:
        tally.add_ratio(RECALL_BY_KIND[kind], kind in kinds)
    _add_unseen(checkpoint, kinds, tally)
    _add_false_alarms(checkpoint, raised, forbidden, tally)


def _add_unseen(checkpoint: Checkpoint, kinds: Collection[DriftKind], tally: Tally) -> None:
    unseen = {
        each.kind: each for each in reversed(checkpoint.drift_expected) if each.kind not in kinds
    }
    for kind, wanted in unseen.items():
        what = f"drift not seen: {kind}, {checkpoint.as_of}"
        tally.add_miss(what, wanted=" | ".join(wanted.evidence))


def _add_false_alarms(
    checkpoint: Checkpoint,
    raised: Mapping[str, Drift],
    forbidden: Collection[DriftKind],
    tally: Tally,
) -> None:
    messages = {each.kind: each.message for each in reversed(list(raised.values()))}
    for trap in checkpoint.drift_forbidden:
        if trap.kind in messages and trap.kind in forbidden:
            what = f"false alarm: {trap.kind}, {checkpoint.as_of}"
            tally.add_miss(what, said=messages[trap.kind], wanted=trap.trap)


def count_drift(warnings: Sequence[Drift]) -> dict[str, Ratio]:
    """Return how many warnings there are, in all and of each kind."""
    kinds = Counter(each.kind for each in warnings)
    return ratios_by_kind(WARNINGS, WARNINGS_BY_KIND, kinds, of=1)
