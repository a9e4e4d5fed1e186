"""What can be changed in a series."""

from datetime import timedelta

import pytest

from evals.drift_cases.series import Series, clean_series


@pytest.fixture
def series() -> Series:
    return clean_series()[0]


def texts(series: Series, at: int) -> list[str]:
    return [sentence.text for sentence in series.meetings[at].sentences]


def test_a_sentence_more_stands_in_the_middle_of_its_meeting_alone(series):
    changed = series.saying(2, "Something new.")

    assert "Something new." in texts(changed, 2)[1:-1]
    assert texts(changed, 1) == texts(series, 1)


def test_beyond_the_last_meeting_nothing_changes(series):
    assert series.saying(len(series.meetings), "Something new.") == series


def test_a_promise_left_out_is_left_out_where_it_is_settled_too(series):
    promises = {
        name for meeting in series.meetings for said in meeting.sentences for name in said.promises
    }
    name = sorted(promises)[0]

    left = series.without(f"{name}+", range(len(series.meetings)))

    kept = {
        each for meeting in left.meetings for said in meeting.sentences for each in said.promises
    }
    assert kept == promises - {name}


@pytest.mark.parametrize(
    ("planned", "moved"), [pytest.param(True, 10, id="planned"), pytest.param(False, 0, id="not")]
)
def test_a_delay_moves_every_later_meeting_and_the_plan_before_it_when_it_was_known(
    series, planned, moved
):
    later = series.later_by(3, 10, planned=planned)

    shifts = [
        (now.held_on - was.held_on).days
        for now, was in zip(later.meetings, series.meetings, strict=True)
    ]
    assert shifts == [0, 0, 0, *([10] * (len(shifts) - 3))]
    plan = later.meetings[2].planned_next - series.meetings[2].planned_next
    assert plan == timedelta(days=moved)


def test_an_amendment_is_a_new_version_from_its_meeting_on(series):
    amended = series.amended(2, confidentiality="None.")

    assert [contract.version for contract in amended.contracts] == [1, 2]
    assert amended.contracts[1].effective_from == series.meetings[2].held_on
    assert amended.contracts[1].confidentiality == "None."
    assert amended.contracts[0] == series.contracts[0]
