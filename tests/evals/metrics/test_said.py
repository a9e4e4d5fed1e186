"""What counts where a drift is said bluntly, worked by hand."""

from evals.drift_cases.said import said_series
from evals.metrics.said import outcome, standing

DRIFT = next(each for each in said_series() if each.kind == "role" and each.wanted)
DECOY = next(each for each in said_series() if each.kind == "role" and not each.wanted)


def shares(series, raised):
    return {name: ratio.share for name, ratio in outcome(series, raised).ratios.items()}


def test_a_warning_stands_while_it_is_open_or_to_be_confirmed():
    told = [("role", "open"), ("trust", "to_confirm"), ("cadence", "muted"), ("exit", "resolved")]

    assert standing(told) == {"role", "trust"}


def test_a_series_wants_its_kind_raised_and_no_other_but_those_that_may_be():
    told = shares(DRIFT, {"role", "agency", "cadence"})

    assert told["said bluntly: raised"] == told["said bluntly: raised: role"] == 1
    assert told["said bluntly: other alarms"] == 1
    assert "said bluntly: decoys raised" not in told


def test_a_decoy_wants_its_kind_silent():
    assert shares(DECOY, {"role"})["said bluntly: decoys raised: role"] == 1
    assert shares(DECOY, set())["said bluntly: decoys raised"] == 0


def test_what_is_not_as_wanted_is_named():
    missed, raised = outcome(DRIFT, {"phase"}), outcome(DECOY, {"role"})

    assert [each.what for each in missed.misses] == [
        "said bluntly: not raised: role",
        "said bluntly: other alarm: phase",
    ]
    assert [each.what for each in raised.misses] == ["said bluntly: raised: role"]
    assert outcome(DRIFT, {"role"}).misses == ()
