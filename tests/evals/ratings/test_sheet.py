"""A sheet that somebody filled in."""

import pytest

from coach.errors import Invalid
from evals.ratings import sheet
from tests.evals.ratings.builders import item_id, write_sheet

LINE = str(item_id("aa"))
QUESTION = str(item_id("bb", kind="question", heading="goal"))


def test_verdicts_are_read_and_what_is_left_open_is_counted(tmp_path):
    path = write_sheet(
        tmp_path / "first.jsonl",
        {"id": LINE, "verdict": "misplaced", "why": "it is a joke"},
        {"id": QUESTION, "verdict": ""},
    )

    read = sheet.load(path)

    assert read == sheet.Sheet("first", {item_id("aa"): "misplaced"}, 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param({"id": LINE, "verdict": "fine"}, "a line is right, trivial", id="no word"),
        pytest.param(
            {"id": QUESTION, "verdict": "right"}, "a question is ask, weak", id="other scale"
        ),
        pytest.param({"id": "tiny", "verdict": "right"}, "names no item", id="no item"),
        pytest.param({"id": LINE}, "verdict: Field required", id="no verdict"),
        pytest.param({"id": LINE, "verdict": "right", "by": "me"}, "by: Extra", id="other key"),
        pytest.param({"id": str(item_id("zz")), "verdict": "right"}, "judged twice", id="twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, row, why):
    good = {"id": str(item_id("zz")), "verdict": "right"}

    with pytest.raises(Invalid, match=rf"^sheet\.jsonl, line 2: .*{why}"):
        sheet.load(write_sheet(tmp_path / "sheet.jsonl", good, row))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        pytest.param(b"right\n", "line 1: Invalid JSON", id="no JSON"),
        pytest.param(b"\xff\n", "is not UTF-8 text", id="no text"),
        pytest.param(b"\n\n", "nothing is judged yet", id="empty"),
    ],
)
def test_what_is_no_sheet_is_told(tmp_path, written, why):
    path = tmp_path / "sheet.jsonl"
    path.write_bytes(written)

    with pytest.raises(Invalid, match=why):
        sheet.load(path)


def test_every_sheet_that_ships_can_be_read():
    folder = sheet.FOLDER

    for path in sorted(folder.glob("*.jsonl")):
        assert sheet.load(path).left == 0, path.name
