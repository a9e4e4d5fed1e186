"""A newcomer who knows nothing of this is led from step to step, and finds no dead end."""

import pytest

from tests.api.web.browser import Browser, path_of
from tests.api.web.conftest import link, person

PROMISED = "- Ben will send the budget draft to Ana by 20 June 2026.\n"


@pytest.fixture
def ana(fresh_world):
    """A mentor who has just come."""
    return Browser(fresh_world).sign_in(link(fresh_world, person(fresh_world, "Ana Lima")))


@pytest.fixture
def base(ana):
    """Her first mentorship, with Ben, who was not invited yet."""
    made = ana.send("/new", side="mentor", name="Ben Okoro", timezone="UTC")
    return path_of(made.headers["location"])


def names(world) -> list[str]:
    return sorted(each.name for each in world.parts.store.accounts())


def test_what_is_refused_leaves_nobody_behind(ana, fresh_world):
    refused = ana.send("/new", side="mentor", name="Ben Okoro", timezone="Atlantis")

    assert refused.status_code == 422
    assert "nearest big city" in refused.text
    assert names(fresh_world) == ["Ana Lima"]


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("London", "Europe/London"),
        ("new york", "America/New_York"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("", "UTC"),
    ],
)
def test_a_time_zone_is_known_by_its_city_too(said, zone, ana, fresh_world):
    answer = ana.send("/new", side="mentor", name="Ben Okoro", timezone=said)

    pair_id = path_of(answer.headers["location"]).removeprefix("/m/")
    assert fresh_world.parts.store.mentorship(pair_id).timezone == zone


def test_an_agreement_that_says_nothing_is_not_kept(ana, base):
    sent = ana.send(f"{base}/agreement/write", every="", unit="weeks")

    assert sent.status_code == 422
    assert "one thing at least" in sent.text
    assert "Nothing is written down yet" in ana.page(f"{base}/agreement")


@pytest.mark.parametrize(
    "words", [{"every": "2"}, {"channels": "video call"}, {"text": "We do as we like."}]
)
def test_an_agreement_of_one_thing_is_kept(words, ana, base):
    sent = ana.send(f"{base}/agreement/write", unit="weeks", **words)

    assert sent.headers["location"].endswith("?said=agreed")


def test_each_step_leads_to_the_next_one(ana, base, fresh_world):
    written = ana.send(f"{base}/agreement/write", every="2", unit="weeks")
    after_writing = ana.page(written.headers["location"])
    after_link = ana.send(f"{base}/invite").text
    assert fresh_world.parts.coach.record.settle(timeout_seconds=20)
    steps = ana.page(base)
    ana.send(f"{base}/sessions/new", held_on="2026-06-01", text=PROMISED, visibility="shared")

    assert f'class="button" href="{base}/invite">Next: invite Ben<' in after_writing
    assert f'class="button" href="{base}/sessions/new">Next: add your first' in after_link
    assert "a link is made, and not opened yet" in steps
    assert f'class="button" href="{base}/sessions/new"' in steps
    assert f'class="button" href="{base}/invite"' in ana.page(base)


def test_who_has_been_through_the_steps_is_not_led_through_them_again(fresh_two):
    written = fresh_two.mentor.send(f"{fresh_two.base}/agreement/write", every="2", unit="weeks")
    note = {"held_on": "2026-06-01", "text": PROMISED, "visibility": "shared"}
    fresh_two.mentor.send(f"{fresh_two.base}/sessions/new", **note)

    assert "Next: " not in fresh_two.mentor.page(written.headers["location"])


@pytest.mark.parametrize(
    ("address", "alone"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.20:8000", False),
        ("https://coach.example.org", False),
    ],
)
def test_a_link_that_opens_on_this_computer_alone_says_so(address, alone, fresh_world):
    browser = Browser(fresh_world)
    browser.client.base_url = address
    browser.sign_in(link(fresh_world, person(fresh_world, "Ana Lima")))
    made = browser.send("/new", side="mentor", name="Ben Okoro", timezone="UTC")

    shown = browser.send(f"{path_of(made.headers['location'])}/invite").text

    assert ("works on this computer alone" in shown) is alone


def test_an_agreement_waits_among_my_mentorships_for_who_has_not_said_yes(fresh_two):
    fresh_two.mentor.send(f"{fresh_two.base}/agreement/write", every="2", unit="weeks")
    asked = [each.page("/") for each in (fresh_two.mentee, fresh_two.mentor)]
    fresh_two.mentee.send(f"{fresh_two.base}/agreement", f"{fresh_two.base}/agreement/1/agree")

    said = ["say yes to it" in each for each in (*asked, fresh_two.mentee.page("/"))]

    assert said == [True, False, False]


def test_an_answer_to_a_prompt_is_not_asked_about_as_if_it_were_an_ask(fresh_two):
    fresh_two.pair.session("mentor", PROMISED)
    page, want = f"{fresh_two.base}/prepare", f"{fresh_two.base}/want"
    prompt = "Planned for 20 June: “send the budget draft to Ana”. What will you tell Ana about it?"

    fresh_two.mentee.send(
        page,
        want,
        text="Twenty minutes on how to ask for the trial without apologising.",
        visibility="me",
    )
    asked = fresh_two.mentee.page(page)
    fresh_two.mentee.send(
        page,
        want,
        text="I have not dared to send the draft to Ana yet.",
        prompt=prompt,
        visibility="me",
    )
    answered = fresh_two.mentee.page(page)

    assert "you asked for “Twenty minutes on how to ask for the trial without apologising”" in asked
    assert (
        "you asked for “Twenty minutes on how to ask for the trial without apologising”" in answered
    )
    assert "you asked for “What" not in answered
    assert "you asked for “I have not" not in answered
    assert "I have not dared to send the draft to Ana yet." in answered
