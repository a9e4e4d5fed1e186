"""From sentences to facts: which kind each is, and which are no facts at all."""

from coach.engines.embedded import cues
from coach.model import Author, FactKind, Finding, Side
from coach.structure import Unit

_PRIORITY: tuple[FactKind, ...] = (
    "doubt",
    "ask",
    "stopper",
    "insight",
    "win",
    "concern",
    "decision",
    "feedback",
    "change",
    "attempt",
    "topic",
)
"""Among kinds with equally many words, the rarer one is meant."""
_FEWEST_WORDS = 4


def finding(unit: Unit, *, said_by: Side | None, promised: bool) -> Finding | None:
    """The fact that a sentence states; None for headings, greetings and scraps."""
    words = len(unit.text.split())
    if unit.kind == "heading" or cues.SMALL_TALK.fullmatch(unit.text):
        return None
    if promised:
        return _found(unit, "commitment", said_by=said_by, weight=0.9)
    scored = cues.scores(unit.text, unit.heading)
    best = max(_PRIORITY, key=lambda kind: (scored[kind], -_PRIORITY.index(kind)))
    if words < (_FEWEST_WORDS if scored[best] == 0 else 3):
        return None
    if scored[best] == 0:
        asks = unit.text.endswith("?") and said_by == "mentee"
        kind: FactKind = "doubt" if asks else "topic"
        return _found(unit, kind, said_by=said_by, weight=0.3 if asks else 0.2)
    weight = min(0.85, 0.35 + 0.2 * scored[best]) * (0.7 if words < _FEWEST_WORDS else 1.0)
    return _found(unit, best, said_by=said_by, weight=weight)


def speaker(unit: Unit, author: Author, sides: dict[str, Side]) -> Side | None:
    """Who says a sentence: a turn's named side, else the note's author unless a tool wrote it."""
    if unit.kind == "turn" and unit.label:
        return sides.get(unit.label)
    return None if author == "tool" or unit.kind == "quote" else author


def _found(unit: Unit, kind: FactKind, *, said_by: Side | None, weight: float) -> Finding:
    return Finding(
        kind=kind,
        start=unit.start,
        end=unit.end,
        said_by=said_by,
        certainty=cues.certainty(unit.text),
        weight=round(weight, 2),
    )
