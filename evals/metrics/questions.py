"""Measures questions of briefs and reflections: do they keep the rules, do they fit this pair."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from coach.language.words import stems
from coach.model.answers import Brief, Reflection
from coach.model.questions import Question
from coach.questions.rules.grounding import grounded
from coach.questions.rules.table import RULES, faults
from evals.cases import Case
from evals.metrics.counts import Ratio
from evals.metrics.metric import OWN, Metric
from evals.metrics.outcome import Tally
from evals.subject import Subject

_GROUNDED = "Q6"
_RULES = (*RULES, _GROUNDED)
# A stem that a tenth of all mentorships use is a common word: of 36 labelled ones, four.
_COMMON_IN_ONE_OF = 10

KEEPS_RULE = {
    rule: Metric(
        name=f"questions keep {rule}",
        group="questions",
        direction="higher",
        unit="share",
        how=f"questions that keep rule {rule} of the product, of all",
        source="the rules of questions in the product's own table of them",
        is_detail=True,
    )
    for rule in _RULES
}
KEEPS_EVERY_RULE = Metric(
    name="questions keep every rule",
    group="questions",
    direction="higher",
    unit="share",
    how="questions that break no rule of the product, of all",
    source="the rules of questions in the product's own table of them",
)
SPECIFIC = Metric(
    name="questions specific to the pair",
    group="questions",
    direction="higher",
    unit="share",
    how="questions with a stem that less than a tenth of the other mentorships use, of all",
    source="the swap test: a question that fits any other pair is about none",
    column="specific questions",
)
ASKED = Metric(
    name="questions asked",
    group="questions",
    direction="none",
    unit="count",
    how="questions of the last brief and reflection, on average",
    source=OWN,
)
KEPT = Metric(
    name="questions kept",
    group="questions",
    direction="higher",
    unit="share",
    how="questions of the last brief and reflection, of those and the ones that were dropped",
    source=OWN,
)

OF_LABELLED_CASES = (*KEEPS_RULE.values(), KEEPS_EVERY_RULE, SPECIFIC)
OF_NOTES = (ASKED, KEPT)


class StemCounts(BaseModel):
    """In how many mentorships each stem occurs: what the swap test of questions needs."""

    cases: int
    stems: dict[str, int]


def stem_counts(cases: Sequence[Case]) -> StemCounts:
    """The stems of all cases."""
    counted: Counter[str] = Counter()
    for case in cases:
        counted.update(_stems_of(case))
    return StemCounts(cases=len(cases), stems=dict(counted))


def _stems_of(case: Case) -> frozenset[str]:
    return frozenset().union(*(stems(note.text) for note in case.notes.values()))


def measure_questions(case: Case, subject: Subject, counts: StemCounts, tally: Tally) -> None:
    """Add every question of briefs and reflections at the checkpoints."""
    asked: list[Question] = []
    for checkpoint in case.labels.checkpoints:
        asked += subject.brief("mentor", checkpoint.as_of).questions
        asked += subject.reflection(checkpoint.as_of).prompts
    here = _stems_of(case)
    not_here = {stem: times - (stem in here) for stem, times in counts.stems.items()}
    for question in asked:
        specific = is_specific(question.text, not_here, cases=counts.cases - 1)
        _measure_question(question, tally, specific=specific)


def _measure_question(question: Question, tally: Tally, *, specific: bool) -> None:
    broken = {fault.rule for fault in faults(question.text)}
    broken |= set() if grounded(question) else {_GROUNDED}
    for rule, metric in KEEPS_RULE.items():
        tally.add_ratio(metric, rule not in broken)
    tally.add_ratio(KEEPS_EVERY_RULE, not broken)
    tally.add_ratio(SPECIFIC, specific)
    if broken or not specific:
        wanted = ", ".join(sorted(broken)) or "specific"
        tally.add_miss("question", said=question.text, wanted=wanted)


def is_specific(text: str, elsewhere: Mapping[str, int], *, cases: int) -> bool:
    """Whether a text has a stem that less than a tenth of the other `cases` use."""
    return any(elsewhere.get(stem, 0) < max(1, cases / _COMMON_IN_ONE_OF) for stem in stems(text))


def count_questions(brief: Brief, reflection: Reflection) -> dict[str, Ratio]:
    """Return how many questions are asked, and how many of those written pass the checks."""
    asked = len(brief.questions) + len(reflection.prompts)
    dropped = brief.provenance.dropped.questions + reflection.provenance.dropped.questions
    return {ASKED.name: Ratio(asked, 1), KEPT.name: Ratio(asked, asked + dropped)}
