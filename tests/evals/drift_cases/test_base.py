"""Base series and wordings as their files hold them."""

from typing import get_args

import pytest

from evals.drift_cases.base import Voice, Wording, bases, drift_wordings

WORDING = Wording(own=("I came late.",), they=("{mentee} came late.",))


@pytest.mark.parametrize(
    ("voice", "sentence"),
    [
        pytest.param("bullets", "I came late.", id="in the mentee's hand"),
        pytest.param("minutes", "{mentee} came late.", id="in the mentor's minutes"),
        pytest.param("dialogue", "{mentee}: I came late.", id="in a talk"),
    ],
)
def test_a_wording_is_said_in_the_voice_of_the_base(voice, sentence):
    base = bases()[0].model_copy(update={"voice": voice})

    assert base.sentence(WORDING, 0) == sentence


def test_minutes_and_talks_have_as_many_sentences_as_the_mentee_s_hand():
    uneven = [
        (kind, wording)
        for kind, wordings in drift_wordings().items()
        for wording in wordings
        for other in (wording.they, wording.talk)
        if other and len(other) != len(wording.own)
    ]

    assert uneven == []


def test_what_is_set_aside_is_a_goal_of_the_base():
    assert all(base.goal(base.aside).id == base.aside for base in bases())


def test_there_are_twenty_four_pairs_and_no_two_share_a_name_or_a_way_of_life():
    people = [person.name for base in bases() for person in (base.mentor, base.mentee)]
    aims = [goal.statement for base in bases() for goal in base.goals]

    assert len(bases()) >= 24
    assert len(people) == len(set(people))
    assert len(aims) == len(set(aims))
    assert {base.voice for base in bases()} == set(get_args(Voice))


@pytest.mark.parametrize("base", bases(), ids=lambda base: base.id)
def test_a_base_has_six_to_ten_sessions_and_every_clause_that_a_drift_needs(base):
    tags = [
        {tag for said in session for tag in said.split(" | ")[0].split()}
        for session in base.sessions
    ]
    mentor, mentee = " ".join(base.roles.mentor), " ".join(base.roles.mentee)

    assert 6 <= len(base.sessions) <= 10
    assert all({"a"} <= each for each in tags)
    assert sum("fb" in each for each in tags) * base.feedback.every_sessions >= len(tags) - 3
    assert sum("plan" in each for each in tags) == 1
    assert "feedback" in mentor
    assert mentee
    assert len(base.change_signs) >= 2
    assert len(base.text.splitlines()) >= 3
