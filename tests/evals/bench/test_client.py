"""Answers of a server."""

import pytest

from coach.errors import Failed
from evals.bench.client import Answer, expected


def test_another_status_than_expected_is_an_error_that_names_both():
    with pytest.raises(Failed, match="answered 404 where 200 was expected"):
        expected(Answer(404, b"", 1.0), 200)


def test_the_expected_answer_is_given_on():
    answer = Answer(200, b"{}", 1.0)

    assert expected(answer, 200) is answer
