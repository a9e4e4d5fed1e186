"""Words of private notes in what others are given."""

from evals.metrics.counts import Ratio
from evals.metrics.leakage import measure_leakage


def test_a_canary_is_looked_for_in_what_the_other_side_and_a_tool_are_given(
    case, subject, outcome_of
):
    assert outcome_of(measure_leakage, case, subject).ratio("leakage") == Ratio(0, 2)


def test_words_that_stand_in_a_shared_note_too_are_found(case, subject, outcome_of):
    labels = case.labels.model_copy(update={"canaries": ("before the talk", "the talk")})

    outcome = outcome_of(measure_leakage, case.model_copy(update={"labels": labels}), subject)

    assert outcome.ratio("leakage") == Ratio(2, 4)
    assert {miss.what for miss in outcome.misses} == {"leaked to the mentee", "leaked to the tool"}
