"""The clauses of a contract in words, and which of them are missing."""

import re
from collections.abc import Callable, Iterator

from coach.model.contract import AgreedClause, Clause, ClauseKind, ClauseName, Contract, Goal

_Part = tuple[str, str]
"""What tells a clause among those of its name, and its words."""
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]?")
# The first kind whose words a sentence of the prose holds is its kind; a sentence with none is left out.
_CUES: tuple[tuple[ClauseKind, str], ...] = (
    ("notes_kept", r"notes\b|minutes of|write (?:it |them )?(?:down|up)|written (?:down|up)"),
    (
        "reciprocity",
        r"each other|in return|give back|both (?:sides )?(?:learn|gain)|one another",
    ),
    (
        "trust_route",
        r"wrong between|(?:does|do|is|are)(?:n['’]t| not) work|uneasy|say so|unhappy|coordinator",
    ),
    ("boundary", r"health|famil|therap|professional|legal|doctor|crisis|private matters"),
    ("respect_time", r"on time|punctual|late\b|cancel|reschedul"),
    ("confidentiality", r"confiden|between (?:us|the two)|stays here|nobody else|not pass"),
    ("channels", r"zoom|teams|phone|whatsapp|in person|mail|chat|call"),
    ("feedback", r"feedback"),
    (
        "cadence",
        r"every (?:two |three |second |other )?(?:week|month|day)|weekly|fortnight|monthly",
    ),
    ("change_signs", r"sign(?:s)?\b"),
    ("ends_on", r"end(?:s|ed)?\b|until|last session"),
    ("role_mentor", r"mentor"),
    ("role_mentee", r"mentee"),
)
_KINDS = tuple((kind, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for kind, words in _CUES)

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
    """The clauses that a contract does not settle."""
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
    """The rhythm in words, or None when none was agreed."""
    cadence = contract.cadence
    if cadence is None:
        return None
    length = f", {cadence.duration_minutes} minutes" if cadence.duration_minutes else ""
    days = "day" if cadence.every_days == 1 else f"{cadence.every_days} days"
    return Clause(name="cadence", version=contract.version, text=f"every {days}{length}")


def goal_clause(contract: Contract, goal: Goal) -> Clause:
    """A goal as it was agreed."""
    criteria = f" Met when: {goal.success_criteria}" if goal.success_criteria else ""
    until = f" (by {goal.target_date.isoformat()})" if goal.target_date else ""
    return Clause(
        name="goals", version=contract.version, text=f"{goal.statement}{until}.{criteria}".strip()
    )


def agreed_clauses(contract: Contract) -> tuple[AgreedClause, ...]:
    """Every clause of a contract in words, its given clauses first, then those of its prose.

    A sentence of the prose that speaks of nothing known is no clause of its own.
    """
    return tuple(_given(contract)) + tuple(_of_prose(contract))


def _given(contract: Contract) -> Iterator[AgreedClause]:
    for name, kind, in_words in _IN_WORDS:
        for part, text in in_words(contract):
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


def _of_prose(contract: Contract) -> Iterator[AgreedClause]:
    sentences = (each[0].strip() for each in _SENTENCE.finditer(contract.text or ""))
    for number, text in enumerate(each for each in sentences if each):
        for kind, words in _KINDS:
            if words.search(text):
                clause = Clause(name="text", version=contract.version, text=text)
                yield AgreedClause(key=f"text.{number}", kind=kind, clause=clause)
                break
