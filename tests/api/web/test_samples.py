"""A sample is one click away, marked on every page, apart from what is real,
and gone with one click.
"""

import pytest

from coach.model.people import Mentorship
from tests.api.web.browser import Browser, path_of
from tests.api.web.conftest import link, person, two_people

MARK = "This is a sample."


@pytest.fixture
def newcomer(fresh_world):
    return Browser(fresh_world).sign_in(link(fresh_world, person(fresh_world, "Ana Lima")))


def look(browser: Browser, side: str = "mentor", place: str = "/new") -> str:
    """Look at the sample; where it stands."""
    answer = browser.send(place, "/sample", side=side)
    assert answer.status_code == 303, answer.text[-500:]
    return path_of(answer.headers["location"])


@pytest.mark.parametrize(("side", "first"), [("mentor", "/before"), ("mentee", "/prepare")])
def test_one_click_on_the_first_page_shows_a_full_page(side, first, newcomer):
    place = look(newcomer, side)

    assert place.endswith(first)
    for page in ("/before", "/sessions", "/agreement", "/left", "/data", "/search?q=glaze"):
        text = newcomer.page(f"{place.removesuffix(first)}{page}")
        assert MARK in text
        assert "Take the sample away" in text
    before = newcomer.page(f"{place.removesuffix(first)}/before")
    assert 'value="done">Done' in before
    assert "as of 4 June 2026" in before
    assert "Questions worth asking" in before


def test_it_is_in_no_list_of_what_is_real(fresh_world, newcomer):
    before = fresh_world.admin("GET", "/v1/mentorships").json()

    look(newcomer)

    assert fresh_world.admin("GET", "/v1/mentorships").json() == before
    assert newcomer.get("/v1/me").json()["mentorships"] == []
    home = newcomer.page("/")
    assert "Samples, to try things out" in home
    assert 'class="card"' not in home


def test_what_is_real_stands_beside_it_and_is_not_marked(fresh_world):
    two = two_people(fresh_world)
    two.pair.session("mentor", "We spoke of the plan.")
    before = {
        side: _plain(two.side(side).page(f"{two.base}/before")) for side in ("mentor", "mentee")
    }
    export = two.pair.get("mentor", "/export").content

    sample = look(two.mentor).removesuffix("/before")
    two.mentor.send(f"{sample}/sessions/new", text="- Ana will ring Ben.", visibility="shared")

    for side, page in before.items():
        assert _plain(two.side(side).page(f"{two.base}/before")) == page
        assert MARK not in page
    assert two.pair.get("mentor", "/export").content == export
    assert two.mentee.get(f"{sample}/before").status_code == 404
    assert "Samples" not in two.mentee.page("/")


def test_it_is_gone_with_one_click_to_the_last_byte(fresh_world, newcomer):
    place = look(newcomer)
    sample = place.removesuffix("/before")
    newcomer.send(f"{sample}/sessions/new", text="zorbulax was here", visibility="shared")

    gone = newcomer.send(place, f"{sample}/end-sample")

    assert gone.headers["location"] == "/?said=sample_ended"
    assert newcomer.get(place).status_code == 404
    assert "Samples" not in newcomer.page("/")
    assert b"zorbulax" not in fresh_world.settled_bytes()


def test_asked_for_twice_it_is_one_and_from_the_other_side_another(newcomer):
    first, again, other = look(newcomer), look(newcomer), look(newcomer, "mentee")

    assert first == again
    assert first.split("/")[2] != other.split("/")[2]


def test_what_one_does_in_it_counts_in_it_alone(newcomer):
    place = look(newcomer)
    sample = place.removesuffix("/before")
    page = newcomer.page(place)
    promise = page.split(f"{sample}/promises/")[1].split('"')[0]

    newcomer.send(place, f"{sample}/promises/{promise}", word="done")

    assert newcomer.page(place) != page


def test_a_real_mentorship_is_not_taken_away_as_a_sample(fresh_world):
    two = two_people(fresh_world)
    held = two.mentor.form("/", "/sign-out").held

    assert two.mentor.post(f"{two.base}/end-sample", held).status_code == 404
    assert two.mentor.get(f"{two.base}/before").status_code == 200


@pytest.mark.parametrize("side", ["", "admin", "both"])
def test_it_is_looked_at_from_one_of_the_two_sides(side, newcomer):
    assert newcomer.send("/new", "/sample", side=side).status_code == 422


def test_the_other_sides_private_notes_of_it_are_not_there(newcomer):
    sample = look(newcomer, "mentor").removesuffix("/before")

    export = newcomer.get(f"{sample}/data/export").json()

    seen = {note["visibility"] for session in export["sessions"] for note in session["notes"]}
    assert "shared" in seen
    assert "mentee" not in seen


def test_a_real_one_has_no_day_of_its_own():
    shape = Mentorship(id="m", mentor={"name": "A"}, mentee={"name": "B"}).model_dump()

    assert "sample_on" not in shape


def _plain(page: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    return "\n".join(line for line in page.splitlines() if 'name="csrf"' not in line)
