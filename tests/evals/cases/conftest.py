"""A small case in a file, with one thing said otherwise."""

import pytest

from tests.evals.cases.builders import CASE


@pytest.fixture
def written(tmp_path):
    """A case in a file, with one thing said otherwise."""

    def write(right="", wrong=""):
        assert right in CASE
        file = tmp_path / "kiln.yaml"
        file.write_text(CASE.replace(right, wrong, 1), encoding="utf-8")
        return file

    return write
