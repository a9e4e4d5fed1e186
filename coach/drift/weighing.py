"""Combines the embedded engine's warnings with those that need the model's reading.

A warning that only the model raises is challenged first. A warning that the model would silence is
kept for the two people to confirm.

| who raises it | result of the challenge | the warning is |
|---|---|---|
| both | it stands, or was not asked yet | open |
| both | weakened or innocent | to_confirm, with the words that make it so |
| the embedded engine or data | | to_confirm, with the model's newest words on it |
| the model alone | it stands | open where it is serious, else to_confirm |
| the model alone | weakened, or not asked yet | to_confirm |
| the model alone | innocent | silent |
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from coach.drift.challenges import answer_to, case_of, is_challenged
from coach.drift.detection import detect, gravest_first, once, raised
from coach.drift.signals import Evidence, evidence_of
from coach.model.challenges import Case, Challenge
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.contract import Clause
from coach.model.drift import Drift, DriftKind
from coach.model.history import History
from coach.model.readings import AbsenceSignal, GoalWay, MeetingSignal
from coach.notes.lines import cite, read_notes

_FAINTER = 0.5
"""Highest confidence of a warning to be confirmed: even odds. Chosen by hand; not measured."""
_SECRET: frozenset[DriftKind] = frozenset({"confidentiality", "boundary", "trust"})
"""The kinds whose question never repeats the words that it asks about."""
_SERIOUS: frozenset[DriftKind] = frozenset({"role", "confidentiality", "boundary"})
"""The kinds that a model alone may raise as open: too grave to wait for a second source."""
_SEVERAL = frozenset({"text", "roles"})
"""Names that several clauses share. The clause's text tells which one is meant."""
_OF_GOALS: frozenset[DriftKind] = frozenset(get_args(GoalWay))


class _Pair(NamedTuple):
    """A warning raised with the model's reading, and the same matter raised without it."""

    told: Drift
    own: Drift | None


def weighed(
    history: History,
    commitments: Sequence[Commitment],
    commitments_without_model: Sequence[Commitment],
) -> tuple[Drift, ...]:
    """Return the warnings where a model has read too, gravest first.

    None is silenced because of the model, and none is raised by the model alone without a
    challenge.
    """
    evidence = evidence_of(history, commitments)
    own = detect(history.without_model, commitments_without_model)
    pairs = _paired(once(raised(evidence)), own)
    kept = [each for each in (_judged(evidence, pair) for pair in pairs) if each]
    matched = {pair.own.id for pair in pairs if pair.own}
    known = {each.id: each for each in commitments}
    silenced = [_silenced(evidence, each, known) for each in own if each.id not in matched]
    return gravest_first(once([*kept, *silenced]))


def challenged(history: History) -> tuple[Case, ...]:
    """Return the cases of the warnings that rest on the model's reading of a clause.

    Cases that were asked about before are among them.
    """
    evidence = evidence_of(history, ())  # no promise has a part in them
    told = once(raised(evidence))
    return tuple(case_of(evidence, each) for each in told if is_challenged(each))


def _paired(told: Sequence[Drift], own: Sequence[Drift]) -> list[_Pair]:
    """Return each warning with the one of the same matter that is raised without the model."""
    left = {each.id: each for each in own}
    pairs = []
    for each in told:
        same = left.get(each.id) or next((e for e in left.values() if _same(each, e)), None)
        pairs.append(_Pair(each, same and left.pop(same.id)))
    return pairs


def _same(one: Drift, other: Drift) -> bool:
    """Whether two warnings are about the same matter.

    They are if they are of one kind about one thing, or if they quote the same words against a
    goal, whatever the kind.
    """
    if one.kind == other.kind and one.about == other.about:
        return True
    goals = {one.kind, other.kind} <= _OF_GOALS
    return (goals or one.kind == other.kind) and bool(_places(one) & _places(other))


def _places(drift: Drift) -> set[tuple[str, int]]:
    """Return the note and the offset of each quote of a warning."""
    return {(each.note_id, each.start) for each in drift.seen if isinstance(each, Citation)}


def _judged(evidence: Evidence, pair: _Pair) -> Drift | None:
    """Return a warning after its challenge, or None if its innocent reading silences it."""
    told, own = pair
    if own is not None and told.by == "llm":
        # A decision on the embedded engine's warning also settles this one.
        told = told.model_copy(update={"id": own.id})
    if not is_challenged(told):
        return told if own else _to_confirm(told)
    answer = answer_to(evidence, told)
    if answer is None:
        return told if own else _to_confirm(told)
    if answer.verdict == "stands":
        return told if own or told.kind in _SERIOUS else _to_confirm(told)
    if answer.verdict == "innocent" and own is None:
        return None
    return _doubted(told, _words(evidence, answer))


def _words(evidence: Evidence, answer: Challenge) -> Citation | None:
    """Return the quote of the innocent reading, from a note that the reader may see, or None."""
    for session in evidence.history.sessions:
        for note in session.notes:
            if note.id == answer.note_id and answer.span:
                return cite(session, note, answer.span.start, answer.span.end)
    return None


def _to_confirm(drift: Drift, *seen: Citation) -> Drift:
    """Return the warning with status `to_confirm` and lower confidence, with these quotes added."""
    return drift.model_copy(
        update={
            "status": "to_confirm",
            "confidence": min(_FAINTER, drift.confidence),
            "seen": (*drift.seen, *(each for each in seen if each not in drift.seen)),
        }
    )


def _doubted(drift: Drift, words: Citation | None) -> Drift:
    """Return the warning as one to confirm, with the words that speak for another reading."""
    if words is None:
        return _to_confirm(drift)
    if drift.kind in _SECRET:
        return _to_confirm(drift, words)
    quote = " ".join(words.quote.split())
    return _to_confirm(drift, words).model_copy(
        update={"question": f"The notes say “{quote}”. What does that settle?"}
    )


def _silenced(evidence: Evidence, drift: Drift, commitments: Mapping[str, Commitment]) -> Drift:
    """Return a warning that the model's reading would silence, with the newest words that do so."""
    if drift.about is not None and drift.about in commitments:
        said = [each.citation for each in commitments[drift.about].history if each.by == "llm"]
    else:
        said = _silencing(evidence, drift)
    return _doubted(drift, said[-1] if said else None)


def _silencing(evidence: Evidence, drift: Drift) -> list[Citation]:
    """Return the quotes in which the model may speak against a warning, oldest first.

    They are about the warning's clause, or about a day without a meeting.
    """
    found = [
        said.citation
        for each in evidence.said.by_kind.values()
        for said in each
        if said.signal.by == "llm" and said.signal.says != "breaks"
        if _is_of(said.clause.clause, said.clause.key, drift)
    ]
    if drift.kind == "cadence":
        found += [
            cite(read.session, read.note, each.start, each.end)
            for read in read_notes(evidence.history)
            for each in (*read.reading.of(AbsenceSignal), *read.reading.of(MeetingSignal))
            if each.by == "llm"
        ]
    return sorted(found, key=lambda each: (each.held_on, each.note_id, each.start))


def _is_of(clause: Clause, key: str, drift: Drift) -> bool:
    """Whether a clause is the one that a warning is about."""
    if drift.about is not None:
        return key == f"goals.{drift.about}"
    if drift.clause is None or clause.name != drift.clause.name:
        return False
    return clause.name not in _SEVERAL or clause.text == drift.clause.text
