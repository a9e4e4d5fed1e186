"""Labelled cases are read strictly, and those that ship are whole."""

import re
from collections import Counter
from typing import get_args

import pytest

from coach.errors import Invalid
from coach.model.drift import DriftKind
from evals.cases import FOLDER, SPLITS, load, load_folder, load_split

_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_URL = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)


@pytest.fixture(scope="module")
def shipped():
    """Every case, by split."""
    return {split: load_split(split) for split in SPLITS}


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
