"""Days stand on pages as people write them."""

from datetime import date

import pytest

from api.web.rendering import in_words, promised
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from tests.api.web.conftest import two_people


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("done by 2026-10-30.", "done by 30 October 2026."),
        ("2026-01-02 to 2026-02-03", "2 January 2026 to 3 February 2026"),
        ("part 2026-99-99", "part 2026-99-99"),
        ("0000-00-00", "0000-00-00"),
        ("call 12026-01-02", "call 12026-01-02"),
    ],
)
def test_a_day_is_put_in_words_and_what_only_looks_like_one_stays(text, told):
    assert in_words(text) == told


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("send the form by 12 June 2026", "Send the form"),
        ("send the form in by Friday 12 June", "Send the form in"),
        ("send the form by Friday", "Send the form"),
        ("go by the shop on Friday", "Go by the shop on Friday"),
    ],
)
def test_a_day_that_stands_beside_a_promise_is_not_said_twice(action, told):
    on = date(2026, 6, 12)
    place = Citation(session_id="s", held_on=on, note_id="n", start=0, end=2, quote="we")
    made = Commitment(
        id="c", owner="mentee", action=action, due=on, status="open", made_in=place, history=()
    )

    assert promised(made) == told


def test_the_agreement_tells_its_days_in_words_whatever_people_wrote(world):
    two = two_people(world)
    goal = {"id": "g", "statement": "Pass exam 2026-99-99", "target_date": "2026-10-30"}
    agreed = {"effective_from": "2026-01-05", "goals": [goal], "ends_on": "2026-12-15"}
    two.pair.send("mentor", "PUT", "/contract", json=agreed)

    for place in ("/agreement", "/data/export.md"):
        page = two.mentor.page(two.base + place)
        assert "30 October 2026" in page
        assert "15 December 2026" in page
        assert "exam 2026-99-99" in page
