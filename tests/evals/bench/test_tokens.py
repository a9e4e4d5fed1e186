"""What a brief costs in tokens, whatever lies behind it."""

from evals.bench import tokens


def test_a_brief_costs_the_same_however_long_the_history_is(capsys, monkeypatch):
    monkeypatch.setattr(tokens, "SIZES", (8, 24))

    short, long = tokens.costs(tokens.SIZES)

    assert short.asked >= 3
    assert long.all_notes > 2.5 * short.all_notes
    assert long.tokens < 1.6 * short.tokens
