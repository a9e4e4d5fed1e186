"""Tells what a passage says explicitly about whether something is done.

No model is believed against that.
"""

import re

from coach.model.commitments import OutcomeStatus
from coach.notes.sentences import Unit
from coach.notes.tasks import TaskMark

_NOT_DONE = re.compile(
    r"(?<!\w)not (?:yet )?(?:done|finished|started|begun|sent|happened)(?!\w)"
    r"|(?<!\w)(?:has|have|had|did)(?: not|n['’]t) (?:yet )?"
    r"(?:done|do|finish\w*|start\w*|begun|begin|send|sent|happen\w*|g[eo]t|gotten|gone|written"
    r"|write|call\w*|rung|ring)(?!\w)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?<!\w)(?:not (?:yet|done|finished|started|sent|happened)"
    r"|(?:did|have|has|had|could|was|were|is|are) not"
    r"|(?:did|have|has|had|could|was|were|is|are)n['’]?t|"
    r"(?:nobody|no one|neither) (?:has|have|had|did|was|sent|rang|wrote|came)|never"
    r"|forgot(?! (?:it )?(?:till|until))|skipped"
    r"|still (?:not|to|no|open|waiting|haven['’]?t|hasn['’]?t)|nothing (?:yet|came|done))(?!\w)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\W{0,3}(?:(?:and|so|but|then) )?(?:(?:i|we|you|she|he|they)(?:['’]ll| will| shall)|going to"
    r"|to do|next week|tomorrow)(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|,? (?=but |and |though )")
_CLOSED: frozenset[TaskMark] = frozenset({"done", "dropped"})
_FITS: dict[TaskMark, frozenset[OutcomeStatus]] = {
    "done": frozenset({"done"}),
    "open": frozenset({"not_done", "partly", "rescheduled"}),
    "not_done": frozenset({"not_done", "partly", "rescheduled"}),
    "partly": frozenset({"partly"}),
    "dropped": frozenset({"dropped"}),
    "moved": frozenset({"rescheduled", "not_done"}),
}
_MEANS: dict[TaskMark, OutcomeStatus] = {
    "done": "done",
    "not_done": "not_done",
    "partly": "partly",
    "dropped": "dropped",
    "moved": "not_done",
}


def closed(unit: Unit) -> bool:
    """Whether a task's own mark says that nothing is left to do."""
    return unit.mark in _CLOSED


def fits(unit: Unit, status: OutcomeStatus) -> bool:
    """Whether a task's own mark agrees with an outcome; a struck-out task may be done too."""
    mark = mark_of(unit)
    return mark is None or (unit.struck and status == "done") or status in _FITS[mark]


def mark_of(unit: Unit) -> TaskMark | None:
    """Return what a task's own mark says.

    A cell of a table never counts as open, because its row may say something else in words.
    """
    return None if unit.kind == "cell" and unit.mark == "open" else unit.mark


def marked(unit: Unit) -> OutcomeStatus | None:
    """Return the outcome that a task's own mark says, or None."""
    return _MEANS.get(unit.mark) if unit.mark else None


def not_done(text: str) -> bool:
    """Whether words say outright that something is not done."""
    return bool(_NOT_DONE.search(text))


def speaks_against_done(text: str) -> bool:
    """Whether words make it doubtful that something is done: they deny something, or look ahead."""
    return bool(_SHORT.search(text) or _AHEAD.match(text))


def clause_of(text: str, quote: tuple[int, int]) -> str:
    """Return the clause of a passage's text that contains a quote."""
    start, end = quote
    before = [each.end() for each in _CLAUSE.finditer(text, 0, start)]
    behind = _CLAUSE.search(text, max(start, end - 1))
    return text[before[-1] if before else 0 : behind.start() if behind else len(text)]
