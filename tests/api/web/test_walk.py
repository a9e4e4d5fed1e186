"""The whole way of two people in a real browser; left out, in one line, where there is none."""

import re

import pytest

from tests.api.web.walker import Walked, Walker, first_start, opened_browser

FIRST = (
    "Talked about the release plan and who decides.\n"
    "- Ben will send the budget draft to Ana by 21 September 2026.\n"
    "Ben: I am worried that the reorganisation will cost me my project.\n"
)
SECOND = (
    "Ben sent the budget draft to Ana. Decided to move the release to November.\n"
    "- Ana will book the room by 1 November 2026.\n"
)


@pytest.fixture(scope="module")
def browser():
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def first_link(browser, tmp_path_factory):
    """The link that the first start of a server prints."""
    with first_start(tmp_path_factory.mktemp("walked")) as link:
        yield link


@pytest.fixture(scope="module")
def walked(browser, first_link):
    """The way of a newcomer, from the first link to the first page, and the other person beside."""
    home = first_link.partition("/welcome/")[0]
    ana = Walker(browser, home)
    ana.go("/")
    ana.go(first_link)
    ana.page.fill("#name", "Ana Lima")
    ana.press("Begin")
    ana.page.check("input[value=mentor]")
    ana.page.fill("#name", "Ben <b>Okoro</b>")
    ana.press("Go on")
    ana.page.locator("main a.button").click()
    ana.page.fill("#every", "2")
    ana.page.fill("#goal-1", "Lead a release")
    ana.page.fill("#effective_from", "2026-01-05")
    ana.press("Save what we agree")
    pair = re.search(r"/m/[^/]+", ana.page.url)[0]
    ana.go(pair).page.locator("main a.button").click()
    ana.press("Make the link")
    others = ana.page.input_value("#link")
    for day, text in (("2026-09-07", FIRST), ("2026-10-05", SECOND)):
        ana.go(f"{pair}/sessions/new")
        ana.page.fill("#held_on", day)
        ana.page.fill("#text", text)
        ana.page.get_by_label("Both of us").check()
        ana.press("Save the session")
    ben = Walker(browser, home).go(others).press("Sign in")
    return Walked(ana, ben, pair)


def test_a_newcomer_comes_to_a_first_page(walked):
    ana, _, pair = walked

    ana.go(f"{pair}/before")

    assert "Decided to move the release to November." in ana.text
    assert "Ben <b>Okoro</b>" in ana.text


def test_each_line_leads_to_the_words_it_rests_on(walked):
    ana, _, pair = walked

    ana.go(f"{pair}/before").page.locator("main li a.small").first.click()
    ana.looked()

    assert ana.page.locator("mark#words").inner_text() in FIRST + SECOND


def test_the_mentee_keeps_and_shares_on_a_phone(walked):
    ana, ben, pair = walked

    ben.go(f"{pair}/prepare")
    ben.page.fill("#want", "Watch my rehearsal")
    ben.press("Share it with Ana")

    assert "Watch my rehearsal" in ben.text
    assert "Watch my rehearsal" in ana.go(f"{pair}/before").text


def test_back_and_a_second_press_save_nothing_twice(walked):
    ana, _, pair = walked
    ana.go(f"{pair}/sessions/new")
    ana.page.fill("#held_on", "2026-10-12")
    ana.page.fill("#text", "A short call.")
    ana.page.get_by_label("Only me").check()

    ana.page.evaluate(
        "() => { const f = document.querySelector('main form'); f.submit(); f.submit(); }"
    )
    ana.page.wait_for_url("**/sessions/session_*")
    ana.page.go_back()
    ana.page.wait_for_load_state()
    ana.go(f"{pair}/sessions")

    assert ana.text.count("12 October 2026") == 1


def test_every_page_can_be_looked_at(walked):
    ana, ben, pair = walked

    for place in ("/left", "/agreement", "/search?q=budget", "/data", "/sessions", "/invite"):
        ana.go(pair + place)
    for place in ("/people", "/devices", "/", "/nowhere", "/new"):
        ana.go(place)
    ben.go(f"{pair}/prepare")


def test_a_page_is_used_without_a_mouse(walked):
    ana, _, pair = walked
    ana.go(f"{pair}/before").page.keyboard.press("Tab")

    assert ana.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    ana.page.keyboard.press("Enter")
    assert ana.page.evaluate("location.hash") == "#content"


def test_a_brief_prints_on_one_sheet(walked):
    ana, _, pair = walked

    printed = ana.go(f"{pair}/before").page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_pages_work_without_any_script(browser, walked):
    ana, _, pair = walked
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(ana.context.cookies())
    page = plain.new_page()

    page.goto(f"{ana.home}{pair}/before")
    page.locator("summary").first.click()

    assert page.locator("button", has_text="Done").first.is_visible()


def test_nothing_is_asked_of_anybody_but_the_server(walked):
    ana, ben, _ = walked

    assert len(ana.asked) > 30  # every page, with its stylesheet
    assert ana.elsewhere + ben.elsewhere == []
