from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

from coach.model import Contract, DriftKind, Mentorship, Person, Session
from evals.injection import (
    Raised,
    Scored,
    Variant,
    clause_accuracy,
    decoys_raised,
    detection_delay,
    false_alarms,
    score,
    variants,
    warned,
)
from evals.parts.decoys import DECOYS, decoys

VARIANTS = variants()


def made(**fields) -> Variant:
    given = {
        "id": "v",
        "mentorship": Mentorship(id="p", mentor=Person(name="Ana"), mentee=Person(name="Ben")),
        "contracts": (Contract(version=1, effective_from=date(2026, 1, 1)),),
        "sessions": tuple(
            Session(id=f"s{number}", held_on=date(2026, 1, 5) + timedelta(days=14 * number))
            for number in range(10)
        ),
        "expected_by": 5,
    }
    return Variant(**{**given, **fields})


def neglected(**fields) -> Variant:
    return made(
        **{"injected": "goal_neglect", "at_session": 3, "about": "g1", "clause": "goals", **fields}
    )


def test_there_are_three_hundred_variants_with_ids_of_their_own():
    assert len(VARIANTS) >= 300
    assert len({each.id for each in VARIANTS}) == len(VARIANTS)


def test_no_two_variants_are_alike():
    told = Counter(
        (each.injected, each.decoy, each.model_dump_json(include={"sessions", "contracts"}))
        for each in VARIANTS
    )

    assert [key[:2] for key, times in told.items() if times > 1] == []


def test_they_are_the_same_every_time():
    assert variants.__wrapped__() == VARIANTS


def test_every_kind_of_drift_and_every_decoy_occurs():
    assert {each.injected for each in VARIANTS} - {None} == set(get_args(DriftKind))
    assert {each.decoy for each in VARIANTS} - {None} == set(DECOYS) == set(decoys())


def test_contracts_and_days_fit_together():
    for variant in VARIANTS:
        held = [session.held_on for session in variant.sessions]
        versions = [contract.version for contract in variant.contracts]

        assert all(one < two for one, two in pairwise(held)), variant.id
        assert versions == list(range(1, len(versions) + 1)), variant.id
        assert variant.contracts[0].effective_from <= held[0], variant.id
        assert all(each.effective_from in held for each in variant.contracts[1:]), variant.id
        assert 0 <= variant.at_session <= variant.expected_by < len(held), variant.id
        assert variant.injected is None or variant.decoy is None, variant.id


def test_notes_are_filled_in_and_only_a_structure_drift_leaves_one_out():
    for variant in VARIANTS:
        for session in variant.sessions:
            assert session.notes or variant.injected == "structure", variant.id
            for note in session.notes:
                assert "{" not in note.text, variant.id
                assert len(note.text) > 60 or note.visibility != "shared", variant.id


def test_only_an_injected_end_has_passed():
    for variant in VARIANTS:
        passed = variant.contracts[-1].ends_on <= variant.sessions[-1].held_on
        assert passed == (variant.clause == "ends_on"), variant.id


def test_only_an_injected_cadence_or_a_holiday_leaves_a_gap():
    for variant in VARIANTS:
        gaps = any(
            (two.held_on - one.held_on).days > 1.4 * in_force(variant, one).cadence.every_days
            for one, two in pairwise(variant.sessions)
        )
        excused = variant.injected == "cadence" or variant.decoy == "holiday_gap"
        assert gaps == excused, variant.id


def in_force(variant: Variant, session: Session) -> Contract:
    return [each for each in variant.contracts if each.effective_from <= session.held_on][-1]


def test_a_neglected_goal_was_spoken_of_before_and_the_note_changes_from_there():
    clean = {each.mentorship.id: each for each in VARIANTS if each.group == "clean"}

    for variant in (each for each in VARIANTS if each.injected == "goal_neglect"):
        before = clean[variant.mentorship.id].sessions

        assert variant.sessions[variant.at_session :] != before[variant.at_session :]
        assert variant.sessions[:2] == before[:2]


def test_delay_counts_from_the_session_that_first_carries_the_drift():
    found = Scored(neglected(), (Raised(5, "goal_neglect", "goals", "g1"),))

    assert detection_delay(found) == 2
    assert detection_delay(Scored(neglected(), ())) is None


def test_a_warning_too_early_or_about_another_goal_is_a_false_alarm():
    raised = (Raised(2, "goal_neglect", "goals", "g1"), Raised(5, "goal_neglect", "goals", "g2"))
    scored = Scored(neglected(), raised)

    assert scored.right == ()
    assert scored.false == raised


def test_a_warning_that_stands_is_one_false_alarm_until_it_comes_again():
    standing = [Raised(session, "cadence", "cadence") for session in (1, 2, 3, 7)]

    assert false_alarms([Scored(made(), tuple(standing))]) == 20


def test_a_slipped_promise_is_known_by_its_words():
    variant = made(
        injected="commitment_slippage", at_session=3, promise=("I'll send the list by 4 May.",)
    )
    right = Raised(4, "commitment_slippage", None, "I'll send the list")
    wrong = Raised(4, "commitment_slippage", None, "I'll call the mill")

    scored = Scored(variant, (wrong, right))

    assert (scored.right, scored.false) == ((right,), (wrong,))


def test_neglect_that_comes_with_displacement_counts_neither_way():
    variant = neglected(injected="goal_displacement", about=None)
    scored = Scored(variant, (Raised(6, "goal_neglect", "goals", "g1"),))

    assert (scored.right, scored.false) == ((), ())


def test_clause_accuracy_is_over_what_was_found():
    scored = [
        Scored(neglected(), (Raised(5, "goal_neglect", "goals", "g1"),)),
        Scored(neglected(), (Raised(5, "goal_neglect", "cadence", "g1"),)),
        Scored(neglected(), ()),
    ]

    assert clause_accuracy(scored) == 0.5
    assert clause_accuracy(scored[2:]) is None


def test_a_decoy_counts_when_its_kind_is_raised_about_its_own_thing():
    decoy = made(decoy="goal_parked", tempts="goal_neglect", at_session=3, about="g1")
    scored = [
        Scored(decoy, (Raised(6, "goal_neglect", "goals", "g1"),)),
        Scored(decoy, (Raised(6, "goal_neglect", "goals", "g2"),)),
        Scored(decoy, (Raised(6, "cadence", "cadence"),)),
    ]

    assert decoys_raised(scored) == {"goal_parked": {"variants": 3, "raised": 1}}


def test_a_score_tells_recall_and_delay_by_kind_and_false_alarms_by_group():
    scored = [
        Scored(neglected(), (Raised(4, "goal_neglect", "goals", "g1"),)),
        Scored(neglected(), (Raised(6, "goal_neglect", "goals", "g1"),)),
        Scored(made(), (Raised(4, "cadence", "cadence"),)),
    ]

    told = score(scored)

    assert told["kinds"]["goal_neglect"] == {
        "variants": 2,
        "recall": 1,
        "in_time": 0.5,
        "mean_delay": 2,
        "median_delay": 2,
        "clause_accuracy": 1,
    }
    assert told["false_alarms_per_100_sessions"] == {"clean": 10, "decoy": None, "injected": 0}
    assert told["false_alarms_by_kind"] == {"clean": {"cadence": 1}}


def test_the_present_rules_find_a_long_gap():
    some = [each for each in VARIANTS if each.injected == "cadence"][:3]
    heard: list[str] = []

    found = warned(some, heard.append)

    assert heard == [each.id for each in some]
    assert all(each.right for each in found)
