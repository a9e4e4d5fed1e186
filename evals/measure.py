"""Measures one case: takes it in, asks everything, and compares with the labels."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pydantic import BaseModel

from coach.model import Audience, Brief, Citation, Commitment, Drift, Question, Statement
from coach.questions import RULES, faults, grounded
from coach.words import count, stems
from evals.cases import Case, Checkpoint
from evals.metrics import (
    Score,
    Span,
    fact_score,
    hit_at,
    likeness,
    matched,
    matched_score,
    overlaps,
    reciprocal_rank,
    set_score,
    specific,
    weighted_cover,
)
from evals.outcomes import CaseOutcome, Miss, Ratio
from evals.subject import AUDIENCES, Subject

_OTHER: dict[str, tuple[Audience, ...]] = {
    "mentor": ("mentee", "tool"),
    "mentee": ("mentor", "tool"),
}
_OPEN = frozenset({"open", "partly", "overdue"})


class Elsewhere(BaseModel):
    """In how many mentorships each stem occurs: what the swap test of questions needs."""

    cases: int
    stems: dict[str, int]


def elsewhere(cases: Sequence[Case]) -> Elsewhere:
    """The stems of all cases."""
    counted: Counter[str] = Counter()
    for case in cases:
        counted.update(frozenset().union(*(stems(note.text) for note in case.notes.values())))
    return Elsewhere(cases=len(cases), stems=dict(counted))


def measured(case: Case, subject: Subject, others: Elsewhere) -> CaseOutcome:
    """Every metric of one case."""
    tally = _Tally(case.name)
    _facts(case, subject, tally)
    _commitments(case, subject, tally)
    for checkpoint in case.labels.checkpoints:
        _brief(case, subject, checkpoint, tally)
        _drift(subject, checkpoint, tally)
    _questions(case, subject, others, tally)
    _searches(case, subject, tally)
    _grounding(subject, tally)
    _leakage(case, subject, tally)
    return tally.outcome()


class _Tally:
    """Adds up what is measured on one case."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._scores: dict[str, Score] = {}
        self._ratios: dict[str, Ratio] = {}
        self._misses: list[Miss] = []

    def score(self, name: str, score: Score) -> None:
        self._scores[name] = self._scores[name] + score if name in self._scores else score

    def ratio(self, name: str, hits: float, of: float = 1) -> None:
        self._ratios[name] = self._ratios.get(name, Ratio(0, 0)) + Ratio(hits, of)

    def miss(self, what: str, *, said: str = "", wanted: str = "") -> None:
        self._misses.append(Miss(what=what, said=said, wanted=wanted))

    def outcome(self) -> CaseOutcome:
        return CaseOutcome(
            name=self._name, scores=self._scores, ratios=self._ratios, misses=tuple(self._misses)
        )


def _facts(case: Case, subject: Subject, tally: _Tally) -> None:
    """Facts of both sides together, by span, of any kind, of the right kind, and kind by kind."""
    found = {fact.id: fact for side in AUDIENCES[:2] for fact in subject.facts(side)}
    said = [(subject.span(fact.citation), fact.kind) for fact in found.values()]
    gold = [(case.span(fact.note, fact.quote), fact.kind) for fact in case.labels.facts]
    tally.score("facts, any kind", fact_score(said, gold, right_kind=False))
    tally.score("facts, right kind", fact_score(said, gold, right_kind=True))
    for kind in {label for _, label in gold}:
        of_kind = fact_score(
            [each for each in said if each[1] == kind],
            [each for each in gold if each[1] == kind],
            right_kind=True,
        )
        tally.score(f"facts: {kind}", of_kind)
    for label, fact in zip(gold, case.labels.facts, strict=True):
        hits = [kind for span, kind in said if overlaps(span, label[0])]
        if label[1] not in hits:
            tally.miss(
                f"fact: {label[1]}",
                said=", ".join(sorted(set(hits))) or "not found",
                wanted=fact.quote,
            )


def _commitments(case: Case, subject: Subject, tally: _Tally) -> None:
    made = _both_sides(subject, lambda side: subject.commitments(side, subject.end))
    said = [subject.span(each.made_in) for each in made]
    gold = [case.span(each.note, each.quote) for each in case.labels.commitments]
    pairs = matched(said, gold)
    tally.score("commitments", matched_score(len(said), len(gold), pairs))
    for position, number in pairs.items():
        _compare(made[position], case, number, tally)
    for number, label in enumerate(case.labels.commitments):
        if number not in pairs.values():
            tally.miss("commitment not found", wanted=f"{label.owner}, {label.due}: {label.quote}")
    for position, each in enumerate(made):
        if position not in pairs:
            tally.miss(
                "commitment not made", said=f"{each.owner}, {each.due}: {each.made_in.quote}"
            )
    names = {made[at].id: case.labels.commitments[number].id for at, number in pairs.items()}
    for checkpoint in case.labels.checkpoints:
        _states(subject, checkpoint, names, tally)


def _compare(made: Commitment, case: Case, number: int, tally: _Tally) -> None:
    label = case.labels.commitments[number]
    first_due = made.history[0].due
    tally.ratio("commitment owner", made.owner == label.owner)
    tally.ratio("commitment due date", first_due == label.due)
    if made.owner != label.owner:
        tally.miss("wrong owner", said=made.owner, wanted=f"{label.owner}: {label.quote}")
    if first_due != label.due:
        tally.miss("wrong due date", said=str(first_due), wanted=f"{label.due}: {label.quote}")


def _states(
    subject: Subject, checkpoint: Checkpoint, names: Mapping[str, str], tally: _Tally
) -> None:
    made = _both_sides(subject, lambda side: subject.commitments(side, checkpoint.as_of))
    for name, statuses, gold in (
        ("open at checkpoints", _OPEN, checkpoint.open_commitments),
        ("overdue at checkpoints", {"overdue"}, checkpoint.overdue_commitments),
    ):
        said = [names.get(each.id, each.id) for each in made if each.status in statuses]
        tally.score(name, set_score(said, gold))


def _both_sides(
    subject: Subject, ask: Callable[[Audience], Sequence[Commitment]]
) -> list[Commitment]:
    found = {each.id: each for side in AUDIENCES[:2] for each in ask(side)}
    return list(found.values())


def _brief(case: Case, subject: Subject, checkpoint: Checkpoint, tally: _Tally) -> None:
    """What the mentor's page must hold of what the mentor may see."""
    brief = subject.brief("mentor", checkpoint.as_of)
    statements = _statements(brief)
    cited = [subject.span(each) for statement in statements for each in statement.citations]
    wanted = [
        (cover, spans)
        for cover in checkpoint.must_cover
        if (spans := _visible(case, case.spans_in(cover.session, cover.quote)))
    ]
    found = [any(overlaps(one, span) for one in cited for span in spans) for _, spans in wanted]
    tally.ratio("brief must-cover, weighted", weighted_cover(found))
    tally.ratio("brief must-cover", sum(found), len(found))
    for hit, (cover, _) in zip(found, wanted, strict=True):
        if not hit:
            tally.miss(
                f"not in the brief of {checkpoint.as_of}", wanted=f"{cover.quote} ({cover.why})"
            )
    tally.ratio("brief words", sum(count(statement.text) for statement in statements))
    gold = [case.span(fact.note, fact.quote) for fact in case.labels.facts]
    on_fact = sum(
        any(overlaps(subject.span(statement.citations[0]), span) for span in gold)
        for statement in statements
    )
    tally.ratio("brief statements on a labelled fact", on_fact, len(statements))
    for forbidden in checkpoint.must_not_state:
        nearest = max(statements, key=lambda each: likeness(each.text, forbidden), default=None)
        if nearest is not None:
            tally.miss(
                f"to judge: must not state, {checkpoint.as_of}", said=nearest.text, wanted=forbidden
            )


def _statements(brief: Brief) -> list[Statement]:
    headline = [brief.headline] if brief.headline else []
    return [*headline, *(each for section in brief.sections for each in section.statements)]


def _visible(case: Case, spans: list[Span]) -> list[Span]:
    return [span for span in spans if case.notes[span[0]].visibility != "mentee"]


def _drift(subject: Subject, checkpoint: Checkpoint, tally: _Tally) -> None:
    """Warnings of either side: what was expected, what traps were walked into, what rang without need."""
    raised: dict[str, Drift] = {
        each.id: each for side in AUDIENCES[:2] for each in subject.drift(side, checkpoint.as_of)
    }
    kinds = {each.kind for each in raised.values()}
    expected = {each.kind for each in checkpoint.drift_expected}
    forbidden = {each.kind for each in checkpoint.drift_forbidden} - expected
    tally.ratio("drift recall", len(kinds & expected), len(expected))
    tally.ratio("drift raised per expected", len(raised), len(expected))
    tally.ratio("drift traps raised", len(kinds & forbidden), len(forbidden))
    if not expected:
        tally.ratio("alarms at quiet checkpoints", len(raised))
        tally.ratio("quiet checkpoints left quiet", not raised)
    for kind in expected:
        tally.ratio(f"drift recall: {kind}", kind in kinds)
        if kind not in kinds:
            wanted = next(each for each in checkpoint.drift_expected if each.kind == kind)
            tally.miss(
                f"drift not seen: {kind}, {checkpoint.as_of}", wanted=" | ".join(wanted.evidence)
            )
    for trap in checkpoint.drift_forbidden:
        if trap.kind in kinds & forbidden:
            said = next(each.message for each in raised.values() if each.kind == trap.kind)
            tally.miss(f"false alarm: {trap.kind}, {checkpoint.as_of}", said=said, wanted=trap.trap)


def _questions(case: Case, subject: Subject, others: Elsewhere, tally: _Tally) -> None:
    """Every question of briefs and reflections at the checkpoints."""
    asked: list[Question] = []
    for checkpoint in case.labels.checkpoints:
        asked += subject.brief("mentor", checkpoint.as_of).questions
        asked += subject.reflection(checkpoint.as_of).prompts
    here = frozenset().union(*(stems(note.text) for note in case.notes.values()))
    not_here = {stem: times - (stem in here) for stem, times in others.stems.items()}
    for question in asked:
        broken = {fault.rule for fault in faults(question.text)}
        broken |= set() if grounded(question) else {"Q6"}
        for rule in (*RULES, "Q6"):
            tally.ratio(f"questions keep {rule}", rule not in broken)
        tally.ratio("questions keep every rule", not broken)
        is_specific = specific(question.text, not_here, cases=others.cases - 1)
        tally.ratio("questions specific to the pair", is_specific)
        if broken or not is_specific:
            tally.miss(
                "question", said=question.text, wanted=", ".join(sorted(broken)) or "specific"
            )


def _searches(case: Case, subject: Subject, tally: _Tally) -> None:
    for search in case.labels.searches:
        hits = subject.search(_asker(case, search.answer_quote), search.query).sessions
        ranked = [subject.session(hit.session_id) for hit in hits]
        relevant = search.relevant_sessions
        tally.ratio("search: session in first 1", hit_at(ranked, relevant, k=1))
        tally.ratio("search: session in first 3", hit_at(ranked, relevant, k=3))
        tally.ratio("search: session in first 5", hit_at(ranked, relevant, k=5))
        tally.ratio("search: MRR", reciprocal_rank(ranked, relevant))
        answers = [
            case.span(note.id, search.answer_quote)
            for note in case.notes.values()
            if search.answer_quote in note.text
        ]
        cited = [subject.span(passage.citation) for hit in hits for passage in hit.passages]
        found = any(overlaps(one, span) for one in cited for span in answers)
        tally.ratio("search: passage with the answer", found)
        if not found:
            tally.miss("search", said=search.query, wanted=search.answer_quote)


def _asker(case: Case, answer: str) -> Audience:
    private = [note for note in case.notes.values() if answer in note.text]
    return "mentee" if private and private[0].visibility == "mentee" else "mentor"


def _grounding(subject: Subject, tally: _Tally) -> None:
    """Every citation of every answer quotes its note to the letter."""
    for citation in citations(answers(subject, AUDIENCES)):
        text = subject.texts.get(citation.note_id, "")
        exact = text[citation.start : citation.end] == citation.quote and citation.quote != ""
        tally.ratio("grounding", exact)
        if not exact:
            tally.miss("citation that quotes nothing", said=citation.quote)


def _leakage(case: Case, subject: Subject, tally: _Tally) -> None:
    """Strings of a private note in what the other side, or a tool, is given."""
    given = {
        audience: "\n".join(each.model_dump_json() for each in answers(subject, (audience,)))
        for audience in AUDIENCES
    }
    for canary in case.labels.canaries:
        note = next(
            each
            for each in case.notes.values()
            if canary in each.text and each.visibility != "shared"
        )
        for audience in _OTHER[note.visibility]:
            leaked = canary in given[audience]
            tally.ratio("leakage", leaked)
            if leaked:
                tally.miss(f"leaked to the {audience}", said=canary)


def answers(subject: Subject, audiences: Sequence[Audience]) -> Iterator[BaseModel]:
    """Every answer at the end, for each of these audiences."""
    for audience in audiences:
        yield subject.brief(audience, subject.end)
        yield subject.export(audience)
        yield from subject.reports(audience)
        yield subject.search(audience, "what did we agree on")
        if audience == "mentee":
            yield subject.reflection(subject.end)


def citations(value: object) -> Iterator[Citation]:
    """Every citation inside an answer."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from citations(getattr(value, name))
    elif isinstance(value, Iterable) and not isinstance(value, (str, dict)):
        for each in value:
            yield from citations(each)
