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


def test_a_drift_is_found_in_time_until_one_session_after_the_second_piece_of_evidence():
    variant = make_neglected(second_at=4)

    at = [JudgedVariant(variant, (neglect(session),)).found_in_time for session in (3, 5, 6)]

    assert at == [True, True, False]
    assert not JudgedVariant(variant, ()).found_in_time


def test_delay_counts_from_the_session_that_first_carries_the_drift():
    assert JudgedVariant(make_neglected(), (neglect(5),)).delay == 2
    assert JudgedVariant(make_neglected(), ()).delay is None


def test_the_first_right_warning_names_one_of_the_clauses_or_none_for_a_promise():
    either = make_variant(injected="reciprocity", at_session=3, clauses=("roles", "text"))
    promise = make_variant(injected="commitment_slippage", at_session=3, promise=("I'll call.",))

    assert JudgedVariant(either, (RaisedWarning(4, "reciprocity", "text"),)).names_its_clause
    assert not JudgedVariant(either, (RaisedWarning(4, "reciprocity", "goals"),)).names_its_clause
    slipped = RaisedWarning(4, "commitment_slippage", None, "I'll call.")
    assert JudgedVariant(promise, (slipped,)).names_its_clause


def test_a_decoy_counts_when_its_kind_is_raised_about_its_own_thing():
    decoy = make_variant(decoy="goal-parked", tempts="goal_neglect", at_session=3, about="g1")

    raised = [
        JudgedVariant(decoy, (warning,)).raises_its_decoy
        for warning in (neglect(6), neglect(6, "g2"), RaisedWarning(6, "cadence", "cadence"))
    ]

    assert raised == [True, False, False]


def test_whoever_keeps_the_page_is_asked():
    page = {"author": "mentor", "visibility": "mentor", "format": "text", "text": "It is hard."}
    session = {"id": "s1", "held_on": "2026-01-05", "notes": ({"id": "s1a", **page},)}

    assert make_variant().audience == "mentee"
    assert make_variant(sessions=(session,)).audience == "mentor"


def neglect(session: int, goal: str = "g1") -> RaisedWarning:
    return RaisedWarning(session, "goal_neglect", "goals", goal)
