"""Measures the mentor's page: does it hold what it must, are its lines facts, how long is it."""

import re
from collections.abc import Mapping, Sequence

from coach.language.words import count, stems
from coach.model.answers import Brief, SectionKind
from coach.model.facts import FactKind, Statement
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
RIGHT_HEADING = Metric(
    name="brief lines under the right heading",
    group="brief",
    direction="higher",
    unit="share",
    how="statements under a heading that names a kind of fact "
    "whose place is labelled with that kind, of all under such headings",
    source=OWN,
)
LEANING = Metric(
    name="brief lines that cannot stand alone",
    group="brief",
    direction="lower",
    unit="share",
    how="statements of fewer than four words, "
    "or that open with a word for something named before, of all",
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

OF_LABELLED_CASES = (
    MUST_COVER_WEIGHTED,
    MUST_COVER,
    WORDS,
    ON_LABELLED_FACT,
    RIGHT_HEADING,
    LEANING,
)
OF_NOTES = (WORDS, STATEMENTS, STATEMENTS_KEPT, NOT_FOUND)


_KIND_OF_HEADING: Mapping[SectionKind, FactKind] = {
    "happy_about": "win",
    "concerns": "concern",
    "changed": "change",
    "tried": "attempt",
    "doubts": "doubt",
    "stoppers": "stopper",
    "asks": "ask",
    "decisions": "decision",
}
# A line of fewer words is a fragment. Chosen by hand; not measured.
_FEWEST = 4
_SPEAKER = re.compile(r"^[\w’'-]+: (?=\S)")
_OPENS_WITH_WHAT_WAS_NAMED = re.compile(
    r"(?:it|its|it['’]s|they|they['’]\w+|them|their|that|that['’]s|this is|those|these are|which"
    r"|who|because|none|neither|"
    r"the other|do it|have them|did it|gave it)\b",
    re.IGNORECASE,
)


def measure_brief(case: Case, subject: Subject, checkpoint: Checkpoint, tally: Tally) -> None:
    """Add what the mentor's page of a checkpoint holds of what the mentor may see."""
    page = subject.brief("mentor", checkpoint.as_of)
    statements = statements_of(page)
    _measure_cover(case, subject, checkpoint, statements, tally)
    tally.add_ratio(WORDS, sum(count(statement.text) for statement in statements))
    gold = [case.span(fact.note, fact.quote) for fact in case.labels.facts]
    on_fact = sum(
        any(overlaps(subject.span(statement.citations[0]), label) for label in gold)
        for statement in statements
    )
    tally.add_ratio(ON_LABELLED_FACT, on_fact, len(statements))
    _measure_headings(case, subject, page, tally)
    tally.add_ratio(LEANING, sum(leans(each.text) for each in statements), len(statements))
    _add_rows_to_judge(checkpoint, statements, tally)


def leans(text: str) -> bool:
    """Whether a line is a fragment, or opens with a word for something named in another line.

    This rule is simpler than the product's own and separate from it, so that it can show its
    errors.
    """
    said = without_speaker(text)
    return count(said) < _FEWEST or opens_with_what_was_named(said)


def without_speaker(text: str) -> str:
    """What is said, without who says it and without marks around it."""
    return _SPEAKER.sub("", text).strip("“”\"' -*•")


def opens_with_what_was_named(said: str) -> bool:
    """Whether words open with one for something that was named before."""
    return _OPENS_WITH_WHAT_WAS_NAMED.match(said) is not None


def _measure_headings(case: Case, subject: Subject, page: Brief, tally: Tally) -> None:
    for section in page.sections:
        kind = _KIND_OF_HEADING.get(section.kind)
        if kind is None:
            continue
        labels = [
            case.span(fact.note, fact.quote) for fact in case.labels.facts if fact.kind == kind
        ]
        for statement in section.statements:
            places = [subject.span(each) for each in statement.citations]
            right = any(overlaps(place, label) for place in places for label in labels)
            tally.add_ratio(RIGHT_HEADING, right)
            if not right:
                tally.add_miss(f"heading: {section.kind}", said=statement.text, wanted=kind)


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
    """Return how long a brief is, and how many of its statements pass the checks."""
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
