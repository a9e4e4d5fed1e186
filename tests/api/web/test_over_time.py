"""The page that shows how it went over time, and the places of what it draws."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from api.web import drawing
from coach.model.citations import Citation
from coach.model.commitments import Commitment, CommitmentEvent
from coach.model.contract import Goal
from coach.model.course import Course, GoalCourse, Meeting, Stretch
from coach.model.sessions import Session
from tests.api.web.conftest import two_people
from tests.api.world import as_note, canary

FIRST = date(2026, 1, 1)
AGREED = {
    "effective_from": "2026-01-05",
    "cadence": {"every_days": 14},
    "goals": [{"id": "lead", "statement": "Lead a release <b>"}],
}


def cited(on: date) -> Citation:
    return Citation(session_id="s", held_on=on, note_id="n", start=0, end=2, quote="We")


def drawn(*days: int, longer: bool = False, as_of: int | None = None, **given) -> drawing.Picture:
    held = [FIRST + timedelta(days=each) for each in days]
    stretches = tuple(
        Stretch(since=one, until=two, agreed_days=14, longer=longer) for one, two in pairwise(held)
    )
    whole = {
        "as_of": FIRST + timedelta(days=as_of or days[-1]),
        "earlier": 0,
        "meetings": tuple(Meeting(session_id="s", held_on=each) for each in held),
        "stretches": stretches,
        "goals": (),
        "commitments": (),
    }
    return drawing.picture(Course(**{**whole, **given}))


def promise(status: str, *, due: int | None = None, closed: int = 50) -> Commitment:
    on = FIRST + timedelta(days=closed)
    event = CommitmentEvent(
        session_id="s",
        held_on=on,
        status=status if status in {"done", "dropped"} else "open",
        due=None,
        citation=cited(on),
        by="embedded",
    )
    return Commitment(
        id="c",
        owner="mentee",
        action="send the draft",
        due=FIRST + timedelta(days=due) if due is not None else None,
        status=status,
        made_in=cited(FIRST),
        history=(event,),
    )


def test_a_dot_stands_where_its_day_lies_between_the_first_session_and_today():
    sessions = drawn(0, 25, 50, as_of=100).lanes[0]

    assert [each.x for each in sessions.dots] == [0.0, 25.0, 50.0]


def test_gaps_of_a_kind_that_follow_one_another_are_one_line():
    assert len(drawn(*range(0, 200, 10)).lanes[0].lines) == 1
    assert drawn(0, 10, longer=True).lanes[0].lines[0].kind == "longer"


def test_a_thousand_sessions_are_no_more_than_the_dots_that_can_be_told_apart():
    sessions = drawn(*range(0, 7000, 7)).lanes[0]

    assert 150 < len(sessions.dots) <= 201


@pytest.mark.parametrize("days", [0, 1, 20, 100, 400, 3000, 30000])
def test_few_enough_days_stand_below_the_picture_whatever_its_length(days):
    ticks = drawn(0, days).ticks

    assert 1 <= len(ticks) <= 4
    assert [each.x for each in ticks] == sorted(each.x for each in ticks)


@pytest.mark.parametrize(
    ("status", "kind", "until"),
    [("done", "done", 50.0), ("dropped", "dropped", 50.0), ("open", "open", 100.0)],
)
def test_a_promise_runs_from_its_day_until_it_is_settled(status, kind, until):
    lane = drawn(0, 100, commitments=(promise(status),)).lanes[-1]

    assert lane.lines == (drawing.Line(0.0, until, kind),)


def test_a_promise_that_a_person_calls_kept_is_not_told_as_kept_on_the_day_it_was_made():
    noted = promise("done")
    word = noted.history[0].model_copy(update={"held_on": FIRST, "by": "person"})
    confirmed = noted.model_copy(update={"history": (*noted.history, word)})
    known_to_a_person_alone = noted.model_copy(update={"history": (word,)})

    assert drawing.closed_on(confirmed) == FIRST + timedelta(days=50)
    assert drawing.closed_on(known_to_a_person_alone) is None
    lane = drawn(0, 100, commitments=(known_to_a_person_alone,)).lanes[-1]
    assert lane.lines == (drawing.Line(0.0, 100.0, "done"),)


def test_an_open_promise_widens_the_picture_to_its_day_but_not_by_far():
    near = drawn(0, 100, commitments=(promise("open", due=110),))
    far = drawn(0, 100, commitments=(promise("open", due=4000),))

    assert near.lanes[-1].dots == (drawing.Dot(100.0, "due"),)
    assert near.today == pytest.approx(90.9)
    assert far.today > 80


def test_the_picture_is_never_higher_than_its_most_lanes():
    goals = tuple(
        GoalCourse(goal=Goal(id=f"g{each}", statement="x " * 400), evidence=())
        for each in range(30)
    )
    picture = drawn(0, 9, goals=goals, commitments=(promise("open"),) * 99)

    assert len(picture.lanes) == 1 + drawing.MOST_GOALS + drawing.MOST_PROMISES
    assert all(len(each.words) <= 40 for each in picture.lanes)


def test_nobody_finds_an_empty_picture_before_the_first_session(fresh_two):
    page = fresh_two.mentor.page(f"{fresh_two.base}/over-time")

    assert "<svg" not in page
    assert "Nothing to see yet." in page


def test_the_page_tells_in_tables_what_it_draws(fresh_two):
    fresh_two.pair.send("mentor", "PUT", "/contract", json=AGREED)
    fresh_two.pair.session(
        "mentor",
        "Ben is proud that he led a release for the first time.\n"
        "- Ben will send the budget draft by 1 April 2026.",
        held_on="2026-03-02",
    )
    fresh_two.pair.session("mentor", "Ben sent the budget draft.", held_on="2026-05-04")

    page = fresh_two.mentor.page(f"{fresh_two.base}/over-time")

    assert page.count("<svg") > 1
    assert "63, a longer gap" in page
    assert "Lead a release &lt;b&gt;" in page
    assert "1 of 2" in page
    assert "1 of 1 promise kept" in page


def test_older_sessions_are_shown_where_they_are_asked_for(fresh_two):
    for day in ("2024-02-01", "2026-05-04"):
        fresh_two.pair.session("mentor", "We spoke of the plan.", held_on=day)

    year = fresh_two.mentor.page(f"{fresh_two.base}/over-time")
    whole = fresh_two.mentor.page(f"{fresh_two.base}/over-time?span=all")

    assert "1 session since 4 May 2026" in year
    assert "2 sessions since 1 February 2024" in whole


def test_a_thousand_sessions_weigh_less_than_150_kilobytes(fresh_two):
    goals = [{"id": f"g{each}", "statement": f"Reach goal {each}"} for each in range(30)]
    fresh_two.pair.send("mentor", "PUT", "/contract", json={**AGREED, "goals": goals})
    store = fresh_two.world.parts.store
    for week in range(1000):
        held = Session(id=f"session_{week}", held_on=date(2007, 1, 1) + timedelta(days=7 * week))
        store.add_session(fresh_two.pair.id, held, posted_by="mentor")
    lines = [f"- Ben will send part {each} to the board by 1 July 2026." for each in range(60)]
    fresh_two.pair.session("mentor", "\n".join(lines))

    page = fresh_two.mentor.page(f"{fresh_two.base}/over-time?span=all")

    assert "The newest 1000 sessions; 1 more came before." in page
    assert len(page.encode()) < 150_000


def test_what_one_keeps_private_changes_no_byte_of_the_others_pages(world):
    """Over time, search and the two exports: with and without the private note."""
    two = two_people(world)
    two.pair.send("mentor", "PUT", "/contract", json=AGREED)
    session = two.pair.session("mentor", "Ben led the release.", held_on="2026-05-04")["session"]
    places = ("/over-time", "/over-time?span=all", "/search?q=release+zorbulax")
    places += ("/data/export", "/data/export.md")
    before = [told(two.mentee, two.base + place) for place in places]
    secret = canary("course")
    text = f"The release slips, says {secret}.\n- Ben will tell {secret} of it by 2 May 2026."

    two.pair.post(
        "mentor",
        f"/sessions/{session['id']}/notes",
        as_note(text, author="mentor", visibility="mentor"),
    )

    assert [told(two.mentee, two.base + place) for place in places] == before
    assert secret in told(two.mentor, two.base + "/over-time")
    assert secret in told(two.mentor, two.base + "/data/export.md")


def told(browser, place: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    return re.sub(r'name="(?:csrf|once)" value="[^"]*"', "", browser.page(place))
