"""Rules that hold for the whole repository; each test's name gives its reason."""

import re
import subprocess
from pathlib import Path

import pytest

from api.problems import STATUS, TITLES
from coach import errors
from coach.settings import Settings

ROOT = Path(__file__).parent.parent
NEVER_AT_THE_EDGE = {
    # These stop a start, when no server is there to answer with a status.
    errors.DatabaseTooNew,
    errors.DataDirectoryHeld,
    errors.DataDirectoryExposed,
}
FORBIDDEN = {
    "a path of one machine": re.compile(r"/(?:work|root|home)/\w"),
    "a registry's host": re.compile(r"pypi\.org|pythonhosted", re.IGNORECASE),
    "somebody's address": re.compile(
        r"[\w.+-]+@(?!example\.(?:org|com)\b)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE
    ),
    "a tool or a session that it was made with": re.compile(
        r"\b(?:claude|anthropic|chatgpt|copilot|codex|cursor\.(?:sh|com)|gemini|aider|windsurf)\b"
        r"|\bco-authored-by\b|generated (?:with|by) (?:an? )?(?:ai|llm)\b"
        r"|\b(?:working|coding) session\b|\b(?:sub-?agent|helper session)s?\b",
        re.IGNORECASE,
    ),
}


def leaves(kind: type[errors.CoachError]) -> set[type[errors.CoachError]]:
    """Yield the classes of an error tree that are raised."""
    below = kind.__subclasses__()
    return set().union(*(leaves(each) for each in below)) if below else {kind}


def committed() -> list[Path]:
    """Return every file that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - any git will do
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def texts() -> dict[str, str]:
    """Return the text of the committed files.

    This file names what it forbids, and a model holds only numbers, so they are left out.
    """
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8", errors="replace")
        for path in committed()
        if path.is_file() and path != Path(__file__) and path.suffix != ".onnx"
    }


@pytest.mark.parametrize(
    "kind", sorted(leaves(errors.CoachError) - NEVER_AT_THE_EDGE, key=str), ids=lambda k: k.__name__
)
def test_an_error_that_can_reach_the_edge_has_a_status(kind):
    assert STATUS[kind] in TITLES


def test_the_first_class_that_fits_an_error_is_its_own():
    kinds = list(STATUS)

    assert not [
        (one, other)
        for at, one in enumerate(kinds)
        for other in kinds[at + 1 :]
        if issubclass(other, one)
    ]


def test_every_error_is_drawn_in_the_tree():
    tree = errors.__doc__ or ""

    for kind in (errors.Refused, errors.Failed, *leaves(errors.CoachError)):
        assert re.search(rf"── {kind.__name__}\b", tree), kind.__name__


@pytest.mark.parametrize("name", Settings.model_fields, ids=str)
def test_every_setting_is_in_the_readme(name):
    assert f"COACH_{name.upper()}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("what", FORBIDDEN, ids=str)
def test_no_committed_file_holds(what):
    found = [
        f"{name}: {mark[0]!r}"
        for name, text in texts().items()
        if (mark := FORBIDDEN[what].search(text))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "see /home/ana/notes"),
        ("a registry's host", "https://files.pythonhosted.org/x"),
        ("somebody's address", "write to ana@lima.dev"),
        ("a tool or a session that it was made with", "Co-Authored-By: somebody"),
    ],
    ids=str,
)
def test_the_search_for_what_is_forbidden_finds_it(what, text):
    assert FORBIDDEN[what].search(text)
    assert not FORBIDDEN[what].search("ana@example.org and ben@example.com met at work, at home/")
