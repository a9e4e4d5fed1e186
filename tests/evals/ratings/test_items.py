"""Names of what is judged."""

import pytest

from coach.errors import Invalid
from evals.ratings.items import digest, parsed
from tests.evals.ratings.builders import item_id


def test_a_name_is_read_as_it_is_written():
    name = item_id("3f0c9a51b2de", kind="warning", heading="cadence")

    assert parsed(str(name)) == name
    assert (name.page, name.scale) == (("tiny", name.day), "warnings")


def test_the_digest_is_of_the_words_alone():
    assert digest("The glaze held.") == digest("The glaze held.")
    assert digest("The glaze held.") != digest("The glaze held!")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("tiny/2026-01-06/line/doubts", id="a part is missing"),
        pytest.param("tiny/2026-01-06/rumour/doubts/3f", id="no such kind"),
        pytest.param("tiny/January/line/doubts/3f", id="no day"),
    ],
)
def test_what_is_no_name_is_told(name):
    with pytest.raises(Invalid, match="names no item"):
        parsed(name)
