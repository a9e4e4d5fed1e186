"""Drift injection: clean series with exactly one drift or one decoy, and how well warnings find it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from statistics import fmean, median

from coach.commitments import commitments
from coach.drift import detect
from coach.engines.embedded.engine import EmbeddedEngine
from coach.model import (
    Citation,
    Drift,
    History,
    Mentorship,
    Note,
    Reading,
)
from coach.ports import ReadingContext
from evals.parts.decoys import DECOYS, decoys
from evals.parts.drifts import DRIFTS, Turn, places
from evals.parts.series import Series, bases
from evals.parts.variant import Raised, Scored, Variant
from evals.parts.writing import inserted, mentorship, sessions

__all__ = [
    "Raised",
    "Scored",
    "Variant",
    "clause_accuracy",
    "decoys_raised",
    "detection_delay",
    "false_alarms",
    "false_kinds",
    "fell_for",
    "found_of",
    "measure",
    "score",
    "variants",
    "warned",
]


@cache
def variants() -> tuple[Variant, ...]:
    """Every variant, in an order that never changes: clean ones, injected ones, decoys."""
    clean = (
        _variant(series, f"{series.base.id}-clean", expected_by=len(series.meetings) - 1)
        for series in bases()
    )
    made = (*clean, *_injected(), *_decoyed())
    return tuple({each.id: each for each in made}.values())


def _injected() -> Iterator[Variant]:
    for row, series in enumerate(bases()):
        for column, (kind, drifting) in enumerate(DRIFTS):
            for place, at in enumerate(places(drifting, series)):
                found = drifting(Turn(series, at, row + column + place))
                yield _variant(
                    found.series,
                    f"{series.base.id}-{kind}-{found.clause or 'none'}-{column}-{found.at}",
                    injected=kind,
                    at_session=found.at,
                    about=found.about,
                    clause=found.clause,
                    expected_by=found.expected_by,
                )


def _decoyed() -> Iterator[Variant]:
    for row, series in enumerate(bases()):
        for name, decoying in DECOYS.items():
            for place, at in enumerate((3, len(series.meetings) - 4)):
                looking = decoying(Turn(series, at, row + place))
                yield _variant(
                    looking.series,
                    f"{series.base.id}-decoy-{name}-{looking.at}",
                    decoy=name,
                    tempts=decoys()[name].tempts,
                    at_session=looking.at,
                    about=looking.about,
                    expected_by=len(series.meetings) - 1,
                )


def _variant(series: Series, name: str, **fields: object) -> Variant:
    about_a_promise = "commitment_slippage" in {fields.get("injected"), fields.get("tempts")}
    return Variant.model_validate(
        {
            "promise": inserted(series) if about_a_promise else (),
            "id": name,
            "mentorship": mentorship(series.base),
            "contracts": series.contracts,
            "sessions": sessions(series),
            **fields,
        }
    )


def score(scored: Sequence[Scored]) -> dict[str, object]:
    """Recall and delay by kind, clause accuracy, false alarms, and decoys that raised their kind."""
    kinds = sorted({each.variant.injected for each in scored if each.variant.injected})
    return {
        "kinds": {
            kind: found_of([e for e in scored if e.variant.injected == kind]) for kind in kinds
        },
        "clause_accuracy": clause_accuracy(scored),
        "false_alarms_per_100_sessions": {
            group: false_alarms([each for each in scored if each.variant.group == group])
            for group in ("clean", "decoy", "injected")
        },
        "false_alarms_by_kind": false_kinds(scored),
        "decoys": decoys_raised(scored),
    }


def found_of(scored: Sequence[Scored]) -> dict[str, float | None]:
    """How many of one kind were found, how many in time, and how many sessions late."""
    delays = [delay for each in scored if (delay := detection_delay(each)) is not None]
    in_time = [e for e in scored if e.right and e.right[0].session <= e.variant.expected_by]
    return {
        "variants": len(scored),
        "recall": len(delays) / len(scored) if scored else None,
        "in_time": len(in_time) / len(scored) if scored else None,
        "mean_delay": fmean(delays) if delays else None,
        "median_delay": median(delays) if delays else None,
        "clause_accuracy": clause_accuracy(scored),
    }


def detection_delay(scored: Scored) -> int | None:
    """How many sessions after the first one that carried the drift it was warned of; None if never."""
    first = min((each.session for each in scored.right), default=None)
    return None if first is None else first - scored.variant.at_session


def clause_accuracy(scored: Iterable[Scored]) -> float | None:
    """The share of what was found whose first right warning names the right clause; None if nothing was."""
    first = [(each.variant.clause, each.right[0].clause) for each in scored if each.right]
    return fmean(wanted == named for wanted, named in first) if first else None


def false_alarms(scored: Sequence[Scored]) -> float | None:
    """How many wrong warnings began in a hundred sessions; None without sessions."""
    held = sum(len(each.variant.sessions) for each in scored)
    return 100 * sum(len(each.false) for each in scored) / held if held else None


def false_kinds(scored: Iterable[Scored]) -> dict[str, dict[str, int]]:
    """How many wrong warnings of each kind began, by group."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in scored:
        for warning in each.false:
            counts[each.variant.group][warning.kind] += 1
    return {group: dict(sorted(kinds.items())) for group, kinds in sorted(counts.items())}


def decoys_raised(scored: Iterable[Scored]) -> dict[str, dict[str, int]]:
    """For each decoy, its variants and how many of them raised the kind they tempt to."""
    counts: dict[str, dict[str, int]] = {}
    for each in scored:
        if name := each.variant.decoy:
            of = counts.setdefault(name, {"variants": 0, "raised": 0})
            of["variants"] += 1
            of["raised"] += fell_for(each)
    return dict(sorted(counts.items()))


def fell_for(scored: Scored) -> bool:
    """Whether a decoy raised the kind it tempts to, about the thing it is made of."""
    variant = scored.variant
    return any(
        each.kind == variant.tempts
        and variant.concerns(each)
        and each.session >= variant.at_session
        for each in scored.raised
    )


def measure(progress: Callable[[str], None]) -> dict[str, object]:
    """What the present rules find with the embedded reader; `progress` hears each variant's id."""
    return score(warned(variants(), progress))


def warned(of: Sequence[Variant], progress: Callable[[str], None]) -> tuple[Scored, ...]:
    """Some variants with the warnings of the present rules after each session."""
    reader = _Reader()
    scored = []
    for variant in of:
        progress(variant.id)
        scored.append(Scored(variant, tuple(_raised(variant, reader))))
    return tuple(scored)


class _Reader:
    """The embedded engine, which reads the same words of the same pair on the same day once."""

    def __init__(self) -> None:
        self._engine = EmbeddedEngine()
        self._read: dict[tuple[str, date, str], Reading] = {}

    def read(self, pair: Mentorship, note: Note, held_on: date) -> Reading:
        key = (pair.id, held_on, note.text)
        if key not in self._read:
            self._read[key] = self._engine.read(note, ReadingContext(pair, held_on))
        return self._read[key]


def _raised(variant: Variant, reader: _Reader) -> Iterator[Raised]:
    readings = {
        note.id: reader.read(variant.mentorship, note, session.held_on)
        for session in variant.sessions
        for note in session.notes
    }
    seen: set[Raised] = set()
    for index, as_of in _days(variant):
        history = _history(variant, readings, as_of)
        for drift in detect(history, commitments(history)):
            warning = _warning(index, drift)
            if warning not in seen:
                seen.add(warning)
                yield warning


def _days(variant: Variant) -> Iterator[tuple[int, date]]:
    """The day after each session, and the day before one that comes late, which counts to that one."""
    for index, session in enumerate(variant.sessions):
        if index:
            before = variant.sessions[index - 1].held_on
            agreed = variant.contracts[0].cadence
            if agreed and (session.held_on - before).days > 1.5 * agreed.every_days:
                yield index, session.held_on - timedelta(days=1)
        yield index, session.held_on + timedelta(days=1)


def _history(variant: Variant, readings: Mapping[str, Reading], as_of: date) -> History:
    held = tuple(session for session in variant.sessions if session.held_on <= as_of)
    return History.model_construct(
        mentorship=variant.mentorship,
        audience="mentee",
        as_of=as_of,
        contracts=tuple(each for each in variant.contracts if each.effective_from <= as_of),
        sessions=held,
        readings={note.id: readings[note.id] for session in held for note in session.notes},
        preparations=(),
    )


def _warning(index: int, drift: Drift) -> Raised:
    clause = drift.clause.name if drift.clause else None
    made_in = drift.seen[0] if drift.kind == "commitment_slippage" else None
    about = made_in.quote if isinstance(made_in, Citation) else drift.about
    return Raised(index, drift.kind, clause, about)
