"""Everything in one file, for people to read."""

import pytest

from tests.api.world import as_note, canary

AGREED = {
    "effective_from": "2026-01-05",
    "cadence": {"every_days": 14},
    "goals": [{"id": "lead", "statement": "Lead a *release*"}],
    "text": "We said so.\n# Not a heading",
}
NOTE = "# Budget\n- Ben will send the budget draft to the board by 1 July 2026.\n"


@pytest.fixture
def exported(fresh_two):
    fresh_two.pair.send("mentor", "PUT", "/contract", json=AGREED)
    fresh_two.pair.session("mentor", NOTE, held_on="2026-06-01", channel="call")
    fresh_two.pair.post("mentee", "/preparations", {"text": "More time", "visibility": "shared"})
    return fresh_two


def test_all_that_one_may_see_is_in_a_text_to_read(exported):
    answer = exported.mentor.get(f"{exported.base}/data/export.md")

    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="mentorship.md"'
    for words in (
        "# Ana Lima and Ben Okoro\n",
        "Lead a \\*release\\*",
        "> We said so.\n> # Not a heading\n",
        "### 1 June 2026, call\n",
        "> # Budget\n> - Ben will send the budget draft to the board by 1 July 2026.\n\n",
        "- Send the budget draft to the board – Ben Okoro, by 1 July 2026. Open.",
        "> More time\n",
    ):
        assert words in answer.text


def test_headings_stand_alone_and_no_more_than_one_line_is_empty(exported):
    text = exported.mentor.page(f"{exported.base}/data/export.md")
    lines = text.split("\n")

    assert "\n\n\n" not in text
    for at, line in enumerate(lines):
        if line.startswith("#"):
            assert lines[at + 1] == "", line
            assert at == 0 or lines[at - 1] == "", line
    assert text.count("\n## ") == 6


def test_an_export_of_nothing_says_so(fresh_two):
    text = fresh_two.mentor.page(f"{fresh_two.base}/data/export.md")

    assert "## Sessions\n\nNone yet.\n" in text
    assert "## What was agreed\n\nNothing yet.\n" in text


def test_what_the_other_keeps_private_is_in_no_export(exported):
    secret = canary("export")
    private = as_note(f"The draft is late, says {secret}.", author="mentee", visibility="mentee")
    exported.pair.session("mentee", private, held_on="2026-06-08")

    for place in ("/data/export", "/data/export.md"):
        assert secret not in exported.mentor.page(exported.base + place)
        assert secret in exported.mentee.page(exported.base + place)


def test_both_files_are_offered_on_the_page(exported):
    page = exported.mentor.page(f"{exported.base}/data")

    assert f'href="{exported.base}/data/export.md" download' in page
    assert f'href="{exported.base}/data/export" download' in page
