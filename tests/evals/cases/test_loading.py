"""Labelled cases are read strictly, and those that ship are whole."""

import re
from collections import Counter
from typing import get_args

import pytest

from coach.errors import Invalid
from coach.model import DriftKind
from evals.cases import FOLDER, SPLITS, load, load_folder, load_split

CASE = """\
id: kiln
domain: potter to studio lead
style: short
mentor: {name: Ana Lima}
mentee: {name: Ben Okoro}
started_on: 2026-01-05
contracts: []
sessions:
- id: s1
  held_on: 2026-01-05
  notes:
  - {id: s1a, author: mentee, visibility: shared, format: text, text: I will glaze the bowls by Friday.}
  - {id: s1b, author: mentor, visibility: mentor, format: text, text: He looked tired of the heron.}
- id: s2
  held_on: 2026-01-19
  notes:
  - {id: s2a, author: mentee, visibility: shared, format: text, text: The bowls are glazed.}
gold:
  facts:
  - session: s2
    note: s2a
    kind: win
    quote: The bowls are glazed
  commitments:
  - id: c1
    session: s1
    note: s1a
    quote: I will glaze the bowls by Friday.
    owner: mentee
    action: glaze the bowls
    due: 2026-01-09
    outcomes:
    - {session: s2, status: done, quote: The bowls are glazed.}
  checkpoints:
  - as_of: 2026-01-20
    must_cover:
    - {quote: bowls are glazed, session: s2, why: news}
    must_not_state: []
    open_commitments: [c1]
    overdue_commitments: []
    drift_expected: []
    drift_forbidden: []
  searches:
  - query: pots
    relevant_sessions: [s2]
    answer_quote: bowls are glazed
  canaries:
  - the heron
"""
_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_URL = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)


@pytest.fixture
def written(tmp_path):
    """A case in a file, with one thing said otherwise."""

    def write(right="", wrong=""):
        assert right in CASE
        file = tmp_path / "kiln.yaml"
        file.write_text(CASE.replace(right, wrong, 1), encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="module")
def shipped():
    """Every case, by split."""
    return {split: load_split(split) for split in SPLITS}


def test_a_case_tells_where_its_quotes_stand(written):
    case = load(written(), split="dev")

    assert (case.name, case.split) == ("kiln", "dev")
    assert case.span("s1a", "the bowls") == ("s1a", 13, 22)
    assert case.spans_in("s2", "bowls are") == [("s2a", 4, 13)]
    assert case.spans_in("s1", "bowls are") == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        pytest.param(
            "    kind: win\n",
            "    kind: win\n    colour: blue\n",
            "kiln.yaml, line 23: gold.facts.0.colour: Extra inputs are not permitted",
            id="an unknown key",
        ),
        pytest.param(
            "kind: win", "kind: joy", "kiln.yaml, line 22: gold.facts.0.kind: ", id="a new kind"
        ),
        pytest.param(
            "    note: s2a\n",
            "    note: s1a\n",
            "kiln.yaml, line 21: gold.facts.0.note: session s2 has no note s1a",
            id="a note of another session",
        ),
        pytest.param(
            "quote: The bowls are glazed\n",
            "quote: The bowls were glazed\n",
            "kiln.yaml, line 23: gold.facts.0.quote: is not in the note",
            id="a fact that quotes no note",
        ),
        pytest.param(
            "    session: s1\n",
            "    session: s9\n",
            "kiln.yaml, line 26: gold.commitments.0.session: there is no session s9",
            id="a commitment of no session",
        ),
        pytest.param(
            "quote: I will glaze the bowls by Friday.",
            "quote: I will glaze the bowls by Sunday.",
            "kiln.yaml, line 28: gold.commitments.0.quote: is not in the note",
            id="a commitment that quotes no note",
        ),
        pytest.param(
            "{session: s2, status: done",
            "{session: s1, status: done",
            "kiln.yaml, line 33: gold.commitments.0.outcomes.0.quote: is in no note of the session",
            id="an outcome of the wrong session",
        ),
        pytest.param(
            "session: s2, why: news",
            "session: s7, why: news",
            "kiln.yaml, line 37: gold.checkpoints.0.must_cover.0.session: there is no session s7",
            id="a must-cover of no session",
        ),
        pytest.param(
            "open_commitments: [c1]",
            "open_commitments: [c8]",
            "kiln.yaml, line 39: gold.checkpoints.0.open_commitments: there is no commitment c8",
            id="a commitment nobody made",
        ),
        pytest.param(
            "relevant_sessions: [s2]",
            "relevant_sessions: [s5]",
            "kiln.yaml, line 44: gold.searches.0: there is no session s5",
            id="a search for no session",
        ),
        pytest.param(
            "answer_quote: bowls are glazed",
            "answer_quote: bowls are broken",
            "kiln.yaml, line 46: gold.searches.0.answer_quote: is in no note",
            id="an answer in no note",
        ),
        pytest.param(
            "  - the heron",
            "  - the bowls",
            "kiln.yaml, line 48: gold.canaries.0: is in no private note",
            id="a canary that everybody may see",
        ),
    ],
)
def test_a_wrong_label_is_told_with_file_and_line(written, right, wrong, told):
    file = written(right, wrong)

    with pytest.raises(Invalid) as error:
        load(file)

    assert str(error.value).startswith(told)


def test_two_commitments_of_one_id_are_told(written):
    twin = "{id: c1, session: s1, note: s1a, quote: glaze, owner: mentee, action: glaze, due: null}"
    file = written("  checkpoints:\n", f"  - {twin}\n  checkpoints:\n")

    with pytest.raises(Invalid, match=r"kiln\.yaml, line 25: gold\.commitments: two commitments"):
        load(file)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        pytest.param("style: short", "style: short\nmood: good", "mood", id="an unknown key"),
        pytest.param("held_on: 2026-01-19", "held_on: soon", "sessions.1.held_on", id="no day"),
        pytest.param("domain: ", "domain: [", "line", id="no YAML"),
    ],
)
def test_what_is_wrong_outside_the_labels_is_told_with_its_place(written, right, wrong, told):
    file = written(right, wrong)

    with pytest.raises(Invalid) as error:
        load(file)

    assert "kiln.yaml" in str(error.value)
    assert told in str(error.value)


def test_a_folder_without_a_case_is_an_error(tmp_path):
    with pytest.raises(Invalid, match="there is no case"):
        load_folder(tmp_path)


def test_all_shipped_cases_load_in_their_splits(shipped):
    assert {split: len(cases) for split, cases in shipped.items()} == {
        "train": 24,
        "dev": 6,
        "test": 6,
    }


def test_no_mentorship_is_in_two_splits(shipped):
    ids = [case.file.mentorship.id for cases in shipped.values() for case in cases]

    assert len(ids) == len(set(ids))


def test_every_kind_of_drift_is_expected_and_forbidden_somewhere(shipped):
    checkpoints = [
        checkpoint
        for cases in shipped.values()
        for case in cases
        for checkpoint in case.labels.checkpoints
    ]
    expected = Counter(each.kind for made in checkpoints for each in made.drift_expected)
    forbidden = Counter(each.kind for made in checkpoints for each in made.drift_forbidden)

    assert [kind for kind in get_args(DriftKind) if expected[kind] < 2] == []
    assert [kind for kind in get_args(DriftKind) if forbidden[kind] < 3] == []


@pytest.mark.parametrize(
    "file", sorted(FOLDER.rglob("*.yaml")), ids=lambda file: f"{file.parent.name}/{file.stem}"
)
def test_a_shipped_case_names_no_address_of_anybody(file):
    text = file.read_text(encoding="utf-8")

    hosts = {host.lower() for host in _ADDRESS.findall(text)}

    assert hosts <= {"example.org", "example.com"}
    assert _URL.findall(text) == []
