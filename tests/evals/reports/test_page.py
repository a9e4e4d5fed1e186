"""The page of a result."""

from html.parser import HTMLParser

from evals.metrics.counts import Ratio
from evals.metrics.outcome import CaseOutcome, Miss
from evals.reports.page import page
from evals.results.adding_up import added_up
from evals.subject import Timings
from tests.evals.builders import make_result


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
    nothing = {"cases": (), "by_case": {}, "misses": {}}
    result = make_result(tmp_path).model_copy(update=nothing)

    found = read(page(result, None)).text

    assert result.metrics[0].name in found
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
