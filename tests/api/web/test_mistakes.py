"""A session that was added by mistake is changed or erased where it stands,
and silences nothing for good.
"""

from datetime import timedelta

import pytest

from tests.api.web.conftest import two_people
from tests.api.world import as_note, canary

RHYTHM = {"effective_from": "2026-03-20", "cadence": {"every_days": 30}}
LAST, BETWEEN, AHEAD = "2026-03-25", "2026-06-04", "2026-07-01"
RAISED = "worth a word"


@pytest.fixture
def late(fresh_two):
    """Two people who meet every 30 days and last met 82 days ago, and were told so."""
    fresh_two.pair.send("mentor", "PUT", "/contract", json=RHYTHM)
    fresh_two.pair.session("mentor", "We spoke of the plan.", held_on=LAST)
    assert RAISED in fresh_two.mentor.page("/")
    return fresh_two


def add(two, **fields: str) -> str:
    """Add a session on the page; where it stands."""
    given = {"visibility": "shared", "no_notes": "yes", **fields}
    made = two.mentor.send(f"{two.base}/sessions/new", **given)
    return made.headers["location"].partition("?")[0]


def test_an_empty_one_is_erased_and_the_warning_is_back(late):
    place = add(late, held_on=BETWEEN)
    silent = late.mentor.page("/")
    shown = late.mentor.page(place)

    late.mentor.send(place, f"{place}/erase", sure="yes")

    assert RAISED not in silent
    assert "Was it added by mistake?" in shown
    assert RAISED in late.mentor.page("/")
    assert RAISED in late.mentee.page("/")
    assert late.mentor.get(place).status_code == 404


def test_one_on_the_wrong_day_is_put_on_the_right_one_and_the_warning_is_back(late):
    place = add(late, held_on=BETWEEN)

    late.mentor.send(place, f"{place}/change", held_on="2026-03-26", channel="phone")

    assert RAISED in late.mentor.page("/")
    assert "26 March 2026" in late.mentor.page(place)
    assert "phone" in late.mentee.page(place)


def test_one_dated_ahead_silences_nothing_now_nor_when_its_day_has_come(fresh_world):
    two = two_people(fresh_world)
    two.pair.send("mentor", "PUT", "/contract", json=RHYTHM)
    two.pair.session("mentor", "We spoke of the plan.", held_on=LAST)
    place = add(two, held_on=AHEAD)

    seen = [two.mentor.page("/").count(RAISED)]
    fresh_world.clock.now += timedelta(days=27)
    seen.append(two.mentor.page("/").count(RAISED))

    assert seen == [1, 1]
    assert "Was it added by mistake?" in two.mentor.page(place)


def test_what_the_other_has_written_in_it_keeps_it(late):
    place = add(late, held_on=BETWEEN)
    late.mentee.send(place, f"{place}/notes", text="My own view.", visibility="shared")

    refused = late.mentor.send(place, f"{place}/erase", sure="yes")

    assert refused.status_code == 409
    assert "Somebody else's note" in refused.text.replace("&#39;", "'")
    assert late.mentor.get(place).status_code == 200


def test_the_others_private_note_in_it_is_not_told_by_the_answer(fresh_world):
    answers = []
    for private in (False, True):
        two = two_people(fresh_world)
        place = add(two, held_on=BETWEEN)
        if private:
            note = as_note(canary("mine"), visibility="mentee")
            path = f"/sessions/{place.rpartition('/')[2]}/notes"
            assert two.pair.post("mentee", path, note).is_success
        erased = two.mentor.send(place, f"{place}/erase", sure="yes")
        answers.append((erased.status_code, two.mentor.get(place).status_code))

    assert answers[0] == answers[1]


def test_only_who_added_it_is_offered_to_change_it(late):
    place = add(late, held_on=BETWEEN)

    assert f"{place}/change" in late.mentor.page(place)
    assert f"{place}/change" not in late.mentee.page(place)
    held = late.mentee.form(place, f"{place}/notes").held
    refused = late.mentee.post(f"{place}/erase", {**held, "sure": "yes"})
    assert refused.status_code == 403


@pytest.mark.parametrize("change", [{"held_on": ""}, {"duration_minutes": "long"}], ids=str)
def test_a_wrong_change_is_refused(change, late):
    place = add(late, held_on=BETWEEN)

    refused = late.mentor.send(place, f"{place}/change", **change)

    assert refused.status_code == 422
    assert late.pair.get("mentor", "/sessions").json()[-1]["held_on"] == BETWEEN
