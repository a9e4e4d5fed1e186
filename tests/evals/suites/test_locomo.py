"""Every question of a talk is asked by search."""

import json

import pytest

from evals.suites.locomo import SUITE, run_locomo
from tests.evals.suites.locomo_builders import published


@pytest.fixture
def written(tmp_path):
    """A file with this in it."""

    def write(content):
        file = tmp_path / "talks.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        return file

    return write


def test_every_question_with_a_turn_to_find_is_asked(written):
    seen = []

    result = run_locomo(written(published()), seen.append)

    assert (result.suite, result.cases, seen) == ("locomo", ("conv-1",), ["conv-1"])
    assert result.value("session recall@5") == 1
    assert result.value("passage recall@5") == 1
    assert result.value("MRR") == 1
    assert result.value("answered") == 1
    assert result.value("session recall@5: multi-hop") == 1
    assert result.value("session recall@5: adversarial") is None
    assert result.value("questions scored") == pytest.approx(2 / 3, abs=1e-5)
    assert result.milliseconds["search"]["calls"] == 2


def test_evidence_that_names_no_turn_is_skipped_and_counted(written):
    result = run_locomo(written(published()), lambda name: None)

    assert result.value("evidence usable") == pytest.approx(3 / 5)
    told = [(miss.what, miss.said, miss.wanted) for miss in result.misses["conv-1"]]
    assert told == [
        ("evidence names no turn", "qa[1]", "D"),
        ("evidence names no turn", "qa[1]", "D8:6; D9:17"),
    ]


def test_what_is_not_found_is_told_by_its_number_and_not_in_words(written):
    kayaks = [
        {"speaker": "Ines", "dia_id": f"D1:{number}", "text": f"I paddled kayak {number} today."}
        for number in range(1, 8)
    ]
    content = published(session_1=kayaks)
    content[0]["qa"] = [
        {"question": "xylophone?", "evidence": ["D1:1"], "category": 4},
        {"question": "Who paddled which kayak?", "evidence": ["D2:1"], "category": 9},
    ]

    result = run_locomo(written(content), lambda name: None)

    assert result.value("answered") == 0.5
    assert result.value("passage recall@5: category 9") == 0
    assert [(miss.what, miss.said) for miss in result.misses["conv-1"]] == [
        ("abstained", "qa[0]"),
        ("nothing in passage recall@5", "qa[1]"),
    ]
    assert "kayak" not in result.model_dump_json()


def test_a_run_with_questions_of_every_category_gives_every_metric_of_the_suite(written):
    content = published()
    content[0]["qa"] = [
        {"question": "Who keeps bees?", "evidence": ["D1:2"], "category": category}
        for category in range(1, 6)
    ]

    result = run_locomo(written(content), lambda _name: None)

    assert {each.name for each in result.metrics} == {each.name for each in SUITE.metrics}
