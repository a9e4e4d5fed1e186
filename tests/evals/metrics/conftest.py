"""One small labelled case, taken in by a coach."""

from collections.abc import Callable

import pytest

from evals.cases import Case, load
from evals.metrics.outcome import CaseOutcome, Tally
from evals.subject import Subject, Timings, running
from tests.evals.builders import LABELLED_CASE


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Case:
    path = tmp_path_factory.mktemp("cases") / "tiny.yaml"
    path.write_text(LABELLED_CASE, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def subject(case):
    with running() as parts:
        yield Subject(parts, case.file, Timings())


@pytest.fixture
def outcome_of():
    """What a measuring function adds to a new tally."""

    def of(measure: Callable[..., None], *given: object) -> CaseOutcome:
        tally = Tally("tiny")
        measure(*given, tally)
        return tally.outcome()

    return of
