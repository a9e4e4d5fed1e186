"""The pages of one small case, from a coach that has taken it in."""

import pytest

from evals.cases import Case, load
from evals.ratings.page import Page, page_of
from evals.subject import Subject, Timings, running
from tests.evals.builders import LABELLED_CASE


@pytest.fixture(scope="session")
def case(tmp_path_factory) -> Case:
    path = tmp_path_factory.mktemp("cases") / "tiny.yaml"
    path.write_text(LABELLED_CASE, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="session")
def subject(case):
    with running() as parts:
        yield Subject(parts, case.file, Timings())


@pytest.fixture(scope="session")
def page(case, subject) -> Page:
    return page_of(case, subject, case.labels.checkpoints[0].as_of)
