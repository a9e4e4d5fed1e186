"""Q15, Q20: what a set of questions keeps."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coach.language.words import stems
from coach.model.questions import Question
from coach.questions.rules.grounding import grounded
from coach.questions.rules.table import faults

_NOT = r"n['’]t"

_OVERDUE = re.compile(
    r"\b(?:over|past[\s-])due\b|\b(?:was|were)\s+(?:due|planned\s+for"
    r"|meant\s+(?:to\s+be\s+(?:done|ready)\s+)?(?:by|for))\b"
    r"|\bmissed\s+(?:\w+\s+){0,2}(?:deadline|date)|\bdeadline\s+(?:has\s+|had\s+)?(?:passed|went"
    r"|slipped)"
    r"|\bbehind\s+schedule\b|\bslipp(?:ed|ing)\b|\b(?:still|yet)\s+(?:open|undone|unfinished"
    rf"|outstanding|to\s+do|waiting)\b|\b(?:not|{_NOT})\s+(?:\w+\s+)?(?:been\s+)?(?:done|finished"
    r"|sent|started|happened)\b"
    r"|\b(?:is|are|was|were|running)\s+late\b|\bdays?\s+late\b",
    re.IGNORECASE,
)

_WORKED = re.compile(
    r"\b(?:work(?:ed|s|ing)?\s+(?:well|best|better|out)|worked|(?:that|it|this)\s+work|(?:went"
    r"|going|goes|gone|go)\s+(?:so\s+)?(?:well|right|best|better)|help(?:ed|s)\b|proud|happy"
    r"|happiest|glad|pleased|"
    r"success\w*|succeed\w*|achiev\w*|accomplish\w*|won|wins?|strengths?|progress|improv\w+"
    r"|enjoy\w*|energi[sz]\w+|(?:keep|kept)\s+(?:on\s+)?doing|paid\s+off|made\s+(?:it|that"
    r"|this)\s+(?:easier|possible)|"
    r"good\s+at|best\s+(?:part|moment)|celebrat\w+|pass(?:ed)|grateful|better\s+than)\b",
    re.IGNORECASE,
)

LARGEST_SET = 5

_REPEATED = 0.8


class SetFault(NamedTuple):
    """Which rule a set of questions breaks, and why."""

    rule: str
    why: str


def set_faults(texts: Sequence[str]) -> tuple[SetFault, ...]:
    """Return what a set breaks of Q20.

    It has one to five questions, at most one about what is overdue and at least one about what
    worked. A single one is no set to balance.
    """
    broken: list[str] = []
    if not 1 <= len(texts) <= LARGEST_SET:
        broken.append(f"{len(texts)} questions: one to {LARGEST_SET} are enough")
    overdue = sum(bool(_OVERDUE.search(text)) for text in texts)
    if overdue > 1:
        broken.append(f"{overdue} questions about what is overdue: at most one")
    if len(texts) > 1 and not any(_WORKED.search(text) for text in texts):
        broken.append("no question about what worked: ask at least one")
    return tuple(SetFault("Q20", why) for why in broken)


def chosen(offered: Iterable[Question], *, limit: int = LARGEST_SET) -> tuple[Question, ...]:
    """The questions of a set that keep every rule, in their order.

    Q15: none says again what another one asked. Q20: at most `limit`, and at most one of them
    about a promise.
    """
    kept: list[Question] = []
    for question in offered:
        if len(kept) == limit:
            break
        # What is quick to see comes first: most of a long offer falls by it.
        if question.intent == "commitment" and any(each.intent == "commitment" for each in kept):
            continue
        if _repeats(question, kept) or faults(question.text) or not grounded(question):
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
