import json
from itertools import islice

import pytest

from evals import bench, synthesis


def test_a_bench_of_one_size_tells_every_number_and_what_it_rests_on(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(bench, "_POSTING_SECONDS", 0.0)
    monkeypatch.setattr(bench, "_ROUNDS_SECONDS", 0.0)

    bench.main(["--sizes", "3", "--json", str(tmp_path / "numbers.json")])

    numbers = json.loads((tmp_path / "numbers.json").read_text())
    (measured,) = numbers["measured"]
    assert measured["sessions"] == 3
    assert min(*measured["cold"], *measured["warm"], *measured["search"], *measured["posts"]) > 0
    assert measured["rebuild_passages_per_second"] > 0
    assert 0 < measured["start_seconds"] < measured["index_ready_seconds"]
    assert numbers["provenance"].keys() >= {"commit", "python", "platform", "cores"}
    assert "brief, cold" in capsys.readouterr().out


def test_a_longer_history_begins_with_a_shorter_one():
    assert list(islice(synthesis.history(), 3)) == list(islice(synthesis.history(), 5))[:3]


def test_sessions_have_about_three_hundred_words():
    sessions = list(islice(synthesis.history(), 50))

    assert sum(map(synthesis.words_of, sessions)) / 50 == pytest.approx(300, rel=0.1)
