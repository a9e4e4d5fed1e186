"""Words the warnings that rest on notes: careful, polite, and without secrets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from coach.drift.signals import Evidence, Matter, Said, held_sessions
from coach.ids import derived_id
from coach.language.phrasing import day, first_name
from coach.model.drift import Drift, DriftKind, DriftOptions, Severity
from coach.model.people import Side

_SUREST = 0.95
"""Highest confidence of a warning from notes, because no reading of notes is certain.

Chosen by hand; not measured.
"""
_MISSING_NOTES = 0.3
"""Share of the confidence that is lost if no session has notes.

What happened in sessions without notes may have been as agreed. Chosen by hand; not measured.
"""
_ONE_PASSAGE = 0.85
"""Share of the confidence that is kept if only one session speaks of it: it may be an exception.

Chosen by hand; not measured.
"""


class Words(NamedTuple):
    """The texts of one kind of drift; `seen` continues "The notes of 9 February 2026"."""

    seen: str
    innocent: str
    question: str
    return_to: str
    amend_to: str


def warning(
    evidence: Evidence, kind: DriftKind, found: Matter, words: Words, *, severity: Severity
) -> Drift:
    """Return the warning about a matter, with the clause's words, the days and the quotes."""
    first = found.against[0]
    days = listed([day(on) for on in sorted({each.session.held_on for each in found.against})])
    clause = found.clause.clause
    return Drift(
        id=derived_id(
            "drift", evidence.history.mentorship.id, kind, first.note.id, first.signal.start
        ),
        kind=kind,
        clause=clause,
        about=goal_of(found),
        severity=severity,
        confidence=_confidence(evidence, found),
        since=first.session.held_on,
        seen=tuple(each.citation for each in found.against),
        message=f"{agreed(clause.text, clause.version)} The notes of {days} {words.seen}.",
        innocent_explanation=" ".join((*_one_view(evidence, found), words.innocent)),
        question=words.question,
        options=DriftOptions(return_to=words.return_to, amend_to=words.amend_to),
        by="llm" if all(each.signal.by == "llm" for each in found.against) else "embedded",
        about_person=doer(found.against),
    )


def agreed(text: str, version: int) -> str:
    """Return a sentence that quotes a clause with its version."""
    return f"You agreed (version {version}): “{text.strip()}”"


def listed(words: Sequence[str]) -> str:
    """Return the words as an English list: `a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def goal_of(found: Matter) -> str | None:
    """Return the id of the goal that a matter is about, or None."""
    name, _, goal = found.clause.key.partition(".")
    return goal if name == "goals" else None


def doer(said: Iterable[Said]) -> Side | None:
    """Return the side that acts in all passages, or None if both do or nobody is named."""
    whose = Counter(each.signal.whose for each in said)
    for side in ("mentor", "mentee"):
        if whose[side] and sum(whose.values()) == whose[side]:
            return side
    return None


def severity_of(found: Matter) -> Literal["low", "medium"]:
    """Return the severity of a matter that is not serious: medium from the second session on."""
    return "low" if found.once else "medium"


def newest(found: Matter) -> date:
    """Return the day of the newest passage."""
    return found.against[-1].session.held_on


def _confidence(evidence: Evidence, found: Matter) -> float:
    """Return the confidence of all passages together, from 0 to 1; missing notes lower it."""
    best: dict[str, float] = {}
    for each in found.against:
        best[each.session.id] = max(best.get(each.session.id, 0.0), each.signal.likelihood)
    doubt = 1.0
    for likelihood in best.values():
        doubt *= 1 - likelihood
    sure = min(_SUREST, 1 - doubt) * (_ONE_PASSAGE if found.once else 1.0)
    return round(sure * (1 - _MISSING_NOTES * _unnoted(evidence, found)), 2)


def _unnoted(evidence: Evidence, found: Matter) -> float:
    """Return the share of sessions without notes since the matter began."""
    history = evidence.history
    begun = found.against[0].session.held_on
    held = [each for each in held_sessions(history) if begun <= each.held_on]
    return sum(not each.notes for each in held) / len(held) if held else 0.0


def _one_view(evidence: Evidence, found: Matter) -> tuple[str, ...]:
    """Return a sentence that only one side tells this about the other, if that is so."""
    doing = doer(found.against)
    authors = {each.note.author for each in found.against}
    if doing is None or len(authors) != 1 or authors & {doing, "tool"}:
        return ()
    pair = evidence.history.mentorship
    writer = pair.person("mentor" if "mentor" in authors else "mentee")
    return (
        f"This is how {first_name(writer.name)} tells it; "
        f"{first_name(pair.person(doing).name)} may have seen it otherwise.",
    )
