"""Before a session: the next date, and questions that somebody strikes for themselves."""

from datetime import timedelta

import pytest

from coach.agreement.access import Principal
from coach.model.people import Person
from tests.api.web.browser import Browser, forms_of, path_of
from tests.api.web.conftest import two_people
from tests.api.world import canary

NOTE = (
    "- Ben will send the budget draft to the board by 5 June 2026.\n"
    "Ben: I am worried about the estimates.\n"
)
THINGS = "budget,draft,slides,survey,contract,invoice,roster,forecast,minutes".split(",")
PLACES = "board,panel,bank,printer,landlord,auditor,union,council".split(",")
WHEN = {"on": "2026-06-22", "at": "10:30"}


def plan(two, side: str = "mentor", back: str = "/before", **fields: str):
    place = "/" if back == "home" else f"{two.base}{back}"
    return two.side(side).send(place, f"{two.base}/next", **{**WHEN, **fields})


def strikes(page: str) -> list[str]:
    """Where the forms go that strike a question, or bring one back."""
    return [each.action for each in forms_of(page) if "/questions/" in each.action]


@pytest.mark.parametrize(("side", "back"), [("mentor", "home"), ("mentee", "/before")])
def test_the_next_date_is_agreed_on_a_page_and_seen_by_both(side, back, fresh_two):
    fresh_two.pair.session("mentor", NOTE)

    answer = plan(fresh_two, side, back, duration_minutes="45", channel="<b>phone</b>")

    assert answer.status_code == 303
    for browser in (fresh_two.mentor, fresh_two.mentee):
        for place in ("/", f"{fresh_two.base}/before"):
            page = browser.page(place)
            assert "22 June 2026 at 10:30, for 45 minutes" in " ".join(page.split())
            assert "&lt;b&gt;phone" in page
    assert "22 June 2026 at 10:30" in fresh_two.mentee.page(f"{fresh_two.base}/prepare")


def test_it_is_kept_by_the_clock_of_the_two(world):
    two = two_people(world)
    berlin = world.pair(
        timezone="Europe/Berlin",
        mentor={"person_id": two.people["mentor"]},
        mentee={"person_id": two.people["mentee"]},
    )

    two.mentor.send("/", f"/m/{berlin.id}/next", **WHEN)

    assert berlin.get("mentee", "/next-session").json()["starts_at"] == "2026-06-22T08:30:00Z"
    assert "22 June 2026 at 10:30" in two.mentee.page("/")


def test_it_is_taken_back(fresh_two):
    plan(fresh_two)
    held = fresh_two.mentee.form("/", f"{fresh_two.base}/next").held

    fresh_two.mentee.post(f"{fresh_two.base}/next", {**held, "word": "drop"})

    assert "You meet next" not in fresh_two.mentor.page("/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""},
        {"at": "soon"},
        {"on": "2026-06-14"},
        {"on": "2031-06-14"},
        {"duration_minutes": "long"},
        {"channel": "x" * 301},
    ],
    ids=str,
)
def test_a_wrong_date_is_refused_in_words(wrong, fresh_two):
    refused = plan(fresh_two, **wrong)

    assert refused.status_code == 422
    assert "Please" in refused.text or "next session is" in refused.text
    assert fresh_two.pair.get("mentor", "/next-session").status_code == 404


@pytest.mark.parametrize(("side", "place"), [("mentor", "/before"), ("mentee", "/prepare")])
def test_a_question_is_struck_for_one_person_and_brought_back(side, place, fresh_two):
    fresh_two.pair.session("mentor", NOTE)
    browser, page = fresh_two.side(side), f"{fresh_two.base}{place}"
    before, brief = browser.page(page), fresh_two.pair.get("mentor", "/brief").json()
    (first, *rest) = strikes(before)

    answer = browser.send(page, first)
    struck = browser.page(page)
    browser.send(page, first, word="back")

    assert path_of(answer.headers["location"]).startswith(page)
    assert "1 that you struck" in struck
    assert sorted(strikes(struck)) == sorted([first, *rest])
    assert fresh_two.pair.get("mentor", "/brief").json() == brief
    assert _plain(browser.page(page)) == _plain(before)


def test_what_one_strikes_stays_with_the_other(fresh_two):
    fresh_two.pair.session("mentor", NOTE)
    places = [f"{fresh_two.base}{each}" for each in ("/before", "/prepare")]
    before = [_plain(fresh_two.mentee.page(each)) for each in places]

    for action in strikes(fresh_two.mentor.page(places[0])):
        fresh_two.mentor.send(places[0], action)

    assert [_plain(fresh_two.mentee.page(each)) for each in places] == before
    assert "that you struck" in fresh_two.mentor.page(places[0])


def test_only_so_many_struck_questions_are_kept(fresh_two):
    coach, who = fresh_two.world.parts.coach, fresh_two.people["mentor"]

    for number in range(320):
        coach.strike_question(who, fresh_two.pair.id, f"question_{number:024x}", struck=True)

    kept = coach.struck_questions(who, fresh_two.pair.id)
    assert len(kept) == 300
    assert f"question_{319:024x}" in kept


def test_forged_and_foreign_strikes_do_nothing(fresh_two):
    fresh_two.pair.session("mentor", NOTE)
    place = f"{fresh_two.base}/before"
    (action, *_) = strikes(fresh_two.mentor.page(place))
    held = fresh_two.mentor.form(place, action).held
    other = two_people(fresh_two.world, "Cleo Park", "Dan Reyes")
    theirs = other.mentor.form("/", "/sign-out").held

    assert fresh_two.mentor.post(action, {**held, "csrf": "x"}).status_code == 403
    assert other.mentor.post(action, theirs).status_code == 404
    assert fresh_two.mentor.post(f"{fresh_two.base}/questions/none", held).status_code == 404
    assert "that you struck" not in fresh_two.mentor.page(place)


def test_the_questions_stand_as_one_text_to_copy(fresh_two):
    fresh_two.pair.session("mentor", NOTE)

    page = fresh_two.mentor.page(f"{fresh_two.base}/before")

    copied = page.split('<textarea id="copy"')[1].split(">", 1)[1].split("</textarea>")[0]
    asked = fresh_two.pair.get("mentor", "/brief").json()["questions"]
    assert len(copied.strip().splitlines()) == len(asked) > 0


def test_an_administrator_sees_days_and_never_what_is_said(fresh_world):
    two, word = two_people(fresh_world), canary("said")
    admin = _administrator(fresh_world)
    two.pair.session("mentor", f"- Ben will send the {word} by 5 June 2026.", channel=word)
    plan(two, channel=word)
    for place in (two.base, f"{two.base}/before", f"{two.base}/data"):
        assert admin.get(place).status_code == 404

    people = admin.page("/people")

    assert "1 June 2026" in people
    assert word not in people + admin.page("/")
    assert admin.post(f"{two.base}/next", admin.form("/", "/sign-out").held).status_code == 404


def _administrator(world):
    coach, admin = world.parts.coach, Principal("test", "admin", None)
    root = coach.add_person(admin, Person(name="Root"), administers=True)
    return Browser(world).sign_in(f"/welcome/{coach.invite(admin, root.id).token}")


@pytest.mark.parametrize(("side", "place"), [("mentor", "/before"), ("mentee", "/prepare")])
def test_a_page_of_very_many_promises_stays_light(side, place, fresh_two):
    for held_on, due in (("2026-05-27", "10 June"), ("2026-06-01", "20 July")):
        lines = [
            f"- Ben will send the {thing} to the {where} by {due} 2026.\n"
            for thing in THINGS
            for where in PLACES
        ]
        fresh_two.pair.session(
            "mentor", "".join(lines[:: 1 if due == "10 June" else 2]), held_on=held_on
        )
    made = fresh_two.pair.get("mentor", "/commitments").json()

    page = fresh_two.side(side).page(f"{fresh_two.base}{place}")

    assert len(made) >= 60
    assert len(page.encode()) < 150_000
    assert page.count('value="done">Done') == 40


def test_the_date_is_gone_from_the_pages_once_it_is_over(fresh_world):
    two = two_people(fresh_world)
    plan(two)

    fresh_world.clock.now += timedelta(days=8)

    assert "You meet next" not in two.mentor.page("/")


def _plain(page: str) -> str:
    """A page without the tokens of its forms, and what it says of the last tap."""
    return "\n".join(line for line in page.splitlines() if 'name="csrf"' not in line)
