"""Facts: are those found that a careful reader labels, and how many are found without labels."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from coach.model.facts import Fact, FactKind
from evals.cases import Case, NoteSpan
from evals.metrics.counts import Ratio
from evals.metrics.metric import EVERY_FIGURE, OWN, Metric, comparison
from evals.metrics.note_spans import fact_score, overlaps
from evals.metrics.outcome import Tally
from evals.metrics.per_kind import ratios_by_kind
from evals.subject import PEOPLE, Subject

_KINDS: tuple[FactKind, ...] = get_args(FactKind)
_HOW = "a fact is a hit where its span shares half of the shorter one with a label"

ANY_KIND = comparison("facts, any kind", group="facts", how=_HOW)
RIGHT_KIND = comparison(
    "facts, right kind",
    group="facts",
    how=f"{_HOW} of the same kind",
    column="facts of the right kind, F1",
)
BY_KIND = {
    kind: comparison(
        f"facts: {kind}",
        group="facts",
        how=f"{_HOW}, of {kind} alone",
        details=EVERY_FIGURE,
    )
    for kind in _KINDS
}
PER_1000_WORDS = Metric(
    name="facts per 1,000 words",
    group="facts",
    direction="none",
    unit="per 1,000 words",
    how="facts that the mentor is given, by thousands of words in the notes",
    source=OWN,
)
PER_1000_WORDS_BY_KIND = {kind: PER_1000_WORDS.of_kind(kind) for kind in _KINDS}

OF_LABELLED_CASES = tuple(
    metric for each in (ANY_KIND, RIGHT_KIND, *BY_KIND.values()) for metric in each.metrics
)
OF_NOTES = (PER_1000_WORDS, *PER_1000_WORDS_BY_KIND.values())


def measure_facts(case: Case, subject: Subject, tally: Tally) -> None:
    """Add the facts of both sides together: of any kind, of the right one, and kind by kind."""
    found = {fact.id: fact for side in PEOPLE for fact in subject.facts(side)}
    said = [(subject.span(fact.citation), fact.kind) for fact in found.values()]
    gold = [(case.span(fact.note, fact.quote), fact.kind) for fact in case.labels.facts]
    tally.add_score(ANY_KIND, fact_score(said, gold, right_kind=False))
    tally.add_score(RIGHT_KIND, fact_score(said, gold, right_kind=True))
    for kind in {label for _, label in gold}:
        of_kind = fact_score(
            [each for each in said if each[1] == kind],
            [each for each in gold if each[1] == kind],
            right_kind=True,
        )
        tally.add_score(BY_KIND[kind], of_kind)
    _add_misses(case, said, gold, tally)


def _add_misses(
    case: Case,
    said: Sequence[tuple[NoteSpan, FactKind]],
    gold: Sequence[tuple[NoteSpan, FactKind]],
    tally: Tally,
) -> None:
    for label, fact in zip(gold, case.labels.facts, strict=True):
        hits = [kind for place, kind in said if overlaps(place, label[0])]
        if label[1] not in hits:
            tally.add_miss(
                f"fact: {label[1]}",
                said=", ".join(sorted(set(hits))) or "not found",
                wanted=fact.quote,
            )


def count_facts(facts: Sequence[Fact], *, thousand_words: float) -> dict[str, Ratio]:
    """Return how many facts are found in so many thousand words, in all and of each kind."""
    kinds = Counter(fact.kind for fact in facts)
    return ratios_by_kind(PER_1000_WORDS, PER_1000_WORDS_BY_KIND, kinds, of=thousand_words)
