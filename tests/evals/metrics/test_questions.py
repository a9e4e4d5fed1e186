"""The swap test of questions, worked by hand."""

from evals.metrics.questions import is_specific


def test_a_text_is_specific_when_a_stem_is_in_less_than_a_tenth_of_the_others():
    elsewhere = {"boat": 1, "talk": 18}

    assert is_specific("We talked about boats", elsewhere, cases=20)
    assert not is_specific("We talked about boats", elsewhere, cases=10)
    assert is_specific("We talked about the kiln", elsewhere, cases=10)
    assert not is_specific("and about the", elsewhere, cases=20)
