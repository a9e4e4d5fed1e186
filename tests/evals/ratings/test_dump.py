"""Pages in a folder, to read and to judge."""

import json

import pytest

from coach.errors import Invalid
from evals.ratings.dump import GUIDE, ITEMS, SHEET, pages, write
from evals.ratings.items import VERDICTS, parsed
from evals.ratings.sheet import load


def rows(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_pages_items_the_sheet_and_the_guide_are_written(page, tmp_path):
    count = write([page], tmp_path)

    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        ["tiny-2026-01-06.md", ITEMS, SHEET, GUIDE.name]
    )
    assert rows(tmp_path / ITEMS) == [item.model_dump() for item in page.items]
    assert rows(tmp_path / SHEET) == [
        {"id": item.id, "verdict": "", "why": ""} for item in page.items
    ]
    assert count == len(page.items)


def test_a_new_sheet_is_empty_and_can_be_filled_in(page, tmp_path):
    write([page], tmp_path)
    sheet = tmp_path / SHEET
    with pytest.raises(Invalid, match="nothing is judged yet"):
        load(sheet)
    first, *rest = rows(sheet)
    first["verdict"] = VERDICTS[parsed(first["id"]).scale][0]
    sheet.write_text("\n".join(map(json.dumps, [first, *rest])), encoding="utf-8")

    assert load(sheet).verdicts == {parsed(first["id"]): first["verdict"]}
    assert load(sheet).left == len(rest)


def test_the_same_notes_give_the_same_ids_whatever_was_taken_in_before(case, page):
    other = case.model_copy(update={"name": "before"})
    days = {"before": [page.day], "tiny": [page.day]}

    _, again = pages([other, case], days, None, lambda _name: None)

    assert [item.id for item in again.items] == [item.id for item in page.items]


def test_a_folder_that_may_hold_verdicts_is_left_alone(page, tmp_path):
    write([page], tmp_path)

    with pytest.raises(Invalid, match="is not empty"):
        write([page], tmp_path)


def test_a_case_without_days_is_not_taken_in(case):
    assert pages([case], {}, None, lambda _name: None) == []


def test_the_guide_says_how_to_use_every_word():
    text = GUIDE.read_text(encoding="utf-8")

    for words in VERDICTS.values():
        for word in words:
            assert f"**{word}**" in text
