"""Search on a page: by words, by days, and by who wrote it."""

import pytest

from tests.api.web.conftest import two_people
from tests.api.world import as_note


@pytest.fixture(scope="module")
def searched(world):
    two = two_people(world)
    for day, author in (("2026-04-01", "mentor"), ("2026-05-01", "mentee"), ("2026-06-01", "tool")):
        note = as_note(f"The budget was spoken of by the {author}.", author=author)
        two.pair.session("mentor", note, held_on=day)
    return two


def days(two, query: str) -> list[str]:
    page = two.mentor.page(f"{two.base}/search?q=budget&{query}")
    return sorted(each.split(">")[1].split("<")[0] for each in page.split("/sessions/session_")[1:])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1 April 2026", "1 June 2026", "1 May 2026"]),
        ("from=2026-05-01", ["1 June 2026", "1 May 2026"]),
        ("to=2026-05-01", ["1 April 2026", "1 May 2026"]),
        ("from=2026-04-02&to=2026-05-31", ["1 May 2026"]),
        ("from=2026-06-02", []),
        ("by=me", ["1 April 2026"]),
        ("by=other", ["1 May 2026"]),
        ("by=tool", ["1 June 2026"]),
        ("by=other&to=2026-04-30", []),
        ("from=nonsense&by=nobody", ["1 April 2026", "1 June 2026", "1 May 2026"]),
    ],
)
def test_only_what_was_chosen_is_found(query, found, searched):
    assert days(searched, query) == found


def test_what_was_chosen_stands_in_the_form_and_leads_out_again(searched):
    page = searched.mentor.page(f"{searched.base}/search?q=budget+%26&from=2026-06-02&by=other")

    assert "<details open>" in page
    assert 'value="2026-06-02"' in page
    assert '<option value="other" selected>' in page
    assert f'href="{searched.base}/search?q=budget%20%26"' in page


def test_the_api_finds_within_the_same_days(searched):
    found = searched.pair.get("tool", "/search", q="budget", **{"from": "2026-04-02"}).json()
    until = searched.pair.get("tool", "/search", q="budget", to="2026-04-30").json()
    wrong = searched.pair.get("tool", "/search", q="budget", to="soon")

    assert sorted(each["held_on"] for each in found["sessions"]) == ["2026-05-01", "2026-06-01"]
    assert [each["held_on"] for each in until["sessions"]] == ["2026-04-01"]
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/query/to"
