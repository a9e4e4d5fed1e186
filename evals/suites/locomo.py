"""The suite of LoCoMo (Maharana et al., ACL 2024): every question of every talk, asked by search.

Evidence that names no turn of its talk is skipped and counted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from evals.metrics.counts import NO_RATIO, Ratio
from evals.metrics.metric import Metric
from evals.metrics.outcome import CaseOutcome, Miss
from evals.metrics.search import (
    ANSWERED,
    OF_LOCOMO,
    PASSAGE_RECALL,
    SESSION_RECALL,
    evidence_ratios,
    recall_ratios,
    with_category,
)
from evals.results.adding_up import added_up
from evals.results.result import Result
from evals.subject import Subject, Timings, running
from evals.suites.locomo_talks import Talk, load
from evals.suites.suite import Progress, Request, Suite


def run(request: Request, progress: Progress) -> Result:
    """Measure the talks of the file that was given."""
    return run_locomo(request.data_or_refuse("the file as LoCoMo publishes it"), progress.done)


def run_locomo(file: Path, done: Callable[[str], None]) -> Result:
    """Ask every question of every talk in the file."""
    timings = Timings()
    outcomes = []
    with running() as parts:
        for talk in load(file):
            outcomes.append(talk_outcome(talk, Subject(parts, talk.file, timings)))
            done(talk.file.mentorship.id)
    return added_up("locomo", outcomes, timings=timings, data=file.parent)


def talk_outcome(talk: Talk, subject: Subject) -> CaseOutcome:
    """Every question of one talk."""
    ratios: list[Mapping[str, Ratio]] = []
    misses = []
    for number, question in enumerate(talk.questions):
        known = [each for each in question.evidence if each in talk.turns]
        wrong = [each for each in question.evidence if each not in talk.turns]
        misses += [_miss("evidence names no turn", number, wanted=each) for each in wrong]
        ratios.append(evidence_ratios(len(known), len(question.evidence)))
        if known:
            hits = subject.search("tool", question.question).sessions
            found = recall_ratios([talk.turns[each] for each in known], hits, subject)
            ratios.append(with_category(found, question.category))
            misses += _misses(found, number, known)
    name = talk.file.mentorship.id
    return CaseOutcome(name=name, scores={}, ratios=_summed(ratios), misses=tuple(misses))


def _misses(found: Mapping[Metric, Ratio], number: int, known: Sequence[str]) -> list[Miss]:
    wanted = ", ".join(known)
    if not found[ANSWERED].hits:
        return [_miss("abstained", number, wanted=wanted)]
    return [
        _miss(f"nothing in {metric.name}", number, wanted=wanted)
        for metric in (SESSION_RECALL, PASSAGE_RECALL)
        if not found[metric].hits
    ]


def _miss(what: str, number: int, *, wanted: str) -> Miss:
    return Miss(what=what, said=f"qa[{number}]", wanted=wanted)


def _summed(ratios: Iterable[Mapping[str, Ratio]]) -> dict[str, Ratio]:
    total: dict[str, Ratio] = {}
    for each in ratios:
        for name, ratio in each.items():
            total[name] = total.get(name, NO_RATIO) + ratio
    return total


SUITE = Suite(run=run, metrics=OF_LOCOMO, data="given")
