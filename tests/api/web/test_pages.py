"""What each page shows and does, for each side."""

from datetime import date, timedelta

import pytest

from tests.api.web.browser import Browser, forms_of, link_on, path_of
from tests.api.web.conftest import link, person, two_people
from tests.api.world import as_note, canary

NOTE = (
    "- Ben will send the budget draft to the board by 5 June 2026.\n"
    "Ben: I am worried about the estimates.\n"
)
AGREED = {"effective_from": "2026-01-05", "cadence": {"every_days": 7}}


@pytest.fixture(scope="module")
def told(world):
    """Two people with an agreement, two sessions, a promise and something raised."""
    two = two_people(world)
    two.pair.send("mentee", "PUT", "/contract", json=AGREED)
    two.pair.session("mentor", NOTE, held_on="2026-05-06", channel="call")
    two.pair.session("mentee", "Ben sent the budget draft to the board.", held_on="2026-05-27")
    return two


PLACES = {
    "mentor": (
        "/before",
        "/sessions",
        "/sessions/new",
        "/agreement",
        "/agreement/write",
        "/left",
        "/search?q=budget&from=2026-01-01&by=other",
        "/over-time",
        "/data",
        "/data/export",
        "/data/export.md",
        "/invite",
    ),
    "mentee": ("/prepare", "/before", "/left", "/search?q=budget", "/over-time", "/data/export"),
}


@pytest.mark.parametrize(
    ("side", "place"),
    [(side, place) for side, places in PLACES.items() for place in places],
    ids=str,
)
def test_every_page_lets_nothing_in_from_elsewhere(side, place, told):
    answer = told.side(side).get(f"{told.base}{place}")

    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    for foreign in ("<script", "http://", "https://", "style=", " on"):
        assert foreign + "=" not in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("side", "place"),
    [(side, place) for side, places in PLACES.items() for place in places if "export" not in place],
    ids=str,
)
def test_every_page_can_be_read_by_ear_and_used_by_keys(side, place, told):
    page = told.side(side).page(f"{told.base}{place}")

    assert page.count("<h1") == 1
    assert '<html lang="en">' in page
    assert 'href="#content"' in page
    assert '<main id="content"' in page
    labelled = {each.split('"')[0] for each in page.split('<label for="')[1:]}
    labelled |= {each.split('"')[0] for each in page.split(' for="')[1:]}
    for form in forms_of(page):
        assert form.method in {"get", "post"}
    for part in page.split("<textarea ")[1:] + page.split("<select ")[1:]:
        assert part.split('id="')[1].split('"')[0] in labelled
    ids = [each.split('"')[0] for each in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_the_page_before_the_session_leads_to_the_words_it_rests_on(told):
    page = told.mentor.page(f"{told.base}/before")
    address = next(each.split('"')[0] for each in page.split('href="') if "/notes/" in each[:120])

    note = told.mentor.page(address.replace("&amp;", "&"))

    marked = note.split('<mark id="words">')[1].split("</mark>")[0]
    assert marked
    assert marked in "Ben sent the budget draft to the board." + NOTE


def test_a_promise_is_put_right_in_one_tap(fresh_two):
    fresh_two.pair.session("mentor", NOTE)
    (promise,) = fresh_two.pair.get("mentee", "/commitments").json()
    place = f"{fresh_two.base}/promises/{promise['id']}"

    answer = fresh_two.mentee.send(f"{fresh_two.base}/prepare", place, word="done")

    assert path_of(answer.headers["location"]).startswith(f"{fresh_two.base}/prepare")
    (after,) = fresh_two.pair.get("mentor", "/commitments").json()
    assert (after["status"], after["history"][-1]["by"]) == ("done", "person")
    assert "Nothing is open." in fresh_two.mentee.page(f"{fresh_two.base}/prepare")


def test_a_promise_is_moved_to_another_day(fresh_two):
    fresh_two.pair.session("mentor", NOTE)
    (promise,) = fresh_two.pair.get("mentee", "/commitments").json()
    place = f"{fresh_two.base}/promises/{promise['id']}"

    without = fresh_two.mentor.send(f"{fresh_two.base}/before", place, word="moved", due="")
    fresh_two.mentor.send(f"{fresh_two.base}/before", place, word="moved", due="2026-06-30")

    assert without.status_code == 422
    (after,) = fresh_two.pair.get("mentor", "/commitments").json()
    assert (after["due"], after["status"]) == ("2026-06-30", "open")


def test_what_two_people_agree_is_written_in_a_form_and_agreed_to_by_the_other(fresh_two):
    place = f"{fresh_two.base}/agreement/write"

    fresh_two.mentor.send(
        place,
        every="2",
        unit="weeks",
        minutes="45",
        channels="video call\nphone",
        goal_statement=["Lead a release", "", "Speak up"],
        mentor="gives honest feedback",
        confidentiality="what is said here stays here",
        change_signs="our talks get general",
    )
    before = fresh_two.mentee.page(f"{fresh_two.base}/agreement")
    fresh_two.mentee.send(f"{fresh_two.base}/agreement", f"{fresh_two.base}/agreement/1/agree")

    made = fresh_two.pair.get("mentor", "/contract").json()
    assert made["cadence"] == {"every_days": 14, "duration_minutes": 45, "tolerance_days": None}
    assert made["channels"] == ["video call", "phone"]
    assert [each["statement"] for each in made["goals"]] == ["Lead a release", "Speak up"]
    assert made["roles"]["mentor"] == ["gives honest feedback"]
    assert made["agreed_by"] == ["mentor", "mentee"]
    assert "I agree to version 1" in before
    assert "Both of you have agreed" in fresh_two.mentor.page(f"{fresh_two.base}/agreement")


def test_changing_one_clause_keeps_the_others(fresh_two):
    agreed = {
        **AGREED,
        "goals": [{"id": "lead", "statement": "Lead a release", "target_date": "2026-09-01"}],
        "feedback": {"every_sessions": 3, "method": "in person"},
        "ends_on": "2026-12-31",
        "phase": {"diagnosis_until": "2026-03-01"},
        "roles": {"mentor": ["listens"], "mentee": ["asks"]},
        "confidentiality": "all of it",
        "change_signs": ["talks get general"],
        "channels": ["phone"],
        "text": "We said so.",
    }
    fresh_two.pair.send("mentor", "PUT", "/contract", json=agreed)
    first = fresh_two.pair.get("mentor", "/contract").json()

    fresh_two.mentee.send(f"{fresh_two.base}/agreement/write", every="3", unit="weeks")

    second = fresh_two.pair.get("mentor", "/contract").json()
    assert second["cadence"]["every_days"] == 21
    apart = {"version", "effective_from", "agreed_by", "cadence"}
    assert {k: v for k, v in second.items() if k not in apart} == {
        k: v for k, v in first.items() if k not in apart
    }


def test_prose_is_read_as_clauses(fresh_two):
    fresh_two.mentor.send(
        f"{fresh_two.base}/agreement/write", text="We meet every two weeks for 45 minutes."
    )

    made = fresh_two.pair.get("mentor", "/contract").json()
    assert made["cadence"]["every_days"] == 14
    shown = fresh_two.mentee.page(f"{fresh_two.base}/agreement")
    assert "How often we meet" in shown
    assert "We meet every two weeks" in shown


def test_a_wrong_clause_is_said_and_nothing_is_lost(fresh_two):
    refused = fresh_two.mentor.send(
        f"{fresh_two.base}/agreement/write",
        every="often",
        goal_statement=["Lead a release", "", ""],
        confidentiality="between us",
    )

    assert refused.status_code == 422
    assert "how often you meet as a number" in refused.text
    assert "Lead a release" in refused.text
    assert "between us" in refused.text
    assert fresh_two.pair.get("mentor", "/contract").status_code == 404


@pytest.mark.parametrize(
    ("decision", "more", "status"),
    [
        ("return", {}, "returned"),
        ("dispute", {}, "disputed"),
        ("mute", {"until": "2026-07-01"}, "muted"),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_what_was_raised_is_settled(decision, more, status, fresh_two):
    fresh_two.pair.session("mentor", NOTE, held_on="2026-05-06")
    raised = fresh_two.pair.late()
    place = f"{fresh_two.base}/left/{raised['id']}"

    answer = fresh_two.mentor.send(f"{fresh_two.base}/left", place, decision=decision, **more)

    assert answer.status_code == 303
    after = fresh_two.pair.get("mentor", f"/drift/{raised['id']}").json()
    assert after["status"] == status
    assert "Settled" in fresh_two.mentor.page(f"{fresh_two.base}/left")


def test_what_was_raised_is_settled_by_agreeing_on_something_else(fresh_two):
    fresh_two.pair.session("mentor", NOTE, held_on="2026-05-06")
    raised = fresh_two.pair.late()
    left = f"{fresh_two.base}/left/{raised['id']}"

    to_write = fresh_two.mentor.send(f"{fresh_two.base}/left", left, decision="amend")
    fresh_two.mentor.send(
        to_write.headers["location"], f"{fresh_two.base}/agreement/write", every="8", unit="weeks"
    )

    assert [each["kind"] for each in fresh_two.pair.get("mentor", "/drift").json()] == []
    assert fresh_two.pair.get("mentor", "/contract").json()["cadence"]["every_days"] == 56


def test_a_rest_needs_a_day_to_come(fresh_two):
    fresh_two.pair.session("mentor", NOTE, held_on="2026-05-06")
    raised = fresh_two.pair.late()
    place = f"{fresh_two.base}/left/{raised['id']}"

    for until in ("", "2026-06-01"):
        refused = fresh_two.mentor.send(
            f"{fresh_two.base}/left", place, decision="mute", until=until
        )
        assert refused.status_code == 422


def test_what_one_wants_is_shared_or_kept(fresh_two):
    fresh_two.pair.session("mentor", NOTE, held_on="2026-05-06")
    place = f"{fresh_two.base}/want"

    fresh_two.mentee.send(
        f"{fresh_two.base}/prepare", place, text="Watch my rehearsal", visibility="shared"
    )
    fresh_two.mentee.send(
        f"{fresh_two.base}/prepare", place, text="Say that I want to leave", visibility="me"
    )

    mine = fresh_two.mentee.page(f"{fresh_two.base}/prepare")
    assert "Watch my rehearsal" in mine
    assert "Say that I want to leave" in mine
    theirs = fresh_two.mentor.page(f"{fresh_two.base}/before")
    assert '<bdi>Ben</bdi>: <span class="note" dir="auto">Watch my rehearsal' in theirs
    assert "<bdi>Ben</bdi>: <span" not in mine
    assert "want to leave" not in theirs


def test_search_marks_the_words(told):
    page = told.mentor.page(f"{told.base}/search?q=estimate drafts")

    assert "<mark>estimates</mark>" in page
    assert "<mark>draft</mark>" in page


def test_search_shows_what_was_asked_as_it_is(told):
    page = told.mentor.page(f"{told.base}/search?q=%3Cscript%3Ealert(1)%3C/script%3E")

    assert "<script" not in page


def test_a_note_is_shared_kept_and_erased_by_who_posted_it(fresh_two):
    note = fresh_two.pair.note("mentor", "Between us.", visibility="mentor")
    place = f"{fresh_two.base}/notes/{note['id']}"

    hidden = fresh_two.mentee.get(place)
    fresh_two.mentor.send(place, f"{place}/visibility")
    seen = fresh_two.mentee.page(place)
    fresh_two.mentor.send(place, f"{place}/erase", sure="yes")

    assert hidden.status_code == 404
    assert "Between us." in seen
    assert "Erase" not in seen
    assert fresh_two.mentor.get(place).status_code == 404


def test_erasing_asks_whether_one_is_sure(fresh_two):
    note = fresh_two.pair.note("mentor")
    place = f"{fresh_two.base}/notes/{note['id']}"

    refused = fresh_two.mentor.send(place, f"{place}/erase")

    assert refused.status_code == 422
    assert fresh_two.mentor.get(place).status_code == 200


def test_a_session_without_notes_is_kept_as_a_meeting(fresh_two):
    fresh_two.mentor.send(
        f"{fresh_two.base}/sessions/new", no_notes="yes", visibility="shared", held_on="2026-06-01"
    )

    (session,) = fresh_two.pair.get("mentee", "/sessions").json()
    assert session["notes"] == []


def test_a_further_note_is_added_to_a_session(fresh_two):
    session = fresh_two.pair.session("mentor", NOTE)["session"]
    page = f"{fresh_two.base}/sessions/{session['id']}"

    fresh_two.mentee.send(page, f"{page}/notes", text="My own view.", visibility="me")

    assert "My own view." in fresh_two.mentee.page(page)
    assert "My own view." not in fresh_two.mentor.page(page)


def test_a_session_to_come_says_so(fresh_two):
    session = fresh_two.pair.session("mentor", NOTE, held_on="2026-07-01")["session"]

    page = fresh_two.mentor.page(f"{fresh_two.base}/sessions/{session['id']}")

    assert "still to come" in page
    assert "send the budget draft" in page
    assert "still to come" in fresh_two.mentor.page(f"{fresh_two.base}/sessions")


def test_my_mentorships_tell_what_i_owe_and_what_was_raised(told):
    mine, theirs = told.mentee.page("/"), told.mentor.page("/")

    assert "Ana Lima" in mine
    assert "You are the mentee" in mine
    assert "Last met 27 May 2026" in theirs
    assert "worth a word" in theirs


def test_one_person_is_mentor_here_and_mentee_there(world):
    ana, ben, cleo = (person(world, each) for each in ("Ana Lima", "Ben Okoro", "Cleo Park"))
    first = world.pair(mentor={"person_id": ana}, mentee={"person_id": ben})
    second = world.pair(mentor={"person_id": cleo}, mentee={"person_id": ana})
    browser = Browser(world).sign_in(link(world, ana))

    home = browser.page("/")

    assert home.count("You are the mentor") == home.count("You are the mentee") == 1
    assert browser.get(f"/m/{first.id}/prepare").status_code == 403
    assert browser.get(f"/m/{second.id}/prepare").status_code == 200


def test_what_one_side_keeps_to_itself_changes_no_byte_of_a_page_of_the_other(world):
    plain, secret = two_people(world), two_people(world)
    word = canary("page")
    for two in (plain, secret):
        two.pair.send("mentee", "PUT", "/contract", json=AGREED)
        two.pair.session("mentee", NOTE, held_on="2026-05-06")
    sid = secret.pair.get("mentor", "/sessions").json()[0]["id"]
    private = as_note(f"- Ben will tell {word} by 13 June 2026.\n{NOTE}", visibility="mentor")
    secret.pair.post("mentor", f"/sessions/{sid}/notes", private)
    wanted = {"text": f"Ask about {word}", "visibility": "mentor"}
    secret.pair.post("mentor", "/preparations", wanted)

    for place in ("/", *(f"{{base}}{each}" for each in PLACES["mentee"]), "{base}/data"):
        without, beside = (
            _told(two, two.mentee.get(place.format(base=two.base))) for two in (plain, secret)
        )
        assert without == beside, place
        assert word not in beside
    assert word in secret.mentor.page(f"{secret.base}/before")


def test_an_administrator_sees_that_people_meet_and_nothing_of_what_they_say(fresh_world):
    link_of_admin = fresh_world.parts.coach.first_invite()
    assert link_of_admin is not None
    admin = Browser(fresh_world).sign_in(f"/welcome/{link_of_admin.token}", name="Edda Admin")
    two = two_people(fresh_world)
    word = canary("admin")
    note = two.pair.note("mentor", f"- Ben will send the {word} draft by 5 June 2026.")
    two.pair.send("mentor", "PUT", "/contract", json={**AGREED, "confidentiality": word})

    pages = [admin.page("/people"), admin.page("/")]

    assert "Ana Lima" in pages[0]
    assert "1 June 2026" in pages[0]
    assert not [each for each in pages if word in each]
    for place in ("", "/before", "/sessions", f"/notes/{note['id']}", "/data/export", "/agreement"):
        assert admin.get(f"{two.base}{place}").status_code == 404
    assert two.mentor.get("/people").status_code == 403


def test_an_administrator_adds_people_and_has_them_work_together(fresh_world):
    made = fresh_world.parts.coach.first_invite()
    assert made is not None
    admin = Browser(fresh_world).sign_in(f"/welcome/{made.token}", name="Edda Admin")
    for name in ("Ana Lima", "Ben Okoro"):
        admin.send("/people", name=name)
    ids = {each.name: each.id for each in fresh_world.parts.store.accounts()}

    admin.send("/people", "/people/pairs", mentor=ids["Ana Lima"], mentee=ids["Ben Okoro"])
    shown = admin.send("/people", f"/people/{ids['Ana Lima']}/link").text
    address = link_on(shown)
    ana = Browser(fresh_world).sign_in(address)

    assert "Ben Okoro" in ana.page("/")


def test_the_first_who_comes_gives_a_name_and_then_nobody_comes_so_again(fresh_world):
    made = fresh_world.parts.coach.first_invite()
    assert made is not None
    place = f"/welcome/{made.token}"
    browser = Browser(fresh_world)

    nameless = browser.send(place, name="  ")
    browser.sign_in(place, name="Edda Admin")

    assert nameless.status_code == 422
    assert "Edda Admin" in browser.page("/")
    assert fresh_world.parts.coach.first_invite() is None


NAMES = {
    "markup": '<img src=x onerror=alert(1)> & "Ana"',
    "right to left": "\u202eאנה לימה",
    "template": "{{ 7*7 }} {% raw %}",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_with_markup_or_from_right_to_left_are_only_names(name, world):
    two = two_people(world, mentor=NAMES[name])
    two.pair.session("mentor", f"{NAMES[name]} spoke.\n" + NOTE, channel=NAMES[name])

    pages = [
        two.mentee.page(f"{two.base}{each}") for each in ("/before", "/sessions", "/agreement")
    ]
    pages += [two.mentee.page("/"), two.mentor.page("/devices")]

    for page in pages:
        assert "<img" not in page
        assert "<bdi>49" not in page
    assert "<bdi>" in pages[0]


def test_the_newcomers_way_shows_what_is_left_to_do(world):
    ana = Browser(world).sign_in(link(world, person(world, "Ana Lima")))
    base = path_of(
        ana.send("/new", side="mentor", name="Ben Okoro", timezone="UTC").headers["location"]
    )

    left = [ana.page(base).count("(done)")]
    ana.send(f"{base}/agreement/write", every="2", unit="weeks")
    left.append(ana.page(base).count("(done)"))
    ana.send(f"{base}/sessions/new", held_on="2026-06-01", text=NOTE, visibility="shared")
    left.append(ana.page(base).count("(done)"))

    assert left == [1, 2, 3]
    assert "send the budget draft" in ana.page(f"{base}/before")


def test_a_browser_that_is_lost_is_told_so_in_words(told):
    answer = told.mentor.get("/nowhere")

    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_tool_that_is_not_signed_in_gets_a_problem(world):
    answer = world.send("GET", "/", None)

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def _told(two, answer) -> str:
    """A page without what differs from one pair to the other: ids, tokens, times."""
    assert answer.status_code == 200
    text = answer.text.replace(two.pair.id, "PAIR")
    for side, each in two.people.items():
        text = text.replace(each, side)
    for number, session in enumerate(two.pair.get("mentee", "/sessions").json()):
        text = text.replace(session["id"], f"session {number}")
        for at, note in enumerate(session["notes"]):
            text = text.replace(note["id"], f"note {number} {at}")
    for number, key in enumerate(two.pair.send("admin", "GET", "/keys").json()):
        text = text.replace(key["id"], f"key {number}")
    for path in ("/commitments", "/facts", "/drift"):
        for number, each in enumerate(two.pair.get("mentee", path).json()):
            text = text.replace(each["id"], f"{path} {number}")
    return "\n".join(line for line in text.splitlines() if 'name="csrf"' not in line)


def test_days_are_those_of_the_pairs_own_time_zone(fresh_world):
    two = two_people(fresh_world)
    ahead = fresh_world.pair(
        mentor={"person_id": two.people["mentor"]},
        mentee={"person_id": two.people["mentee"]},
        timezone="Pacific/Auckland",
    )
    fresh_world.clock.now += timedelta(hours=12)  # 21:00 in UTC, the morning after in Auckland

    page = two.mentor.form(f"/m/{ahead.id}/sessions/new")

    assert page.held["held_on"] == "2026-06-16"


def test_a_session_is_put_right_and_erased_by_who_added_it(fresh_two):
    session = fresh_two.pair.session("mentor", NOTE, held_on="2026-07-01")["session"]
    page = f"{fresh_two.base}/sessions/{session['id']}"

    fresh_two.mentor.send(page, f"{page}/change", held_on="2026-06-01", channel="phone")
    (changed,) = fresh_two.pair.get("mentee", "/sessions").json()
    held = fresh_two.mentee.form(page, f"{page}/notes").held
    of_the_other = fresh_two.mentee.post(f"{page}/erase", {**held, "sure": "yes"})
    unsure = fresh_two.mentor.send(page, f"{page}/erase")
    fresh_two.mentor.send(page, f"{page}/erase", sure="yes")

    assert (changed["held_on"], changed["channel"]) == ("2026-06-01", "phone")
    assert of_the_other.status_code == 403
    assert "Only who posted a session" in of_the_other.text
    assert unsure.status_code == 422
    assert fresh_two.pair.get("mentee", "/sessions").json() == []


def test_a_break_is_said_and_taken_back(fresh_two):
    place = f"{fresh_two.base}/data"

    fresh_two.mentor.send(place, f"{place}/rest", paused_until="2026-08-01")
    paused = fresh_two.pair.get("mentee", "").json()
    fresh_two.mentee.send(place, f"{place}/rest", paused_until="")
    wrong = fresh_two.mentee.send(place, f"{place}/rest", ended_on="soon")

    assert (paused["status"], paused["paused_until"]) == ("paused", "2026-08-01")
    assert fresh_two.pair.get("mentee", "").json()["status"] == "active"
    assert wrong.status_code == 422


def test_many_sessions_are_shown_a_page_at_a_time(fresh_two):
    for number in range(53):
        fresh_two.pair.session("mentor", held_on=str(date(2026, 1, 5) + timedelta(days=number)))

    first = fresh_two.mentor.page(f"{fresh_two.base}/sessions")
    second = fresh_two.mentor.page(f"{fresh_two.base}/sessions?after=50")

    assert first.count("/sessions/session_") == 50
    assert second.count("/sessions/session_") == 3
    assert "Older sessions" in first
    assert "Older sessions" not in second


def test_of_many_promises_those_with_a_near_day_stand_open(fresh_two):
    lines = [f"- Ben will write part {each} by {each} June 2026.\n" for each in range(4, 29, 3)]
    fresh_two.pair.session("mentor", "".join(lines), held_on="2026-05-27")

    page = fresh_two.mentor.page(f"{fresh_two.base}/before")

    overdue = page.split("what came of them")[1].split("<summary>and")[0]
    assert "Write part 13" in overdue
    assert overdue.index("Write part 13") < overdue.index("Write part 10")
    assert page.count('value="done">Done') == len(lines)


def test_a_key_for_a_tool_is_made_and_ended_by_one_of_the_two(fresh_two):
    place = f"{fresh_two.base}/data"
    private = fresh_two.pair.note("mentor", "Between us.", visibility="mentor")
    sessions = f"/v1/mentorships/{fresh_two.pair.id}/sessions"

    shown = {
        acts_as: fresh_two.mentor.send(place, f"{place}/keys", acts_as=acts_as).text
        for acts_as in ("tool", "me")
    }
    keys = {
        acts_as: page.split('<textarea id="key"')[1].split(">", 1)[1].split("<", 1)[0]
        for acts_as, page in shown.items()
    }
    told = {
        acts_as: fresh_two.world.send("GET", sessions, key).text for acts_as, key in keys.items()
    }
    mine = f"{place}/keys/{keys['me'].split('_')[2]}"
    of_the_other = fresh_two.mentee.post(mine, fresh_two.mentee.form("/", "/sign-out").held)
    fresh_two.mentor.send(place, mine)

    assert private["text"] in told["me"]
    assert private["text"] not in told["tool"]
    assert mine not in fresh_two.mentee.page(place)
    assert of_the_other.status_code == 404
    assert fresh_two.world.send("GET", sessions, keys["me"]).status_code == 401
    assert fresh_two.world.send("GET", sessions, keys["tool"]).status_code == 200


@pytest.mark.parametrize("acts_as", ["mentee", "admin"], ids=str)
def test_nobody_makes_a_key_that_acts_as_the_other(acts_as, fresh_two):
    place = f"{fresh_two.base}/data"

    fresh_two.mentor.send(place, f"{place}/keys", acts_as=acts_as)

    made = fresh_two.pair.send("admin", "GET", "/keys").json()[-1]
    assert made["acts_as"] == "tool"
