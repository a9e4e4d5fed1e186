"""Drift that is put in by rule: is it found, how late, by which clause; which warnings are false.

Each base series is a case, so that intervals are computed over pairs. Shares of one kind have few
cases, and get Wilson's interval.
"""

from collections.abc import Iterator, Sequence
from typing import get_args

from coach.model.drift import DriftKind
from evals.drift_cases.variant import JudgedVariant, VariantGroup
from evals.drift_cases.ways import ways
from evals.metrics.metric import OWN, RIJSBERGEN, Direction, Metric, Unit
from evals.metrics.outcome import CaseOutcome, Tally

_KINDS: tuple[DriftKind, ...] = get_args(DriftKind)
_GROUPS: tuple[VariantGroup, ...] = get_args(VariantGroup)
_PER_SESSIONS = 100


def _metric(  # noqa: PLR0913 - one parameter a column of the tables below
    name: str,
    how: str,
    *,
    direction: Direction = "higher",
    unit: Unit = "share",
    source: str = OWN,
    is_detail: bool = False,
) -> Metric:
    return Metric(
        name=name,
        group="drift",
        direction=direction,
        unit=unit,
        how=how,
        source=source,
        is_detail=is_detail,
    )


_FOUND = _metric(
    "injected drift: found", "injected drifts that are found, of all", source=RIJSBERGEN
)
_IN_TIME = _metric(
    "injected drift: in time",
    "injected drifts found within one session of the second piece of evidence, of all",
)
_DELAY = _metric(
    "injected drift: delay",
    "the mean of sessions from the first that carries the drift to the warning, where it is found",
    direction="lower",
    unit="sessions",
)
_CLAUSE = _metric(
    "injected drift: clause",
    "drifts whose first right warning names the right clause, of those found",
)
_RAISED = _metric(
    "injected drift: decoys raised",
    "decoys that raise the kind they tempt to, of all",
    direction="lower",
)
_OF_A_DRIFT = (_FOUND, _IN_TIME, _DELAY, _CLAUSE)
_FALSE: dict[VariantGroup, Metric] = {
    group: _metric(
        f"injected drift: false alarms, {group}",
        f"wrong warnings that begin in a hundred sessions of {group} series",
        direction="lower",
        unit="per 100 sessions",
    )
    for group in _GROUPS
}


def _manners() -> tuple[str, ...]:
    """The manners in which the drifts are told, data among them."""
    return tuple(sorted({way.how for way in ways()}))


OF_INJECTED_DRIFT = (
    *_OF_A_DRIFT,
    _RAISED,
    *_FALSE.values(),
    *(metric.of_kind(kind) for kind in _KINDS for metric in (*_OF_A_DRIFT, _RAISED)),
    *(metric.of_kind(kind) for metric in _FALSE.values() for kind in _KINDS),
    *(_IN_TIME.of_kind(f"told {manner}") for manner in _manners()),
)


def outcomes(judged: Sequence[JudgedVariant]) -> Iterator[CaseOutcome]:
    """What was found in each base series, in the order of their ids."""
    for base in sorted({each.variant.mentorship.id for each in judged}):
        tally = Tally(base)
        for each in judged:
            if each.variant.mentorship.id == base:
                _measure(each, tally)
        yield tally.outcome()


def _measure(judged: JudgedVariant, tally: Tally) -> None:
    if judged.variant.injected:
        _measure_drift(judged, judged.variant.injected, tally)
    if judged.variant.tempts:
        _measure_decoy(judged, judged.variant.tempts, tally)
    _measure_false_alarms(judged, tally)


def _measure_drift(judged: JudgedVariant, kind: DriftKind, tally: Tally) -> None:
    variant = judged.variant
    for metrics in (_OF_A_DRIFT, tuple(metric.of_kind(kind) for metric in _OF_A_DRIFT)):
        found, in_time, delay, clause = metrics
        tally.add_ratio(found, bool(judged.right))
        tally.add_ratio(in_time, judged.found_in_time)
        if judged.delay is not None:
            tally.add_ratio(delay, judged.delay)
            tally.add_ratio(clause, judged.names_its_clause)
    tally.add_ratio(_IN_TIME.of_kind(f"told {variant.how}"), judged.found_in_time)
    if not judged.found_in_time:
        late = "late" if judged.right else "not found"
        tally.add_miss(f"injected drift {late}: {kind}", wanted=f"{variant.way}, {variant.how}")


def _measure_decoy(judged: JudgedVariant, tempts: DriftKind, tally: Tally) -> None:
    raised = judged.raises_its_decoy
    tally.add_ratio(_RAISED, raised)
    tally.add_ratio(_RAISED.of_kind(tempts), raised)
    if raised:
        said = f"{judged.variant.decoy}, {judged.variant.how}"
        tally.add_miss(f"injected drift: decoy raised: {tempts}", said=said)


def _measure_false_alarms(judged: JudgedVariant, tally: Tally) -> None:
    variant = judged.variant
    metric, held = _FALSE[variant.group], len(variant.sessions)
    kinds = [each.kind for each in judged.false]
    tally.add_ratio(metric, _PER_SESSIONS * len(kinds), held)
    for kind in _KINDS:
        tally.add_ratio(metric.of_kind(kind), _PER_SESSIONS * kinds.count(kind), held)
    for each in judged.false:
        if not (variant.group == "decoy" and each.kind == variant.tempts):
            said = f"session {each.session + 1}, {variant.way or variant.decoy or 'clean'}"
            tally.add_miss(f"injected drift: false alarm: {each.kind}", said=said)
