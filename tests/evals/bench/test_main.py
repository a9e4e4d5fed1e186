"""The bench as it is run."""

import json

from evals.bench import answer_times, growth
from evals.bench.__main__ import main


def test_a_bench_of_one_size_tells_every_number_and_what_it_rests_on(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(growth, "POSTING_SECONDS", 0.0)
    monkeypatch.setattr(answer_times, "ROUNDS_SECONDS", 0.0)

    main(["--sizes", "3", "--json", str(tmp_path / "numbers.json")])

    numbers = json.loads((tmp_path / "numbers.json").read_text())
    (measured,) = numbers["measured"]
    assert measured["sessions"] == 3
    assert min(*measured["cold"], *measured["warm"], *measured["search"], *measured["posts"]) > 0
    assert measured["rebuild_passages_per_second"] > 0
    assert 0 < measured["start_seconds"] < measured["index_ready_seconds"]
    assert numbers["provenance"].keys() >= {"commit", "python", "platform", "cores"}
    assert "first brief after a new session" in capsys.readouterr().out
