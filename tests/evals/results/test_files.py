"""Results are kept and read back."""

import pytest

from coach.errors import Invalid
from evals.results.files import load, save
from tests.evals.builders import make_result


def test_a_saved_result_is_read_back(tmp_path):
    result = make_result(tmp_path, grounding=1)

    path = save(result, tmp_path / "reports")

    assert load(path) == result
    assert path.name.endswith("-embedded-cases.json")


@pytest.mark.parametrize(
    "content", [pytest.param("{}", id="something else"), pytest.param("\udcff", id="not text")]
)
def test_what_is_no_result_is_refused(tmp_path, content):
    path = tmp_path / "result.json"
    path.write_bytes(content.encode(errors="surrogateescape"))

    with pytest.raises(Invalid, match="is not the result of a run"):
        load(path)


def test_a_result_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid, match="cannot be read"):
        load(tmp_path / "nothing.json")
