"""Notes of our own in folders, published as people publish theirs."""

import pytest

from coach.errors import Invalid
from evals.series import load, run_series

FRONT = "---\ntitle: Week 1\nauthor: Nadia Sow\n---\n\n"
NOTE = """\
# Week 1

## Attendees

- Nadia Sow
- Tom Hale

## Discussion

- I finally got the parser to pass every test, very proud of it.
- I am worried that the build is too slow for the release.

## Next steps

- Nadia will send the benchmark to Tom by 20 June.
"""
GERMAN = """\
# Woche 2

Wir haben heute über die nächsten Schritte gesprochen und beschlossen, dass ich den Bericht bis zum Freitag schreibe.
Danach wollen wir gemeinsam überlegen, wie es mit der Arbeit weitergeht und wer die Leitung übernimmt.
"""


@pytest.fixture
def notes(tmp_path):
    """Two series: one with everything that may stand in a folder, one with a single note."""
    parser = tmp_path / "2024__parser"
    parser.mkdir()
    (parser / "00_project_proposal.md").write_text("We meet every week.", encoding="utf-8")
    (parser / "2024-06-11.md").write_text(FRONT + NOTE, encoding="utf-8")
    (parser / "nadia_2024.06.18.md").write_text(FRONT + GERMAN, encoding="utf-8")
    (parser / "2024-06-25.md").write_bytes(b"caf\xe9")
    (parser / "2024-07-02.md").write_text(" \n", encoding="utf-8")
    (parser / "benchmark.md").write_text("1 2 3", encoding="utf-8")
    single = tmp_path / "2025__single"
    single.mkdir()
    (single / "2025-01-08.md").write_text("I'll book the room by Friday.", encoding="utf-8")
    return tmp_path


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


def test_a_run_counts_what_is_read_without_labels(notes):
    seen = []

    result = run_series(notes, seen.append)

    assert (result.suite, seen) == ("notes", ["2024__parser", "2025__single"])
    assert result.value("citations exact") == 1
    assert result.value("notes read") == pytest.approx(2 / 6, abs=1e-5)
    assert [miss.said for miss in result.misses["2024__parser"]] == [
        "no day in its name",
        "2024-06-25.md is not UTF-8 text",
        "it is blank",
        "its language is de",
    ]
    assert result.by_case["2025__single"]["words"] == 6
    assert result.by_case["2025__single"]["commitments with an owner"] == 1
    assert result.by_case["2025__single"]["commitments with a due date"] == 1
    assert result.by_case["2025__single"]["commitments per 1,000 words"] == pytest.approx(
        1000 / 6, abs=1e-5
    )
    told = [each for each in result.metrics if each.name.startswith("facts per 1,000 words")]
    assert sum(each.value for each in told) > 0
    assert result.value("drift: cadence") is not None
    assert result.milliseconds["1,000 words taken in"]["calls"] == 2
