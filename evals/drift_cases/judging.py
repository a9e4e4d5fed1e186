"""The present rules on variants of the base series, read by the embedded engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from coach.commitments.timeline import commitments
from coach.drift.detection import detect
from coach.engines.embedded.engine import EmbeddedEngine
from coach.model.citations import Citation
from coach.model.contract import Contract
from coach.model.drift import Drift
from coach.model.history import History
from coach.model.people import Mentorship
from coach.model.readings import Reading
from coach.model.sessions import Note, Session
from coach.ports import ClauseEngine, ClausePair, ReadingContext
from coach.reading.clauses import ReadsClauses
from evals.drift_cases.variant import JudgedVariant, RaisedWarning, Variant

# Intervals after which a session is late, as the product judges a rhythm.
_LATE = 1.5


def judged_variants(
    of: Sequence[Variant], done: Callable[[str], None], clauses: ClauseEngine | None = None
) -> tuple[JudgedVariant, ...]:
    """Variants with the warnings of the present rules after each session.

    `clauses` may read the notes for what they say of the clauses in force.
    """
    reader, rules = _CachedReader(clauses), _CachedRules()
    judged = []
    for variant in of:
        done(variant.id)
        raised = _raised_warnings(variant, reader, rules)
        judged.append(JudgedVariant(variant, tuple(raised)))
    return tuple(judged)


class _CachedReader:
    """The embedded engines, which read the same words of the same pair on the same day once."""

    def __init__(self, clauses: ClauseEngine | None) -> None:
        self._engine = EmbeddedEngine()
        self._clauses = ReadsClauses(_CachedClauses(clauses)) if clauses else None
        self._read: dict[tuple[str, date, str], Reading] = {}

    def read(self, pair: Mentorship, note: Note, held_on: date, contract: Contract) -> Reading:
        key = (pair.id, held_on, note.text)
        if key not in self._read:
            self._read[key] = self._engine.read(note, ReadingContext(pair, held_on))
        reading = self._read[key]
        if self._clauses is None:
            return reading
        signals = self._clauses.read(note, pair, contract).signals
        return reading.model_copy(update={"signals": (*reading.signals, *signals)})


class _CachedClauses:
    """An engine of clauses that reads each passage, with its neighbours, beside a clause once."""

    def __init__(self, engine: ClauseEngine) -> None:
        self._engine = engine
        self.name = engine.name
        self.version = engine.version
        self._worth: dict[ClausePair, bool] = {}
        self._relations: dict[ClausePair, Mapping[str, float]] = {}

    def worth_reading(self, pairs: Sequence[ClausePair]) -> Sequence[bool]:
        new = [each for each in dict.fromkeys(pairs) if each not in self._worth]
        self._worth |= dict(zip(new, self._engine.worth_reading(new), strict=True))
        return [self._worth[each] for each in pairs]

    def relations(self, pairs: Sequence[ClausePair]) -> Sequence[Mapping[str, float]]:
        new = [each for each in dict.fromkeys(pairs) if each not in self._relations]
        self._relations |= dict(zip(new, self._engine.relations(new), strict=True))
        return [self._relations[each] for each in pairs]


class _CachedRules:
    """The rules, which judge the same past of the same pair once: most variants begin alike."""

    def __init__(self) -> None:
        self._judged: dict[str, tuple[Drift, ...]] = {}

    def drifts(self, history: History) -> tuple[Drift, ...]:
        key = history.model_dump_json(exclude={"readings", "preparations"})
        if key not in self._judged:
            self._judged[key] = detect(history, commitments(history))
        return self._judged[key]


def _raised_warnings(
    variant: Variant, reader: _CachedReader, rules: _CachedRules
) -> Iterator[RaisedWarning]:
    readings = {
        note.id: reader.read(variant.mentorship, note, session.held_on, _in_force(variant, session))
        for session in variant.sessions
        for note in session.notes
    }
    seen: set[RaisedWarning] = set()
    for index, as_of in _days_to_ask(variant):
        history = _history(variant, readings, as_of)
        for drift in rules.drifts(history):
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
    held = tuple(_seen(variant, each) for each in variant.sessions if each.held_on <= as_of)
    return History.model_construct(
        mentorship=variant.mentorship,
        audience=variant.audience,
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


def _in_force(variant: Variant, session: Session) -> Contract:
    return [each for each in variant.contracts if each.effective_from <= session.held_on][-1]


def _seen(variant: Variant, session: Session) -> Session:
    """A session with the notes that the audience may read."""
    notes = [each for each in session.notes if each.visibility in {"shared", variant.audience}]
    return session.model_copy(update={"notes": tuple(notes)})
