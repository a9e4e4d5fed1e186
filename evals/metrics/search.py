"""Search: is the right session near the top, and does a passage hold the answer."""

from collections.abc import Collection, Mapping, Sequence

from coach.model.people import Audience
from coach.model.search import SessionHit
from evals.cases import Case, NoteSpan
from evals.cases import Search as LabelledSearch
from evals.metrics.counts import Ratio
from evals.metrics.metric import OWN, Metric
from evals.metrics.note_spans import overlaps
from evals.metrics.outcome import Tally
from evals.subject import Subject

_LOCOMO = "Maharana et al., Evaluating Very Long-Term Conversational Memory, ACL 2024"
_VOORHEES = "Voorhees, The TREC-8 Question Answering Track Report, 1999"
# LoCoMo is published with recall among the first five; a search of the product gives as many.
FIRST = 5
# One, a screen's top, and all that a search gives.
_RANKS = (1, 3, FIRST)

SESSION_IN_FIRST = {
    rank: Metric(
        name=f"search: session in first {rank}",
        group="search",
        direction="higher",
        unit="share",
        how=f"searches with a relevant session among the first {rank}, of all",
        source="success at k, as retrieval tracks of TREC report it",
        column="session in first 3" if rank == 3 else "",
    )
    for rank in _RANKS
}
RECIPROCAL_RANK = Metric(
    name="search: MRR",
    group="search",
    direction="higher",
    unit="share",
    how="one by the rank of the first relevant session, on average",
    source=_VOORHEES,
)
PASSAGE = Metric(
    name="search: passage with the answer",
    group="search",
    direction="higher",
    unit="share",
    how="searches with a passage that overlaps the labelled answer, of all",
    source=OWN,
    column="passage with answer",
)
SESSION_RECALL = Metric(
    name="session recall@5",
    group="search",
    direction="higher",
    unit="share",
    how="sessions with evidence that are among the first five, question by question",
    source=_LOCOMO,
)
PASSAGE_RECALL = Metric(
    name="passage recall@5",
    group="search",
    direction="higher",
    unit="share",
    how="turns of evidence that the best five passages overlap, question by question",
    source=_LOCOMO,
)
LOCOMO_RECIPROCAL_RANK = Metric(
    name="MRR",
    group="search",
    direction="higher",
    unit="share",
    how="one by the rank of the first session with evidence, on average",
    source=_VOORHEES,
)
ANSWERED = Metric(
    name="answered",
    group="abstention",
    direction="higher",
    unit="share",
    how="questions with evidence for which search finds anything, of all",
    source=OWN,
)
QUESTIONS_SCORED = Metric(
    name="questions scored",
    group="questions",
    direction="higher",
    unit="share",
    how="questions whose evidence names a turn of their talk, of all",
    source=OWN,
)
EVIDENCE_USABLE = Metric(
    name="evidence usable",
    group="other",
    direction="higher",
    unit="share",
    how="names of evidence that are names of turns, of all",
    source=OWN,
)
_CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop", 5: "adversarial"}
_BY_CATEGORY = (SESSION_RECALL, PASSAGE_RECALL, LOCOMO_RECIPROCAL_RANK, ANSWERED)

OF_LABELLED_CASES = (*SESSION_IN_FIRST.values(), RECIPROCAL_RANK, PASSAGE)
OF_LOCOMO = (
    QUESTIONS_SCORED,
    EVIDENCE_USABLE,
    *_BY_CATEGORY,
    *(metric.of_kind(name) for metric in _BY_CATEGORY for name in _CATEGORIES.values()),
)


def measure_searches(case: Case, subject: Subject, tally: Tally) -> None:
    """Add every labelled search, asked by somebody who may see the answer."""
    for search in case.labels.searches:
        asker = _asker(case, search.answer_quote)
        hits = subject.search(asker, search.query).sessions
        ranked = [subject.session(hit.session_id) for hit in hits]
        for rank, metric in SESSION_IN_FIRST.items():
            tally.add_ratio(metric, hit_at(ranked, search.relevant_sessions, k=rank))
        tally.add_ratio(RECIPROCAL_RANK, reciprocal_rank(ranked, search.relevant_sessions))
        found = _has_answer(case, subject, search, hits)
        tally.add_ratio(PASSAGE, found)
        if not found:
            tally.add_miss("search", said=search.query, wanted=search.answer_quote)


def _asker(case: Case, answer: str) -> Audience:
    private = [note for note in case.notes.values() if answer in note.text]
    return "mentee" if private and private[0].visibility == "mentee" else "mentor"


def _has_answer(
    case: Case, subject: Subject, search: LabelledSearch, hits: Sequence[SessionHit]
) -> bool:
    answers = [
        case.span(note.id, search.answer_quote)
        for note in case.notes.values()
        if search.answer_quote in note.text
    ]
    cited = [subject.span(passage.citation) for hit in hits for passage in hit.passages]
    return any(overlaps(one, answer) for one in cited for answer in answers)


def evidence_ratios(known: int, named: int) -> dict[str, Ratio]:
    """Return how much of a LoCoMo question's evidence can be used, and whether it is asked."""
    return {
        QUESTIONS_SCORED.name: Ratio(bool(known), 1),
        EVIDENCE_USABLE.name: Ratio(known, named),
    }


def recall_ratios(
    turns: Sequence[NoteSpan], hits: Sequence[SessionHit], subject: Subject
) -> dict[Metric, Ratio]:
    """Return what search finds of one LoCoMo question.

    Recall is of the question's own sessions and turns, so that each question counts alike.
    """
    wanted = {note for note, _, _ in turns}
    ranked = [subject.session(hit.session_id) for hit in hits]
    best = sorted((each for hit in hits for each in hit.passages), key=lambda each: -each.score)
    cited = [subject.span(passage.citation) for passage in best[:FIRST]]
    found = sum(any(overlaps(one, turn) for one in cited) for turn in turns)
    return {
        SESSION_RECALL: Ratio(len(wanted & set(ranked[:FIRST])) / len(wanted), 1),
        PASSAGE_RECALL: Ratio(found / len(turns), 1),
        LOCOMO_RECIPROCAL_RANK: Ratio(reciprocal_rank(ranked, wanted), 1),
        ANSWERED: Ratio(bool(hits), 1),
    }


def with_category(ratios: Mapping[Metric, Ratio], category: int) -> dict[str, Ratio]:
    """The ratios by name, and once more under the name of the question's category."""
    kind = _CATEGORIES.get(category, f"category {category}")
    whole = {metric.name: ratio for metric, ratio in ratios.items()}
    return {**whole, **{metric.of_kind(kind).name: ratio for metric, ratio in ratios.items()}}


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """One by the rank of the first relevant one, 0 when there is none (Voorhees 1999)."""
    for rank, each in enumerate(ranked, start=1):
        if each in relevant:
            return 1 / rank
    return 0.0


def hit_at(ranked: Sequence[str], relevant: Collection[str], *, k: int) -> bool:
    """Whether a relevant one is among the first k."""
    return any(each in relevant for each in ranked[:k])
