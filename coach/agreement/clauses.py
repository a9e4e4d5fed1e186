"""Words the clauses of a contract, and tells which ones are missing."""

from collections.abc import Callable, Iterator, Sequence

from coach.agreement import prose
from coach.agreement.prose import Said
from coach.language.words import stems
from coach.model.contract import AgreedClause, Clause, ClauseKind, ClauseName, Contract, Goal

_Part = tuple[str, str]
"""The last part of a clause's key, which tells it from others of its kind, and its words."""
_SAME = 0.6
"""Share of a sentence's words in a given clause from which it repeats that clause.

Chosen by hand; not measured.
"""
_NEAR = 0.3
"""Share of an exception's words in a clause from which it belongs to that one of its kind.

Chosen by hand; not measured.
"""
_ONE_OF_ITS_KIND: frozenset[ClauseKind] = frozenset(
    {"cadence", "channels", "feedback", "confidentiality", "phase", "ends_on"}
)
_OF_NUMBERS: frozenset[ClauseKind] = frozenset({"cadence", "channels", "feedback", "ends_on"})
"""Clauses given as days and names. Prose says them in other words, such as `every other Thursday`.

So their words are not compared, and prose adds only exceptions to them.
"""

_CLAUSES: tuple[ClauseName, ...] = (
    "goals",
    "roles",
    "cadence",
    "channels",
    "feedback",
    "confidentiality",
    "phase",
    "ends_on",
    "change_signs",
)


def missing(contract: Contract) -> tuple[ClauseName, ...]:
    """Return the names of the clauses that a contract does not settle."""
    agreed = {
        "goals": bool(contract.goals),
        "roles": bool(contract.roles.mentor or contract.roles.mentee),
        "cadence": contract.cadence is not None,
        "channels": bool(contract.channels),
        "feedback": contract.feedback is not None,
        "confidentiality": bool(contract.confidentiality),
        "phase": contract.phase is not None and contract.phase.diagnosis_until is not None,
        "ends_on": contract.ends_on is not None,
        "change_signs": bool(contract.change_signs),
    }
    return tuple(name for name in _CLAUSES if not agreed[name])


def cadence_clause(contract: Contract) -> Clause | None:
    """Return the rhythm in words, or None when none was agreed."""
    cadence = contract.cadence
    if cadence is None:
        return None
    length = f", {cadence.duration_minutes} minutes" if cadence.duration_minutes else ""
    days = "day" if cadence.every_days == 1 else f"{cadence.every_days} days"
    return Clause(name="cadence", version=contract.version, text=f"every {days}{length}")


def goal_clause(contract: Contract, goal: Goal) -> Clause:
    """Return a goal as the clause that agrees it."""
    criteria = f" Met when: {goal.success_criteria}" if goal.success_criteria else ""
    until = f" (by {goal.target_date.isoformat()})" if goal.target_date else ""
    return Clause(
        name="goals", version=contract.version, text=f"{goal.statement}{until}.{criteria}".strip()
    )


def agreed_clauses(contract: Contract) -> tuple[AgreedClause, ...]:
    """Return every clause of a contract in words: the given ones first, then those of its prose.

    A sentence of the prose that repeats a given clause is left out. One that adds a condition or an
    exception is put behind that clause's words. One about no known subject is no clause.
    """
    given = list(_given(contract))
    alone: list[AgreedClause] = []
    for each in prose.said(contract.text or ""):
        if each.kind is None or _quoted(contract, each):
            continue
        at, near = _nearest(given, each)
        if at is None or not _belongs(each, near):
            alone.append(_of_prose(contract, each, each.kind))
        elif _adds(each, near):
            given[at] = _with(given[at], each.text)
    return (*given, *alone)


def _nearest(given: Sequence[AgreedClause], each: Said) -> tuple[int | None, float]:
    """Return the place of the given clause of that kind that shares most words, and their share."""
    said = stems(each.text)
    shared = {
        at: len(said & stems(one.clause.text)) / max(1, len(said))
        for at, one in enumerate(given)
        if one.kind == each.kind
    }
    at = max(shared, key=lambda one: shared[one], default=None)
    return at, 0.0 if at is None else shared[at]


def _belongs(each: Said, near: float) -> bool:
    """Whether the prose is about the given clause and not about another one of its kind."""
    if each.kind in _ONE_OF_ITS_KIND or near >= _SAME:
        return True
    return near >= _NEAR and prose.EXCEPTION.search(each.text) is not None


def _adds(each: Said, near: float) -> bool:
    """Whether the prose says more than the given clause."""
    if prose.EXCEPTION.search(each.text):
        return near < 1
    return near < _SAME and each.kind not in _OF_NUMBERS


def _quoted(contract: Contract, each: Said) -> bool:
    """Whether the clause was read from these same words of the prose."""
    return any(
        quote.start < each.end and each.start < quote.end
        for name, quote in contract.quotes.items()
        if each.kind in _KINDS_OF.get(name, ())
    )


def _with(agreed: AgreedClause, words: str) -> AgreedClause:
    text = f"{_ended(agreed.clause.text)} {words}"
    return agreed.model_copy(update={"clause": agreed.clause.model_copy(update={"text": text})})


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", ";")) else f"{text}."


def _of_prose(contract: Contract, each: Said, kind: ClauseKind) -> AgreedClause:
    clause = Clause(name="text", version=contract.version, text=each.text)
    return AgreedClause(key=f"text.{each.number}", kind=kind, clause=clause)


def _given(contract: Contract) -> Iterator[AgreedClause]:
    for name, kind, in_words in _IN_WORDS:
        for part, words in in_words(contract):
            quote = contract.quotes.get(name) if name in _ONE_OF_ITS_KIND else None
            text = " ".join(quote.quote.split()) if quote else words
            clause = Clause(name=name, version=contract.version, text=text)
            yield AgreedClause(key=f"{name}.{part}" if part else name, kind=kind, clause=clause)


def _goals(contract: Contract) -> Iterator[_Part]:
    for goal in contract.goals:
        yield goal.id, goal_clause(contract, goal).text


def _of_mentor(contract: Contract) -> Iterator[_Part]:
    for number, text in enumerate(contract.roles.mentor):
        yield f"mentor.{number}", f"The mentor {text}"


def _of_mentee(contract: Contract) -> Iterator[_Part]:
    for number, text in enumerate(contract.roles.mentee):
        yield f"mentee.{number}", f"The mentee {text}"


def _cadence(contract: Contract) -> Iterator[_Part]:
    if cadence := cadence_clause(contract):
        yield "", f"The two meet {cadence.text}"


def _channels(contract: Contract) -> Iterator[_Part]:
    if contract.channels:
        yield "", f"The two talk over {', '.join(contract.channels)}"


def _feedback(contract: Contract) -> Iterator[_Part]:
    if feedback := contract.feedback:
        how = f": {feedback.method}" if feedback.method else ""
        yield "", f"Feedback every {feedback.every_sessions} sessions{how}"


def _confidentiality(contract: Contract) -> Iterator[_Part]:
    if contract.confidentiality:
        yield "", contract.confidentiality


def _phase(contract: Contract) -> Iterator[_Part]:
    if contract.phase and (until := contract.phase.diagnosis_until):
        yield "", f"Getting to know the situation until {until.isoformat()}"


def _ends_on(contract: Contract) -> Iterator[_Part]:
    if contract.ends_on:
        yield "", f"The mentorship ends on {contract.ends_on.isoformat()}"


def _change_signs(contract: Contract) -> Iterator[_Part]:
    for number, sign in enumerate(contract.change_signs):
        yield str(number), f"Sign of change: {sign}"


_IN_WORDS: tuple[tuple[ClauseName, ClauseKind, Callable[[Contract], Iterator[_Part]]], ...] = (
    ("goals", "goals", _goals),
    ("roles", "role_mentor", _of_mentor),
    ("roles", "role_mentee", _of_mentee),
    ("cadence", "cadence", _cadence),
    ("channels", "channels", _channels),
    ("feedback", "feedback", _feedback),
    ("confidentiality", "confidentiality", _confidentiality),
    ("phase", "phase", _phase),
    ("ends_on", "ends_on", _ends_on),
    ("change_signs", "change_signs", _change_signs),
)
_KINDS_OF: dict[ClauseName, frozenset[ClauseKind]] = {
    name: frozenset(kind for one, kind, _ in _IN_WORDS if one == name) for name, _, _ in _IN_WORDS
}
