"""The mentor's page: does it hold what it must, does it stay on the facts, how long is it."""

from collections.abc import Sequence

from coach.language.words import count, stems
from coach.model.answers import Brief
from coach.model.facts import Statement
from evals.cases import Case, Checkpoint, NoteSpan
from evals.metrics.counts import Ratio
from evals.metrics.metric import OWN, Metric
from evals.metrics.note_spans import overlaps
from evals.metrics.outcome import TO_JUDGE, Tally
from evals.subject import Subject

MUST_COVER_WEIGHTED = Metric(
    name="brief must-cover, weighted",
    group="brief",
    direction="higher",
    unit="share",
    how="labelled must-haves that a brief cites, the first of n weighing n and the last 1",
    source=OWN,
    column="brief must-cover",
)
MUST_COVER = Metric(
    name="brief must-cover",
    group="brief",
    direction="higher",
    unit="share",
    how="labelled must-haves that a brief cites, each weighing the same",
    source=OWN,
)
WORDS = Metric(
    name="brief words",
    group="brief",
    direction="lower",
    unit="words",
    how="words of all statements of a brief, on average",
    source=OWN,
)
ON_LABELLED_FACT = Metric(
    name="brief statements on a labelled fact",
    group="brief",
    direction="higher",
    unit="share",
    how="statements whose first citation overlaps a labelled fact, of all statements",
    source=OWN,
)
STATEMENTS = Metric(
    name="brief statements",
    group="brief",
    direction="none",
    unit="count",
    how="statements of the last brief, on average",
    source=OWN,
)
STATEMENTS_KEPT = Metric(
    name="brief statements kept",
    group="brief",
    direction="higher",
    unit="share",
    how="statements of the last brief, of those and the ones that the checks dropped",
    source=OWN,
)
NOT_FOUND = Metric(
    name="brief: not found",
    group="brief",
    direction="none",
    unit="count",
    how="things that the last brief says it did not find, on average",
    source=OWN,
)

OF_LABELLED_CASES = (MUST_COVER_WEIGHTED, MUST_COVER, WORDS, ON_LABELLED_FACT)
OF_NOTES = (WORDS, STATEMENTS, STATEMENTS_KEPT, NOT_FOUND)


def measure_brief(case: Case, subject: Subject, checkpoint: Checkpoint, tally: Tally) -> None:
    """Add what the mentor's page of a checkpoint holds of what the mentor may see."""
    statements = statements_of(subject.brief("mentor", checkpoint.as_of))
    _measure_cover(case, subject, checkpoint, statements, tally)
    tally.add_ratio(WORDS, sum(count(statement.text) for statement in statements))
    gold = [case.span(fact.note, fact.quote) for fact in case.labels.facts]
    on_fact = sum(
        any(overlaps(subject.span(statement.citations[0]), label) for label in gold)
        for statement in statements
    )
    tally.add_ratio(ON_LABELLED_FACT, on_fact, len(statements))
    _add_rows_to_judge(checkpoint, statements, tally)


def _measure_cover(
    case: Case,
    subject: Subject,
    checkpoint: Checkpoint,
    statements: Sequence[Statement],
    tally: Tally,
) -> None:
    cited = [subject.span(each) for statement in statements for each in statement.citations]
    wanted = [
        (cover, places)
        for cover in checkpoint.must_cover
        if (places := _visible(case, case.spans_in(cover.session, cover.quote)))
    ]
    found = [any(overlaps(one, place) for one in cited for place in places) for _, places in wanted]
    tally.add_ratio(MUST_COVER_WEIGHTED, weighted_cover(found))
    tally.add_ratio(MUST_COVER, sum(found), len(found))
    for hit, (cover, _) in zip(found, wanted, strict=True):
        if not hit:
            what = f"not in the brief of {checkpoint.as_of}"
            tally.add_miss(what, wanted=f"{cover.quote} ({cover.why})")


def _visible(case: Case, places: list[NoteSpan]) -> list[NoteSpan]:
    return [place for place in places if case.notes[place[0]].visibility != "mentee"]


def _add_rows_to_judge(
    checkpoint: Checkpoint, statements: Sequence[Statement], tally: Tally
) -> None:
    """Keep each forbidden statement beside the nearest one that was made."""
    for forbidden in checkpoint.must_not_state:
        nearest = max(statements, key=lambda each: likeness(each.text, forbidden), default=None)
        if nearest is not None:
            what = f"{TO_JUDGE}must not state, {checkpoint.as_of}"
            tally.add_miss(what, said=nearest.text, wanted=forbidden)


def count_brief(brief: Brief) -> dict[str, Ratio]:
    """How long a brief is, and how many of its statements the checks let stand."""
    statements = statements_of(brief)
    written = len(statements) + brief.provenance.dropped.statements
    return {
        WORDS.name: Ratio(sum(count(each.text) for each in statements), 1),
        STATEMENTS.name: Ratio(len(statements), 1),
        STATEMENTS_KEPT.name: Ratio(len(statements), written),
        NOT_FOUND.name: Ratio(len(brief.not_found), 1),
    }


def statements_of(brief: Brief) -> list[Statement]:
    """The headline, where there is one, and the statements of every section."""
    headline = [brief.headline] if brief.headline else []
    return [*headline, *(each for section in brief.sections for each in section.statements)]


def weighted_cover(found: Sequence[bool]) -> float:
    """Recall of a ranked list, the first item of n weighing n, the last 1; 1 for an empty list."""
    weights = range(len(found), 0, -1)
    total = sum(weights)
    if not total:
        return 1.0
    return sum(weight for weight, hit in zip(weights, found, strict=True) if hit) / total


def likeness(one: str, other: str) -> float:
    """Jaccard index (1901) of the stems of two texts, from 0 to 1; 0 where neither has any."""
    first, second = stems(one), stems(other)
    return len(first & second) / len(first | second) if first | second else 0.0
