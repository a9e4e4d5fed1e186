"""The suite of injected drift: clean series with one drift or decoy, and their warnings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from coach.commitments.timeline import commitments
from coach.drift.detection import detect
from coach.engines.embedded.engine import EmbeddedEngine
from coach.model.citations import Citation
from coach.model.drift import Drift
from coach.model.history import History
from coach.model.people import Mentorship
from coach.model.readings import Reading
from coach.model.sessions import Note
from coach.ports import ReadingContext
from evals.drift_cases.base import FOLDER
from evals.drift_cases.variant import JudgedVariant, RaisedWarning, Variant
from evals.drift_cases.variants import variants
from evals.metrics.injected_drift import OF_INJECTED_DRIFT, score
from evals.results.bare_figures import of_figures
from evals.results.provenance import provenance
from evals.results.result import Result
from evals.suites.suite import Progress, Request, Suite

# Intervals after which a session is late, as the product judges a rhythm.
_LATE = 1.5


def run(_request: Request, progress: Progress) -> Result:
    """Measure what the present rules find with the embedded reader, variant by variant."""
    every = variants()
    progress.expect(len(every))
    judged = judged_variants(every, progress.done)
    return of_figures("drift", score(judged), provenance(FOLDER))


def judged_variants(
    of: Sequence[Variant], done: Callable[[str], None]
) -> tuple[JudgedVariant, ...]:
    """Variants with the warnings of the present rules after each session."""
    reader = _CachedReader()
    judged = []
    for variant in of:
        done(variant.id)
        judged.append(JudgedVariant(variant, tuple(_raised_warnings(variant, reader))))
    return tuple(judged)


class _CachedReader:
    """The embedded engine, which reads the same words of the same pair on the same day once."""

    def __init__(self) -> None:
        self._engine = EmbeddedEngine()
        self._read: dict[tuple[str, date, str], Reading] = {}

    def read(self, pair: Mentorship, note: Note, held_on: date) -> Reading:
        key = (pair.id, held_on, note.text)
        if key not in self._read:
            self._read[key] = self._engine.read(note, ReadingContext(pair, held_on))
        return self._read[key]


def _raised_warnings(variant: Variant, reader: _CachedReader) -> Iterator[RaisedWarning]:
    readings = {
        note.id: reader.read(variant.mentorship, note, session.held_on)
        for session in variant.sessions
        for note in session.notes
    }
    seen: set[RaisedWarning] = set()
    for index, as_of in _days_to_ask(variant):
        history = _history(variant, readings, as_of)
        for drift in detect(history, commitments(history)):
            warning = _warning(index, drift)
            if warning not in seen:
                seen.add(warning)
                yield warning


def _days_to_ask(variant: Variant) -> Iterator[tuple[int, date]]:
    """The index of each session with the day after it, and the day before one that comes late."""
    for index, session in enumerate(variant.sessions):
        if index:
            before = variant.sessions[index - 1].held_on
            agreed = variant.contracts[0].cadence
            if agreed and (session.held_on - before).days > _LATE * agreed.every_days:
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


def _warning(index: int, drift: Drift) -> RaisedWarning:
    clause = drift.clause.name if drift.clause else None
    made_in = drift.seen[0] if drift.kind == "commitment_slippage" else None
    about = made_in.quote if isinstance(made_in, Citation) else drift.about
    return RaisedWarning(index, drift.kind, clause, about)


SUITE = Suite(run=run, metrics=OF_INJECTED_DRIFT, data="own")
