"""The command: its exit codes, and what it says."""

import sys

import pytest

from evals.cases import SPLITS
from evals.command import main
from evals.drift_cases.said import said_series
from evals.drift_cases.variants import variants
from evals.suites import drift
from tests.evals.builders import CASE, LABELLED_CASE


@pytest.fixture
def cases(tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "tiny.yaml").write_text(CASE, encoding="utf-8")
    return folder


@pytest.fixture
def evals(monkeypatch, tmp_path):
    """The command, its files in a folder of the test; the exit code."""

    def run(*words: object) -> int:
        out = [] if "pages" in words else ["--out", str(tmp_path / "reports")]
        monkeypatch.setattr(sys, "argv", ["evals", *map(str, words), *out])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


def test_a_run_is_printed_and_kept(evals, cases, tmp_path, capsys):
    code = evals("--data", cases)

    assert code == 0
    assert "cases, 1 case" in capsys.readouterr().out
    assert sorted(path.suffix for path in (tmp_path / "reports").iterdir()) == [".html", ".json"]


def test_an_accepted_run_passes_the_gate_until_a_figure_differs(evals, cases, tmp_path, capsys):
    known = tmp_path / "known.json"

    assert evals("--data", cases, "--against", known, "--accept") == 0
    assert evals("--data", cases, "--against", known, "--gate") == 0
    known.write_text(known.read_text(encoding="utf-8").replace('"grounding"', '"cadence"'))
    capsys.readouterr()
    assert evals("--data", cases, "--against", known, "--gate") == 1
    assert "grounding: 1, not in the baseline" in capsys.readouterr().err


def test_the_drift_suite_is_one_of_them(evals, monkeypatch, capsys):
    few = variants()[:2]
    monkeypatch.setattr(drift, "variants", lambda *, every: few)
    monkeypatch.setattr(drift, "said_series", lambda: said_series()[:2])

    code = evals("--suite", "drift")

    assert code == 0
    told = capsys.readouterr().out
    assert "injected drift: false alarms, clean" in told
    assert "said bluntly: raised" in told


def test_a_split_is_measured_case_by_case(evals, cases, monkeypatch, capsys):
    for split in SPLITS:
        (cases / split).mkdir()
        (cases / split / f"{split}.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.setattr("evals.cases.loading.FOLDER", cases)

    code = evals("--split", "all")

    assert code == 0
    assert "cases, 3 cases" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(["--engine", "llm"], "needs a language model", id="engine"),
        pytest.param(["--suite", "locomo"], "needs --data", id="locomo"),
        pytest.param(["--suite", "notes"], "needs --data", id="notes"),
        pytest.param(["--suite", "drift", "--data", "."], "leave --data out", id="drift"),
        pytest.param(["--suite", "drift", "--split", "test"], "leave --split out", id="split"),
        pytest.param(["--all"], "leave --all out", id="all of what is no sample"),
        pytest.param(["--gate", "--accept"], "not both", id="gate and accept"),
        pytest.param(["--data", ".", "--gate"], "say --against", id="gate of other cases"),
        pytest.param(
            ["--gate", "--against", "none.json"], "no baseline none.json", id="no baseline"
        ),
        pytest.param(["--data", "no/such"], "no/such", id="no data"),
        pytest.param(["--suite", "vibes"], "vibes", id="unknown suite"),
        pytest.param(["pages"], "say --dump DIR", id="pages for nothing"),
    ],
)
def test_a_mistake_is_one_clear_line(evals, capsys, words, why):
    code = evals(*words)

    assert code == 2
    told = capsys.readouterr().err.strip()
    assert why in told
    assert told.splitlines()[-1].startswith("evals: ")


def test_pages_are_written_judged_and_added_up(evals, tmp_path, capsys):
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "tiny.yaml").write_text(LABELLED_CASE, encoding="utf-8")
    dump = tmp_path / "dump"

    assert evals("pages", "--data", cases, "--dump", dump) == 0
    assert "pages: 1, items: " in capsys.readouterr().out
    sheet = dump / "ratings.jsonl"
    judged = sheet.read_text(encoding="utf-8").replace('"verdict": ""', '"verdict": "right"', 1)
    sheet.write_text(judged, encoding="utf-8")
    assert evals("pages", "--data", cases, "--ratings", sheet, "--before", sheet) == 0
    told = capsys.readouterr().out
    assert "lines: share of each verdict" in told
    assert "ratings: stale: 0 of 1 verdicts" in told


def test_an_option_before_another_command_is_not_lost_in_silence(evals, tmp_path, capsys):
    code = evals("--split", "test", "pages", "--dump", tmp_path / "dump")

    assert code == 2
    assert "--split stands before pages: say it behind" in capsys.readouterr().err
