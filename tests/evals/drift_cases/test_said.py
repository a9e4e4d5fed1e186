"""The series that say a drift outright, and their decoys, as their files hold them."""

from collections import Counter
from itertools import pairwise
from typing import get_args

from coach.model.drift import DriftKind
from evals.drift_cases.said import MANNERS, said_series

SERIES = said_series()


def test_each_kind_is_said_once_in_each_manner_and_has_one_decoy():
    assert Counter((each.manner, each.kind, each.wanted) for each in SERIES) == {
        (manner, kind, wanted): 1
        for manner in MANNERS
        for kind in get_args(DriftKind)
        for wanted in (True, False)
    }


def test_a_decoy_is_the_same_pair_and_begins_alike():
    for drift, decoy in zip(SERIES[::2], SERIES[1::2], strict=True):
        assert drift.file.mentorship == decoy.file.mentorship
        assert drift.file.sessions[0] == decoy.file.sessions[0]
        assert drift.file.sessions != decoy.file.sessions


def test_the_days_go_forward_from_the_contract_on_and_only_trust_is_said_in_private():
    for series in SERIES:
        held = [session.held_on for session in series.file.sessions]
        private = {
            note.visibility for session in series.file.sessions for note in session.notes
        } - {"shared"}

        assert all(one < two for one, two in pairwise(held)), series.name
        assert series.file.contracts[0].effective_from <= held[0], series.name
        assert private <= ({"mentee"} if series.kind == "trust" else set()), series.name


def test_no_two_pairs_share_a_name():
    people = [
        person.name
        for series in SERIES[::2]
        for person in (series.file.mentorship.mentor, series.file.mentorship.mentee)
    ]

    assert len(set(people)) == len(people)
