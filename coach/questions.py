"""What a good question is: rules with the ids of the field's checklist, used as gates on what is asked.

They find what makes a question bad; passing them does not make one good.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from coach.model import Question
from coach.words import count, stems

_CLOSED = re.compile(
    r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|would|will|should|shall|may|might)(?:n['’]t)?\s",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:,|\s)(?:and|or|but)\s+(?:why|how|what|when|where|who|is it|do you|are you|did)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\beither\b.*\bor\b", re.IGNORECASE)
_LEADING = re.compile(
    r"don['’]t you|should(?:n['’]t)? you|have(?:n['’]t)? you (?:considered|tried|thought of)|why don['’]t|would(?:n['’]t)? it|isn['’]t it|"
    r"you should|you (?:could|might) (?:want to|try)|what if you",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"why did(?:n['’]t| you not)|why have(?:n['’]t| you not)|failed to|your fault|how come you",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"as an ai\b|great question|amazing|fantastic job|i am an? (?:assistant|model)", re.IGNORECASE
)
_LONGEST = 25
_LARGEST_SET = 5
_REPEATED = 0.8


class Fault(NamedTuple):
    """Which rule a question breaks, where, and why, in words for its author."""

    rule: str
    start: int
    end: int
    why: str


def _one_question(text: str) -> Fault | None:
    marks = _unquoted(text).count("?")
    if marks != 1:
        return Fault("Q1", 0, len(text), f"asks {marks} questions: ask exactly one")
    return _found("Q1", _JOINED, _unquoted(text), "joins a second question: ask it on its own")


def _open_question(text: str) -> Fault | None:
    start = _asking(text)
    if closed := _CLOSED.match(text, start):
        return Fault(
            "Q2", start, closed.end(), "can be answered with yes or no: start with what or how"
        )
    return _found("Q2", _EITHER, text, "offers two answers: leave the answer open")


def _concise(text: str) -> Fault | None:
    if count(text) > _LONGEST:
        return Fault("Q3", 0, len(text), f"has {count(text)} words: at most {_LONGEST}")
    return _found(
        "Q3", re.compile(r"\([^)]*\)"), _unquoted(text), "has a parenthesis: say one thing"
    )


def _not_leading(text: str) -> Fault | None:
    return _found("Q4", _LEADING, _unquoted(text), "carries advice: ask for what they think")


def _no_blame(text: str) -> Fault | None:
    return _found("Q5", _BLAME, _unquoted(text), "sounds like a trial: ask what happened")


def _register(text: str) -> Fault | None:
    return _found("Q21", _FILLER, _unquoted(text), "has filler: leave it out")


RULES: dict[str, Callable[[str], Fault | None]] = {
    "Q1": _one_question,
    "Q2": _open_question,
    "Q3": _concise,
    "Q4": _not_leading,
    "Q5": _no_blame,
    "Q21": _register,
}
"""The rules that a question's text alone decides."""


def faults(text: str) -> tuple[Fault, ...]:
    """Every rule that one question breaks."""
    return tuple(fault for rule in RULES.values() if (fault := rule(text)))


def grounded(question: Question) -> bool:
    """Q6: it quotes words that it cites."""
    quoted = re.findall(r"“([^”]+)”", question.text)
    cited = " ".join(" ".join(citation.quote.split()) for citation in question.citations)
    return bool(question.citations) and all(stems(quote) <= stems(cited) for quote in quoted)


def chosen(offered: Iterable[Question], *, limit: int = _LARGEST_SET) -> tuple[Question, ...]:
    """The questions of a set that keep every rule, in their order.

    Q15: none says again what another one asked. Q20: at most five, at most one about what is overdue.
    """
    kept: list[Question] = []
    for question in offered:
        if len(kept) == limit:
            break
        if faults(question.text) or not grounded(question) or _repeats(question, kept):
            continue
        if question.intent == "commitment" and any(each.intent == "commitment" for each in kept):
            continue
        kept.append(question)
    return tuple(kept)


def _repeats(question: Question, others: Sequence[Question]) -> bool:
    said = stems(question.text)
    for other in others:
        common = said & stems(other.text)
        if said and len(common) / len(said) >= _REPEATED:
            return True
        if {(each.note_id, each.start) for each in question.citations} & {
            (each.note_id, each.start) for each in other.citations
        }:
            return True
    return False


def _asking(text: str) -> int:
    """Where the sentence that asks begins: behind the last full stop or quote before the mark."""
    before = text[: text.find("?")] if "?" in text else text
    ends = [mark.end() for mark in re.finditer(r"[.:!”]\s+", before)]
    return ends[-1] if ends else 0


def _unquoted(text: str) -> str:
    """The text with what it quotes blanked out: people may say what a question may not."""
    return re.sub(r"“[^”]*”", lambda quote: " " * len(quote[0]), text)


def _found(rule: str, pattern: re.Pattern[str], text: str, why: str) -> Fault | None:
    mark = pattern.search(text)
    return Fault(rule, mark.start(), mark.end(), why) if mark else None
