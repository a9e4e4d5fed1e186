"""How a mentorship went over time, from what one audience knows."""

from datetime import date, timedelta

from coach.commitments.remembered import Remembered
from coach.model.course import Course
from coach.pages import course as courses
from tests.builders import make_contract, make_goal, make_history, make_mentorship, make_session

FIRST = date(2026, 1, 5)
SPEECH = make_goal("Speak in front of the board", id="g2")


def went(*sessions, since=None, **given) -> Course:
    history = make_history(*sessions, **given)
    return courses.course(history, Remembered(most=100).commitments(history), since=since)


def on(*days: int):
    return [make_session(FIRST + timedelta(days=each), f"We met, day {each}.") for each in days]


def test_each_gap_is_held_against_the_rhythm_that_was_agreed_when_it_began():
    weekly = make_contract(cadence={"every_days": 7})
    monthly = make_contract(
        version=2, effective_from=FIRST + timedelta(days=30), cadence={"every_days": 30}
    )

    found = went(*on(0, 7, 30, 60), contracts=[weekly, monthly], as_of=FIRST + timedelta(days=61))

    assert [(each.days, each.agreed_days, each.longer) for each in found.stretches] == [
        (7, 7, False),
        (23, 7, True),
        (30, 30, False),
        (1, 30, False),
    ]
    assert [each.running for each in found.stretches] == [False, False, False, True]


def test_without_a_rhythm_no_gap_is_longer_than_agreed():
    found = went(*on(0, 200))

    assert [(each.agreed_days, each.longer) for each in found.stretches] == [(None, False)]


def test_while_two_people_pause_no_gap_runs_on():
    paused = make_mentorship(status="paused")

    found = went(*on(0, 7), mentorship=paused, as_of=FIRST + timedelta(days=90))

    assert [each.running for each in found.stretches] == [False]


def test_a_goal_has_one_place_for_each_session_that_spoke_of_it():
    contract = make_contract(goals=(make_goal("Lead a release"), SPEECH))
    told = [
        make_session(FIRST, "Ben led the release rehearsal.\nBen planned the next release, too."),
        make_session(FIRST + timedelta(days=14), "Ben wants to lead the release in May."),
        make_session(FIRST + timedelta(days=28), "We talked about the holidays."),
    ]

    found = went(*told, contracts=[contract])

    release, speech = found.goals
    assert [each.held_on for each in release.evidence] == [FIRST, FIRST + timedelta(days=14)]
    assert all("release" in each.quote for each in release.evidence)
    assert (speech.goal.id, speech.evidence) == ("g2", ())


def test_a_promise_belongs_to_the_days_in_which_it_was_open():
    told = [
        make_session(FIRST, "- Ben will send the budget draft to the board by 12 January 2026."),
        make_session(FIRST + timedelta(days=7), "Ben sent the budget draft to the board."),
        make_session(FIRST + timedelta(days=90), "- Ana will book the room by 20 April 2026."),
        make_session(FIRST + timedelta(days=97), "We met."),
    ]

    whole, late = went(*told), went(*told, since=FIRST + timedelta(days=95))

    assert [each.status for each in whole.commitments] == ["done", "open"]
    assert [each.status for each in late.commitments] == ["open"]
    assert (len(late.meetings), late.earlier) == (1, 3)


def test_no_more_than_a_thousand_sessions_are_looked_through():
    found = went(*on(*range(1003)))

    assert (len(found.meetings), found.earlier) == (courses.MOST_SESSIONS, 3)
    assert len(found.stretches) == courses.MOST_SESSIONS - 1
