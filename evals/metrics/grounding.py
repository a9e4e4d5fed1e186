"""Grounding: every citation of every answer quotes its note to the letter."""

from coach.model.citations import Citation
from evals.answers import answers, citations
from evals.metrics.counts import NO_RATIO, Ratio
from evals.metrics.metric import OWN, Metric
from evals.metrics.outcome import Tally
from evals.subject import AUDIENCES, Subject

_HOW = "citations that quote their note to the letter, of all in every answer to every audience"

GROUNDING = Metric(
    name="grounding",
    group="grounding",
    direction="higher",
    unit="share",
    how=_HOW,
    source=OWN,
    promised=1.0,
)
CITATIONS_EXACT = Metric(
    name="citations exact",
    group="other",
    direction="higher",
    unit="share",
    how=_HOW,
    source=OWN,
)

OF_LABELLED_CASES = (GROUNDING,)
OF_NOTES = (CITATIONS_EXACT,)


def measure_grounding(subject: Subject, tally: Tally) -> None:
    """Add every citation of every answer at the end."""
    for citation in citations(answers(subject, AUDIENCES)):
        exact = _is_exact(subject, citation)
        tally.add_ratio(GROUNDING, exact)
        if not exact:
            tally.add_miss("citation that quotes nothing", said=citation.quote)


def count_exact_citations(subject: Subject) -> dict[str, Ratio]:
    """Return how many citations of every answer at the end quote their note exactly."""
    total = NO_RATIO
    for citation in citations(answers(subject, AUDIENCES)):
        total += Ratio(_is_exact(subject, citation), 1)
    return {CITATIONS_EXACT.name: total}


def _is_exact(subject: Subject, citation: Citation) -> bool:
    text = subject.texts.get(citation.note_id, "")
    return citation.quote != "" and text[citation.start : citation.end] == citation.quote
