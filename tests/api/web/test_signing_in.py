"""Links sign in once, devices stay signed in for a while, and a stolen link opens nothing more."""

from datetime import timedelta

import pytest

from coach.use_cases.people import IDLE_DAYS, LINK_DAYS
from tests.api.web.browser import Browser, forms_of, link_on, path_of
from tests.api.web.conftest import link, person, two_people


def test_a_link_signs_in_on_the_device_that_opens_it(world):
    browser = Browser(world)
    address = link(world, person(world, "Ana Lima"))

    before = browser.get("/")
    browser.sign_in(address)
    after = browser.get("/")

    assert before.status_code == 401
    assert "You are not signed in" in before.text
    assert after.status_code == 200
    assert "Ana Lima" in after.text


def test_looking_at_a_link_does_not_open_it(world):
    address = link(world, person(world, "Ana Lima"))

    for _ in range(3):
        assert Browser(world).get(address).status_code == 200

    Browser(world).sign_in(address)


def test_a_link_opens_once(world):
    address = link(world, person(world, "Ana Lima"))
    first, second = Browser(world), Browser(world)
    held = second.form(address).held
    first.sign_in(address)

    refused = second.post(address, held)

    assert refused.status_code == 410
    assert "does not work any more" in refused.text
    assert second.get("/").status_code == 401
    assert Browser(world).get(address).status_code == 410
    assert first.get("/").status_code == 200


def test_a_link_that_waited_too_long_does_not_open(fresh_world):
    address = link(fresh_world, person(fresh_world, "Ana Lima"))
    browser = Browser(fresh_world)
    held = browser.form(address).held
    fresh_world.clock.now += timedelta(days=LINK_DAYS, seconds=1)

    refused = browser.post(address, held)

    assert refused.status_code == 410
    assert browser.get("/").status_code == 401


def test_a_new_link_takes_the_place_of_one_that_was_not_opened(world):
    who = person(world, "Ana Lima")
    old, new = link(world, who), link(world, who)

    assert Browser(world).get(old).status_code == 410
    Browser(world).sign_in(new)


@pytest.mark.parametrize("change", ["last", "first", "none"], ids=str)
def test_a_link_that_was_made_up_opens_nothing(change, world):
    address = link(world, person(world, "Ana Lima"))
    token = address.rpartition("/")[2]
    made_up = {"last": token[:-1] + "!", "first": "x" + token[1:], "none": "nothing"}[change]

    assert Browser(world).get(f"/welcome/{made_up}").status_code == 410


def test_a_link_of_one_mentorship_opens_no_other(world):
    ours, theirs = two_people(world), two_people(world, "Cleo Park", "Dan Reyes")
    note = ours.pair.note("mentor")

    for place in ("", "/before", "/sessions", "/agreement", "/data", f"/notes/{note['id']}"):
        stolen = theirs.mentor.get(f"{ours.base}{place}")
        none = theirs.mentor.get(f"/m/none{place}")

        assert stolen.status_code == none.status_code == 404
        assert _plain(stolen.text) == _plain(none.text)


def test_a_device_is_listed_and_signed_out_by_its_owner(world):
    who = person(world, "Ana Lima")
    desk, phone = (Browser(world).sign_in(link(world, who)) for _ in range(2))
    (lost,) = (
        each.action for each in forms_of(desk.page("/devices")) if "/devices/" in each.action
    )

    answer = desk.send("/devices", lost)

    assert answer.status_code == 303
    assert phone.get("/").status_code == 401
    assert desk.get("/").status_code == 200


def test_nobody_signs_the_device_of_another_out(world):
    ana, ben = (Browser(world).sign_in(link(world, person(world, each))) for each in "AB")
    held = ana.form("/devices", "/sign-out").held
    theirs = world.parts.coach.sign_ins(_person_of(world, ben))[0].id

    assert ana.post(f"/devices/{theirs}", held).status_code == 404
    assert ben.get("/").status_code == 200


def test_signing_out_ends_it_on_the_server_too(world):
    browser = Browser(world).sign_in(link(world, person(world, "Ana Lima")))
    kept = dict(browser.client.cookies)

    browser.send("/", "/sign-out")
    other = Browser(world)
    other.client.cookies.update(kept)

    assert other.get("/").status_code == 401


def test_a_device_that_is_not_used_is_signed_out(fresh_world):
    browser = Browser(fresh_world).sign_in(link(fresh_world, person(fresh_world, "Ana Lima")))
    for _ in range(2):
        fresh_world.clock.now += timedelta(days=IDLE_DAYS - 1)
        assert browser.get("/").status_code == 200

    fresh_world.clock.now += timedelta(days=IDLE_DAYS, seconds=1)

    assert browser.get("/").status_code == 401


def test_the_store_holds_no_secret_of_a_link_or_a_device(fresh_world):
    address = link(fresh_world, person(fresh_world, "Ana Lima"))
    browser = Browser(fresh_world).sign_in(address)
    secrets = [path_of(address).rpartition("/")[2].split("_", 3)[3]]
    secrets += [
        each.split("_", 3)[3] for each in browser.client.cookies.values() if each.startswith("msc_")
    ]

    kept = fresh_world.settled_bytes()

    assert len(secrets) == 2
    assert [each for each in secrets if each.encode() in kept] == []


def test_the_cookie_is_the_browsers_alone(world):
    browser = Browser(world)
    address = link(world, person(world, "Ana Lima"))

    answer = browser.send(address)

    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie  # this test's server is reached without https


def test_behind_https_the_cookie_is_of_this_host_alone(world):
    browser = Browser(world)
    browser.client.base_url = "https://coach.example.org"
    address = link(world, person(world, "Ana Lima"))

    answer = browser.send(address)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-coach=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert browser.get("/").status_code == 200


def test_who_is_in_a_pair_invites_the_other_until_they_came(world):
    ana = Browser(world).sign_in(link(world, person(world, "Ana Lima")))
    made = ana.send("/new", side="mentor", name="Ben Okoro", timezone="Europe/Lisbon")
    base = path_of(made.headers["location"])
    shown = ana.send(f"{base}/invite").text
    address = link_on(shown)

    ben = Browser(world).sign_in(address)
    again = ana.post(f"{base}/invite", ana.form("/", "/sign-out").held)

    assert "Ana Lima" in ben.page("/")
    assert again.status_code == 403
    assert "can sign in already" in ana.page(f"{base}/invite")


def test_a_key_is_no_cookie_and_a_cookie_no_key(two):
    key, browser = two.pair.keys["mentor"], Browser(two.world)
    browser.client.cookies.set("coach", key)
    secret = two.mentor.client.cookies["coach"]

    assert browser.get("/").status_code == 401
    assert (
        two.world.send("GET", f"/v1/mentorships/{two.pair.id}/sessions", secret).status_code == 401
    )
    assert two.mentor.get(f"/v1/mentorships/{two.pair.id}/sessions").status_code == 401


def test_who_is_signed_in_is_told_by_me(two):
    told = two.mentee.get("/v1/me").json()

    assert told["person"]["name"] == "Ben Okoro"
    assert told["acts_as"] == "person"
    assert told["mentorships"] == [{"id": two.pair.id, "role": "mentee"}]


def _plain(page: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    return "\n".join(line for line in page.splitlines() if 'name="csrf"' not in line)


def _person_of(world, browser: Browser) -> str:
    return world.parts.coach.signed_in(browser.client.cookies["coach"]).person_id
