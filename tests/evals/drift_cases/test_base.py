"""Base series and wordings as their files hold them."""

import pytest

from evals.drift_cases.base import Wording, bases, drift_wordings

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
