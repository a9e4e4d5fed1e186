"""The curve of tokens as it is printed."""

from evals import tokens
from evals.bench.tokens import BriefCost


def test_a_size_is_a_row_with_a_bar_for_a_brief_and_one_for_all_notes(capsys, monkeypatch):
    made = [BriefCost(10, 3, 5000, 4000), BriefCost(100, 3, 6000, 40000)]
    monkeypatch.setattr(tokens, "costs", lambda: iter(made))

    tokens.main()

    told = capsys.readouterr().out
    assert "6,000" in told
    assert "40,000" in told
    assert [line.count("█") for line in told.splitlines()[1:]] == [8, 9]
    assert [line.count("░") for line in told.splitlines()[1:]] == [0, 51]
