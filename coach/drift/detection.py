"""Where the sessions have left what the two agreed: one small pure function a kind, named in a table.

A warning needs a clause or a commitment in force, a quote or a date computation, and two sessions or plain words.
"""

from collections.abc import Iterable, Mapping, Sequence

from coach.drift.kinds.table import RULES
from coach.drift.signals import evidence_of
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.drift import Computed, Drift, DriftKind
from coach.model.history import History
from coach.model.readings import AbsenceSignal, ClauseSignal, MeetingSignal, Reading, Signal
from coach.notes.lines import cite, read_notes

_FAINTER = 0.5

_SEVERITY = {"high": 0, "medium": 1, "low": 2}

_SECRET: frozenset[DriftKind] = frozenset({"confidentiality", "boundary", "trust"})
"""The kinds whose question never repeats the words that it asks about."""


def detect(history: History, commitments: Sequence[Commitment]) -> tuple[Drift, ...]:
    """Every warning that holds at the end of the history's day, the gravest first; one matter is one warning."""
    evidence = evidence_of(history, commitments)
    return gravest_first(_once([drift for rule in RULES.values() for drift in rule(evidence)]))


def weighed(
    history: History,
    commitments: Sequence[Commitment],
    commitments_without_model: Sequence[Commitment],
) -> tuple[Drift, ...]:
    """The warnings where a model has read too: none falls silent because of it.

    What only the model's reading silences is to be confirmed, with the words it silences it by; what only the
    model's reading raises has passed the same rules, and is to be confirmed as well.
    """
    told = {each.id: each for each in detect(history, commitments)}
    own = {each.id: each for each in detect(history.without_model, commitments_without_model)}
    known = {each.id: each for each in commitments}
    found = [
        *(each if each.id in own else _to_confirm(each) for each in told.values()),
        *(_silenced(history, each, known) for each in own.values() if each.id not in told),
    ]
    return gravest_first(_once(found))


def gravest_first(found: Iterable[Drift]) -> tuple[Drift, ...]:
    """Return the warnings in the order in which they are shown: by severity, then by confidence."""
    return tuple(sorted(found, key=lambda each: (_SEVERITY[each.severity], -each.confidence)))


def _once(found: Sequence[Drift]) -> list[Drift]:
    """The warnings without those whose quotes a graver kind has used; what days and channels prove stands by itself."""
    used: dict[tuple[str, int], DriftKind] = {}
    kept = []
    for drift in sorted(found, key=lambda each: list(RULES).index(each.kind)):
        places = [] if _is_computed(drift) else [_place(each) for each in _quoted(drift)]
        if places and all(used.get(each, drift.kind) != drift.kind for each in places):
            continue
        kept.append(drift)
        for each in places:
            used.setdefault(each, drift.kind)
    return kept


def _is_computed(drift: Drift) -> bool:
    return any(isinstance(each, Computed) for each in drift.seen)


def _quoted(drift: Drift) -> list[Citation]:
    return [each for each in drift.seen if isinstance(each, Citation)]


def _place(citation: Citation) -> tuple[str, int]:
    return citation.note_id, citation.start


def _to_confirm(drift: Drift, *seen: Citation) -> Drift:
    return drift.model_copy(
        update={
            "status": "to_confirm",
            "confidence": min(_FAINTER, drift.confidence),
            "seen": (*drift.seen, *(each for each in seen if each not in drift.seen)),
        }
    )


def _silenced(history: History, drift: Drift, commitments: Mapping[str, Commitment]) -> Drift:
    """A warning that a model's reading would silence, with the newest words that do so."""
    if drift.about is not None and drift.about in commitments:
        said = [each.citation for each in commitments[drift.about].history if each.by == "llm"]
    else:
        said = [
            cite(read.session, read.note, each.start, each.end)
            for read in read_notes(history)
            for each in _silencing(drift, read.reading)
        ]
    if not said:
        return _to_confirm(drift)
    if drift.kind in _SECRET:
        return _to_confirm(drift, said[-1])
    quote = " ".join(said[-1].quote.split())
    return _to_confirm(drift, said[-1]).model_copy(
        update={"question": f"The notes say “{quote}”. What does that settle?"}
    )


def _silencing(drift: Drift, reading: Reading) -> list[Signal]:
    """What a model found in a note that may speak against a warning: of its clause, or of a day without a meeting."""
    clause = f"goals.{drift.about}" if drift.about else drift.clause.name if drift.clause else ""
    found: list[Signal] = [
        each
        for each in reading.of(ClauseSignal)
        if each.says != "breaks" and (each.clause == clause or each.clause.startswith(f"{clause}."))
    ]
    if drift.kind == "cadence":
        found += [*reading.of(AbsenceSignal), *reading.of(MeetingSignal)]
    return [each for each in found if each.by == "llm"]
