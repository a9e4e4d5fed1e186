"""Which warnings on a variant are right, and which are false."""

from evals.drift_cases.variant import JudgedVariant, RaisedWarning
from tests.evals.drift_cases.builders import make_neglected, make_variant


def test_a_warning_too_early_or_about_another_goal_is_a_false_alarm():
    raised = (
        RaisedWarning(2, "goal_neglect", "goals", "g1"),
        RaisedWarning(5, "goal_neglect", "goals", "g2"),
    )
    scored = JudgedVariant(make_neglected(), raised)

    assert scored.right == ()
    assert scored.false == raised


def test_a_slipped_promise_is_known_by_its_words():
    variant = make_variant(
        injected="commitment_slippage", at_session=3, promise=("I'll send the list by 4 May.",)
    )
    right = RaisedWarning(4, "commitment_slippage", None, "I'll send the list")
    wrong = RaisedWarning(4, "commitment_slippage", None, "I'll call the mill")

    scored = JudgedVariant(variant, (wrong, right))

    assert (scored.right, scored.false) == ((right,), (wrong,))


def test_neglect_that_comes_with_displacement_counts_neither_way():
    variant = make_neglected(injected="goal_displacement", about=None)
    scored = JudgedVariant(variant, (RaisedWarning(6, "goal_neglect", "goals", "g1"),))

    assert (scored.right, scored.false) == ((), ())
