"""The whole way of two people in a real browser; left out, in one line, where there is none."""

import re

import pytest

from tests.api.web.walker import DESK, PHONE, Walked, Walker, first_start, opened_browser

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

    for place in ("/left", "/agreement", "/data", "/sessions", "/invite", "/sessions/new"):
        ana.go(pair + place)
    for place in ("/over-time", "/before", "/search?q=budget"):
        ana.go(pair + place).in_the_dark()
    for place in ("/people", "/devices", "/", "/nowhere", "/new"):
        ana.go(place)
    ben.go(f"{pair}/prepare")


def test_how_it_went_over_time_is_a_picture_that_fits_a_phone(walked):
    ana, _, pair = walked

    ana.go(f"{pair}/before").follow("Over time").go(f"{pair}/over-time?span=all")

    for width in (PHONE, DESK):
        ana.page.set_viewport_size({"width": width, "height": 800})
        drawn = ana.page.get_by_role("img", name="How it went over time")
        texts = drawn.locator("text").evaluate_all(
            "all => all.map(each => [each.getBoundingClientRect().left,"
            " each.getBoundingClientRect().right])"
        )
        assert len(texts) > 5
        assert all(left >= 0 and right <= width for left, right in texts), width
    assert drawn.locator("circle").count() >= 2
    assert "Lead a release" in ana.page.get_by_role("region", name="each goal").inner_text()


def test_what_is_sought_is_found_with_its_words_marked(walked):
    ana, _, pair = walked

    ana.go(f"{pair}/search")
    ana.page.fill("#q", "budgets")
    ana.press("Search")
    assert "7 September 2026" in ana.text
    assert ana.page.locator("mark").first.inner_text() == "budget"
    ana.page.locator("summary").first.click()
    ana.page.fill("#from", "2026-10-01")
    ana.page.select_option("#by", "me")
    ana.press("Search")

    assert "5 October 2026" in ana.text
    assert "7 September 2026" not in ana.text
    ana.page.locator("li a").filter(has_text="in the note").first.click()
    assert ana.looked().page.locator("mark#words").inner_text() in SECOND


def test_a_name_with_markup_or_from_right_to_left_is_a_name(walked):
    ana, _, _ = walked
    name = "נועה <i>לוי</i> &amp;"

    ana.go("/new")
    ana.page.check("input[value=mentee]")
    ana.page.fill("#name", name)
    ana.press("Go on")
    card = ana.go("/").page.locator("section", has_text="נועה")

    assert card.locator("bdi").first.inner_text() == name
    assert card.locator("i").count() == 0
    assert card.locator("bdi").first.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert ana.page.get_by_role("link", name="Ben <b>Okoro</b>").count() == 1


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


def test_of_two_people_at_once_the_last_word_stands_and_nobody_is_stopped(walked):
    ana, ben, pair = walked
    promise = "Book the room"
    for each in (ana, ben):
        each.go(f"{pair}/before")

    for each, word in ((ben, "Done"), (ana, "Dropped")):
        row = each.page.locator("li", has_text=promise)
        row.locator("summary").first.click()
        row.get_by_role("button", name=word, exact=True).first.click()
        each.page.wait_for_load_state()
        assert "Your word counts from now on" in each.looked().text

    made = ana.go(f"{pair}/over-time?span=all").page.locator("tr", has_text=promise)
    assert "dropped" in made.inner_text()


def test_nothing_is_asked_of_anybody_but_the_server(walked):
    ana, ben, _ = walked

    assert len(ana.asked) > 30  # every page, with its stylesheet
    assert ana.elsewhere + ben.elsewhere == []
