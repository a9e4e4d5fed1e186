"""Every variant of the base series is whole."""

from collections import Counter
from itertools import pairwise
from typing import get_args

from coach.model.contract import Contract
from coach.model.drift import DriftKind
from coach.model.sessions import Session
from evals.drift_cases.decoys import DECOYS, decoys
from evals.drift_cases.variant import Variant
from evals.drift_cases.variants import variants

VARIANTS = variants()


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
