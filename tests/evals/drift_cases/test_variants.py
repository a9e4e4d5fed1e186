"""Every variant of the base series is whole."""

from collections import Counter
from itertools import pairwise
from typing import get_args

from coach.model.contract import Contract
from coach.model.drift import DriftKind
from coach.model.sessions import Session
from evals.drift_cases.base import bases
from evals.drift_cases.decoys import decoys
from evals.drift_cases.variant import Variant, VariantGroup
from evals.drift_cases.variants import variants
from evals.drift_cases.ways import ways

VARIANTS = variants()


def test_the_sample_has_variants_with_ids_of_their_own():
    assert len(VARIANTS) >= 300
    assert len({each.id for each in VARIANTS}) == len(VARIANTS)


def test_each_way_and_each_decoy_and_each_base_is_in_the_sample_and_goes_into_all_when_asked():
    told = {(each.injected, each.way) for each in VARIANTS if each.injected}
    tempting = {each.decoy for each in VARIANTS if each.decoy}
    of_base = Counter((each.mentorship.id, each.group) for each in VARIANTS)

    assert told == {(way.kind, way.name) for way in ways()}
    assert tempting == {each.name for each in decoys()}
    assert set(of_base) == {
        (base.id, group) for base in bases() for group in get_args(VariantGroup)
    }
    every = variants(every=True)
    assert {each.id for each in VARIANTS} <= {each.id for each in every}
    assert len(every) == len(bases()) * (1 + len(ways()) + len(decoys()))


def test_every_kind_has_eight_ways_and_eight_decoys():
    few = [
        kind
        for kind in get_args(DriftKind)
        if min(
            sum(way.kind == kind for way in ways()), sum(each.tempts == kind for each in decoys())
        )
        < 8
    ]

    assert few == []


def test_no_two_variants_are_alike():
    told = Counter(
        (each.injected, each.decoy, each.model_dump_json(include={"sessions", "contracts"}))
        for each in VARIANTS
    )

    assert [key[:2] for key, times in told.items() if times > 1] == []


def test_they_are_the_same_every_time():
    assert variants.__wrapped__() == VARIANTS


def test_contracts_and_days_fit_together():
    for variant in VARIANTS:
        held = [session.held_on for session in variant.sessions]
        versions = [contract.version for contract in variant.contracts]

        assert all(one < two for one, two in pairwise(held)), variant.id
        assert versions == list(range(1, len(versions) + 1)), variant.id
        assert variant.contracts[0].effective_from <= held[0], variant.id
        assert all(each.effective_from in held for each in variant.contracts[1:]), variant.id
        assert 0 <= variant.at_session <= variant.second_at < len(held), variant.id
        assert variant.injected is None or variant.decoy is None, variant.id


def test_notes_are_filled_in_and_only_a_structure_drift_leaves_one_out():
    for variant in VARIANTS:
        for session in variant.sessions:
            assert session.notes or variant.injected == "structure", variant.id
            written = "".join(note.text for note in session.notes)
            assert "{" not in written, variant.id
            assert not session.notes or len(written) > 60, variant.id


def test_only_an_injected_end_has_passed():
    for variant in VARIANTS:
        passed = variant.contracts[-1].ends_on <= variant.sessions[-1].held_on
        assert passed == (variant.way == "end_passed"), variant.id


def test_only_an_injected_cadence_or_a_gap_that_was_told_before_is_long():
    for variant in VARIANTS:
        gaps = any(
            (two.held_on - one.held_on).days > 1.4 * in_force(variant, one).cadence.every_days
            for one, two in pairwise(variant.sessions)
        )
        told = variant.tempts == "cadence" and variant.how in {"absence", "agreed", "holiday gap"}
        assert not gaps or told or variant.way in {"one_long_gap", "two_long_gaps"}, variant.id


def in_force(variant: Variant, session: Session) -> Contract:
    return [each for each in variant.contracts if each.effective_from <= session.held_on][-1]


def test_a_neglected_goal_was_spoken_of_before_and_the_note_changes_from_there():
    clean = {each.mentorship.id: each for each in VARIANTS if each.group == "clean"}

    for variant in (each for each in VARIANTS if each.injected == "goal_neglect"):
        before = clean[variant.mentorship.id].sessions

        assert variant.sessions[variant.at_session :] != before[variant.at_session :]
        assert variant.sessions[:2] == before[:2]
