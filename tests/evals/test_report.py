"""What a run says: the table, the files, the page, and the command with its exit codes."""

import sys
from html.parser import HTMLParser
from io import StringIO

import pytest
from rich.console import Console

from coach.errors import Invalid
from evals import injection
from evals.__main__ import main
from evals.cases import SPLITS
from evals.metrics import Score
from evals.outcomes import CaseOutcome, Miss, Ratio
from evals.page import page
from evals.report import load, of_figures, print_result, save, shown_change, verdict
from evals.run import Result, added_up
from evals.subject import Timings

CASE = """\
id: tiny
domain: first talks
style: short
mentor: {name: Ana Lima}
mentee: {name: Ben Okoro}
started_on: 2026-01-05
contracts: []
sessions:
  - id: s1
    held_on: 2026-01-05
    notes:
      - id: s1a
        author: tool
        visibility: shared
        format: markdown
        text: Ben will send the draft of the talk to Ana by 12 January.
gold:
  facts: []
  commitments: []
"""


def make_result(tmp_path, *, misses: tuple[Miss, ...] = (), **shares: float) -> Result:
    """A result of one case, choir; shares by names with spaces as underscores."""
    ratios = {name.replace("_", " "): Ratio(share, 1) for name, share in shares.items()}
    outcome = CaseOutcome(
        name="choir", scores={"facts: win": Score(2, 1, 2, 1)}, ratios=ratios, misses=misses
    )
    timings = Timings(calls={"brief": [5.0, 7.0]})
    return added_up("cases", [outcome], timings=timings, data=tmp_path)


def printed(result: Result, against: Result | None = None, *, verbose: bool = False) -> str:
    console = Console(file=StringIO(), width=140, force_terminal=True, color_system="standard")
    print_result(console, result, against, verbose=verbose)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_table_groups_the_figures(tmp_path):
    lines = [line.strip() for line in printed(make_result(tmp_path, grounding=1)).splitlines()]

    assert any("grounding" in line and "1.000 – 1.000" in line for line in lines)
    assert any("brief, median" in line and "P95 7.0" in line for line in lines)


def test_kinds_are_shown_only_when_asked_for(tmp_path):
    result = make_result(tmp_path)

    assert "facts: win" not in printed(result)
    assert "facts: win: f1" in printed(result, verbose=True)


def test_a_figure_of_no_known_group_is_shown(tmp_path):
    assert "other" in printed(make_result(tmp_path, something_new=0.5))


def test_the_worst_case_is_named_where_cases_differ(tmp_path):
    outcomes = [
        CaseOutcome(name=name, scores={}, ratios={"search: MRR": Ratio(hits, 1)}, misses=())
        for name, hits in (("choir", 1), ("bank", 0.25))
    ]
    result = added_up("cases", outcomes, timings=Timings(), data=tmp_path)

    assert "0.250 bank" in printed(result)


@pytest.mark.parametrize(
    ("now", "colour"),
    [pytest.param(0.75, "32m+0.250", id="up"), pytest.param(0.25, "31m−0.250", id="down")],
)
def test_a_change_is_coloured_by_what_it_means(tmp_path, now, colour):
    was = make_result(tmp_path, brief_must_cover=0.5)

    assert colour in printed(make_result(tmp_path, brief_must_cover=now), was)


@pytest.mark.parametrize(
    ("name", "now", "told"),
    [
        pytest.param("search: MRR", 0.6, "better", id="more is better"),
        pytest.param("brief words", 0.6, "worse", id="more words are worse"),
        pytest.param("drift false alarms per 100 sessions: clean", 0.6, "worse", id="false alarms"),
        pytest.param("facts per 1,000 words: win", 0.6, "other", id="counts"),
        pytest.param("search: MRR", 0.5000001, "same", id="below six digits"),
    ],
)
def test_a_verdict_knows_what_is_better(name, now, told):
    assert verdict(name, 0.5, now) == told


def test_a_tiny_change_is_not_shown_as_nothing():
    assert shown_change(0.5, 0.499988) == "−0.000012"


def test_bare_figures_have_no_interval(tmp_path):
    provenance = make_result(tmp_path).provenance
    found = {"kinds": {"trust": {"recall": 0.25, "mean_delay": None}}, "clause_accuracy": 1}

    result = of_figures("drift", found, provenance)

    assert {each.name: each.value for each in result.metrics} == {
        "drift kinds: trust: recall": 0.25,
        "drift clause accuracy": 1,
    }
    assert "–" not in printed(result)


def test_a_saved_result_is_read_back(tmp_path):
    result = make_result(tmp_path, grounding=1)

    path = save(result, tmp_path / "reports")

    assert load(path) == result
    assert path.name.endswith("-embedded-cases.json")


@pytest.mark.parametrize(
    "content", [pytest.param("{}", id="something else"), pytest.param("\udcff", id="not text")]
)
def test_what_is_no_result_is_refused(tmp_path, content):
    path = tmp_path / "result.json"
    path.write_bytes(content.encode(errors="surrogateescape"))

    with pytest.raises(Invalid, match="is not the result of a run"):
        load(path)


def test_a_result_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid, match="cannot be read"):
        load(tmp_path / "nothing.json")


class Reader(HTMLParser):
    """Collects tags, what they load, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.loads += [value for name, value in attrs if name in {"src", "href", "srcset", "style"}]

    def handle_data(self, data):
        self.text += f"{data}\n"


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


WRONG = Miss(
    what="wrong owner", said="<script>mentor</script>", wanted='"mentee": <b>I will</b> & so'
)
TO_JUDGE = Miss(
    what="to judge: must not state, 2026-01-05", said="Ben may leave.", wanted="Ben leaves"
)


def test_the_page_needs_nothing_but_itself(tmp_path):
    html = page(make_result(tmp_path, grounding=1), None)

    found = read(html)
    assert "default-src 'none'; style-src 'unsafe-inline'" in html
    assert found.loads == []
    assert found.tags.isdisjoint({"script", "link", "img", "iframe"})
    assert "url(" not in html
    assert "@import" not in html


def test_the_page_shows_notes_as_text_and_never_as_markup(tmp_path):
    found = read(page(make_result(tmp_path, misses=(WRONG,)), None))

    assert found.tags.isdisjoint({"script", "b"})
    assert WRONG.said in found.text
    assert WRONG.wanted in found.text


def test_the_page_has_what_is_to_judge_in_its_own_part(tmp_path):
    found = read(page(make_result(tmp_path, misses=(WRONG, TO_JUDGE)), None)).text

    judged, misses = found.split("\nMisses\n")
    assert TO_JUDGE.wanted in judged
    assert TO_JUDGE.wanted not in misses
    assert "wrong owner (1)" in misses


def test_the_page_says_what_changed(tmp_path):
    was = make_result(tmp_path, brief_must_cover=0.5, grounding=1)
    now = make_result(tmp_path, misses=(WRONG,), brief_must_cover=0.25, grounding=1)

    changed = read(page(now, was)).text.split("\nFigures\n")[0]

    assert "1 figures changed, 4 did not." in changed
    assert "−0.250" in changed
    assert "figures moved 1, misses new 1, gone 0" in changed


def test_the_page_says_when_there_is_no_baseline(tmp_path):
    assert "There is no baseline to compare with." in page(make_result(tmp_path), None)


def test_the_page_of_a_suite_without_cases_has_figures_alone(tmp_path):
    result = of_figures("drift", {"clause_accuracy": 0.5}, make_result(tmp_path).provenance)

    found = read(page(result, None)).text

    assert "drift clause accuracy" in found
    assert "Case by case" not in found
    assert "Misses" not in found


def test_the_page_of_another_suite_shows_its_own_figures_by_case(tmp_path):
    outcome = CaseOutcome(
        name="talk", scores={}, ratios={"answered": Ratio(1, 2), "words": Ratio(9, 1)}, misses=()
    )

    result = added_up("locomo", [outcome], timings=Timings(), data=tmp_path)

    by_case = read(page(result, None)).text.split("\nCase by case\n")[1]
    assert "answered" in by_case
    assert "9.000" in by_case


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
        given = ["evals", *map(str, words), "--out", str(tmp_path / "reports")]
        monkeypatch.setattr(sys, "argv", given)
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
    few = injection.variants()[:2]
    monkeypatch.setattr(injection, "variants", lambda: few)

    code = evals("--suite", "drift")

    assert code == 0
    assert "drift false alarms per 100 sessions: clean" in capsys.readouterr().out


def test_a_split_is_measured_case_by_case(evals, cases, monkeypatch, capsys):
    for split in SPLITS:
        (cases / split).mkdir()
        (cases / split / f"{split}.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.setattr("evals.cases.FOLDER", cases)

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
        pytest.param(["--gate", "--accept"], "not both", id="gate and accept"),
        pytest.param(["--data", ".", "--gate"], "say --against", id="gate of other cases"),
        pytest.param(
            ["--gate", "--against", "none.json"], "no baseline none.json", id="no baseline"
        ),
        pytest.param(["--data", "no/such"], "no/such", id="no data"),
        pytest.param(["--suite", "vibes"], "vibes", id="unknown suite"),
    ],
)
def test_a_mistake_is_one_clear_line(evals, capsys, words, why):
    code = evals(*words)

    assert code == 2
    told = capsys.readouterr().err.strip()
    assert why in told
    assert told.splitlines()[-1].startswith("evals: ")
