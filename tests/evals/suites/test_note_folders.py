"""A folder of notes becomes a mentorship."""

import pytest

from coach.errors import Invalid
from evals.suites.note_folders import load
from tests.evals.suites.notes_builders import write_note_folders


@pytest.fixture
def notes(tmp_path):
    return write_note_folders(tmp_path)


def test_a_folder_is_a_mentorship_of_its_dated_notes(notes):
    parser, single = load(notes)

    assert [f"{each.held_on}" for each in parser.file.sessions] == ["2024-06-11", "2024-06-18"]
    assert parser.file.mentorship.mentee.name == "Nadia Sow"
    assert [each.text for each in parser.file.contracts] == ["We meet every week."]
    assert single.file.mentorship.mentee.name == "Mentee"
    assert single.file.contracts == ()


def test_notes_that_cannot_be_taken_in_are_told_with_the_reason(notes):
    parser, _ = load(notes)

    assert [(miss.wanted, miss.said) for miss in parser.not_taken] == [
        ("benchmark.md", "no day in its name"),
        ("2024-06-25.md", "2024-06-25.md is not UTF-8 text"),
        ("2024-07-02.md", "it is blank"),
    ]


def test_a_folder_without_a_dated_note_is_an_error(tmp_path):
    (tmp_path / "2024__empty").mkdir()

    with pytest.raises(Invalid, match="no note of 2024__empty has a day"):
        load(tmp_path)


def test_a_folder_without_folders_is_an_error(tmp_path):
    with pytest.raises(Invalid, match="there is no folder of notes"):
        load(tmp_path)
