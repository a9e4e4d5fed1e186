"""The suite of labelled cases: takes each in, asks everything, and compares with the labels."""

from collections.abc import Callable, Sequence
from pathlib import Path

from coach.ports import Model
from coach.settings import Settings
from evals.cases import FOLDER, SPLITS, Case, load_folder, load_split
from evals.metrics import (
    brief,
    commitments,
    drift,
    facts,
    grounding,
    leakage,
    promises,
    questions,
    search,
)
from evals.metrics.outcome import CaseOutcome, Tally
from evals.metrics.questions import StemCounts, stem_counts
from evals.results.adding_up import added_up
from evals.results.result import Result
from evals.subject import Subject, Timings, running
from evals.suites.suite import Progress, Request, Suite


def run(request: Request, progress: Progress) -> Result:
    """Measure the cases of a split, or those of another folder."""
    cases = requested(request)
    progress.expect(len(cases))
    return run_cases(cases, progress.done, data=request.data or FOLDER, settings=request.model)


def requested(request: Request) -> Sequence[Case]:
    """The cases of the split that was asked for, or those of another folder."""
    if request.data is not None:
        return load_folder(request.data)
    splits = [split for split in SPLITS if request.split in {split, "all"}]
    return [case for split in splits for case in load_split(split)]


def run_cases(
    cases: Sequence[Case],
    done: Callable[[str], None],
    *,
    data: Path = FOLDER,
    settings: Settings | None = None,
) -> Result:
    """Measure every case with the embedded engine, and a model beside it that settings name."""
    timings = Timings()
    counts = stem_counts(cases)
    outcomes = []
    with running(settings) as parts:
        for case in cases:
            outcomes.append(case_outcome(case, Subject(parts, case.file, timings), counts))
            done(case.name)
        result = added_up("cases", outcomes, timings=timings, data=data)
        return result if parts.model is None else _by_model(result, parts.model)


def case_outcome(case: Case, subject: Subject, counts: StemCounts) -> CaseOutcome:
    """Every metric of one case; `counts` are the stems of all cases that are measured."""
    tally = Tally(case.name)
    facts.measure_facts(case, subject, tally)
    commitments.measure_commitments(case, subject, tally)
    for checkpoint in case.labels.checkpoints:
        brief.measure_brief(case, subject, checkpoint, tally)
        promises.measure_promises(case, subject, checkpoint, tally)
        drift.measure_drift(subject, checkpoint, tally)
    questions.measure_questions(case, subject, counts, tally)
    search.measure_searches(case, subject, tally)
    grounding.measure_grounding(subject, tally)
    leakage.measure_leakage(case, subject, tally)
    return tally.outcome()


def _by_model(result: Result, model: Model) -> Result:
    """The result with who made it and what that took."""
    told = {"engine": model.name, "engine_version": model.version, "model": model.model}
    return result.model_copy(
        update={
            "provenance": result.provenance.model_copy(update=told),
            "tokens": model.tokens,
        }
    )


SUITE = Suite(
    run=run,
    metrics=(
        *facts.OF_LABELLED_CASES,
        *commitments.OF_LABELLED_CASES,
        *brief.OF_LABELLED_CASES,
        *promises.OF_LABELLED_CASES,
        *drift.OF_LABELLED_CASES,
        *questions.OF_LABELLED_CASES,
        *search.OF_LABELLED_CASES,
        *grounding.OF_LABELLED_CASES,
        *leakage.OF_LABELLED_CASES,
    ),
    data="own or given",
    has_splits=True,
    uses_model=True,
    can_be_judged=True,
)
