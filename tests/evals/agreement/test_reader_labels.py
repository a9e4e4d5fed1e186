"""Labels of a reader are read strictly."""

import pytest
import yaml

from coach.errors import Invalid
from evals.agreement.reader_labels import load_labels
from tests.evals.agreement.builders import labels_as_written, make_case


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        pytest.param([("win", "The glaze ran.")], "facts.0: is not in note n1", id="no quote"),
        pytest.param([("joy", "The glaze held.")], "facts.0.kind", id="no such kind"),
    ],
)
def test_labels_that_do_not_fit_are_told_with_their_file(tmp_path, facts, told):
    file = tmp_path / "kiln.yaml"
    file.write_text(yaml.safe_dump(labels_as_written(facts)), encoding="utf-8")

    with pytest.raises(Invalid) as error:
        load_labels(file, make_case())

    assert "kiln.yaml" in str(error.value)
    assert told in str(error.value)


def test_labels_of_another_session_are_told(tmp_path):
    labels = labels_as_written([("win", "The glaze held.")])
    labels["facts"][0]["session"] = "s2"
    file = tmp_path / "kiln.yaml"
    file.write_text(yaml.safe_dump(labels), encoding="utf-8")

    with pytest.raises(Invalid, match="is not in note n1 of session s2"):
        load_labels(file, make_case())


def test_a_case_that_nobody_read_is_told(tmp_path):
    with pytest.raises(Invalid, match="nobody's labels"):
        load_labels(tmp_path / "kiln.yaml", make_case())
