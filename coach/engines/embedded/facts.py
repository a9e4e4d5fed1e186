"""From sentences to facts: which kind each is, and which are no facts at all."""

from collections.abc import Mapping

from coach.engines.embedded import cues
from coach.engines.embedded.promise_words import planned
from coach.engines.embedded.reader import Scored
from coach.model.facts import FactKind
from coach.model.people import Side
from coach.model.readings import FactSignal
from coach.notes.sentences import Unit

_NAMED = 6.0
"""How much likelier a kind is under a heading, or behind a label, that names it."""


_LABELLED = 0.9
"""A label such as `Worry:` is the writer's own word for the kind."""
_PROMISED_FROM = 0.1
"""A sentence with a promise's form is one, unless the reader thinks it less likely."""


def finding(
    unit: Unit, scored: Scored, *, said_by: Side | None, promised: bool, fact_from: float
) -> FactSignal | None:
    """The fact that a sentence states, `weight` being how likely it is one of that kind.

    None for no fact.
    """
    if (
        unit.kind == "heading"
        or unit.struck
        or planned(unit)
        or cues.SMALL_TALK.fullmatch(unit.text)
    ):
        return None
    kinds = _with_structure(unit, scored)
    promised = promised and kinds["commitment"] >= _PROMISED_FROM
    labelled = cues.labelled_kind(unit.text)
    best: FactKind = max(kinds, key=lambda each: kinds[each])
    kind: FactKind = "commitment" if promised else labelled or best
    likely = sum(kinds.values())
    if not promised and likely < fact_from:
        return None
    return FactSignal(
        kind=kind,
        start=unit.start,
        end=unit.end,
        said_by=said_by,
        certainty=cues.certainty(unit.text),
        weight=round(max(kinds[kind], _LABELLED if kind == labelled else 0), 2),
        likely=round(min(1.0, max(likely, _LABELLED if kind == labelled else 0)), 2),
    )


def _with_structure(unit: Unit, scored: Scored) -> Mapping[FactKind, float]:
    """The reader's kinds, the one named by a heading or a label made likelier."""
    named = cues.named_kind(unit.text, unit.heading)
    if named is None:
        return scored.kinds
    odds = {
        kind: share * (_NAMED if kind == named else 1.0) for kind, share in scored.kinds.items()
    }
    total = sum(odds.values()) + 1 - scored.fact
    return {kind: share / total for kind, share in odds.items()}
