"""What the readers of commitments are taught, and from what."""

import json
from datetime import date
from pathlib import Path

import pytest

from evals.training.labelled import read_case, read_marked
from evals.training.promises import learn, rows

CASES = Path(__file__).parents[3] / "evals" / "cases" / "train"
MARKED = """mentor: Ana Ruiz
mentee: Ben Okoro
=== 2026-03-02 mentee shared text
Tea first. [[commitment c1 mentee 2026-03-06|I'll send the draft by Friday.]]
[[commitment c2 third -|Sam will book the room.]]
=== 2026-03-16 mentee shared text
[[win done:c1|The draft landed on Thursday.]] \
[[none rescheduled:c2:2026-03-20|Sam needs till the 20th.]]
"""


@pytest.fixture
def marked(tmp_path):
    path = tmp_path / "marked.txt"
    path.write_text(MARKED, encoding="utf-8")
    return read_marked(path)


def test_marks_become_commitments_and_what_became_of_them_at_their_place(marked):
    first, second = (held.note.text for held in marked.notes)

    assert [first[made.start : made.end] for made in marked.made] == [
        "I'll send the draft by Friday.",
        "Sam will book the room.",
    ]
    assert [(made.owner, made.due) for made in marked.made] == [
        ("mentee", date(2026, 3, 6)),
        (None, None),
    ]
    assert [(second[told.start : told.end], told.status) for told in marked.told] == [
        ("The draft landed on Thursday.", "done"),
        ("Sam needs till the 20th.", "rescheduled"),
    ]


def test_what_somebody_outside_the_two_will_do_is_taught_as_no_promise(marked):
    taught = {row.said.unit.text: (row.promise, row.outcome) for row in rows(marked)}

    assert taught == {
        "Tea first.": ("none", "none"),
        "I'll send the draft by Friday.": ("self", "none"),
        "Sam will book the room.": ("none", "none"),
        "The draft landed on Thursday.": ("none", "done"),
        "Sam needs till the 20th.": ("none", "short"),
    }


def test_a_case_files_outcomes_are_found_in_their_session():
    case = read_case(sorted(CASES.glob("*.yaml"))[0])
    notes = {held.note.id: held for held in case.notes}
    made = {each.id: each for each in case.made}

    assert case.told
    assert all(
        notes[told.note_id].held_on > notes[made[told.id].note_id].held_on for told in case.told
    )


def test_the_same_notes_teach_the_same_weights(marked, tmp_path):
    kept = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        learn([marked] * 3, folder)
        kept.append((folder / "promises.json").read_text(encoding="utf-8"))

    assert kept[0] == kept[1]
    assert json.loads(kept[0])["classes"] == ["none", "self", "other", "both", "unassigned"]
