"""Bare figures take their names from the keys that lead to them."""

from evals.results.bare_figures import of_figures
from evals.results.provenance import provenance


def test_keys_make_the_name_and_what_was_not_measured_is_left_out(tmp_path):
    found = {"kinds": {"goal_neglect": {"mean_delay": 2, "recall": None}}, "clause_accuracy": 0.5}

    result = of_figures("drift", found, provenance(tmp_path))

    assert [(each.name, each.value) for each in result.metrics] == [
        ("drift kinds: goal neglect: mean delay", 2),
        ("drift clause accuracy", 0.5),
    ]
    assert result.cases == ()
