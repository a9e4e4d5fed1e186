"""A session posted by mistake, empty or dated ahead, silences no warning for good.

It can be undone while nothing depends on it.
"""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.world import ROLES, as_note, opened_world, problem_of

RHYTHM = {"effective_from": "2026-03-20", "cadence": {"every_days": 30}}
LAST, BETWEEN = "2026-03-25", "2026-05-04"
AHEAD = "2026-07-01"


@pytest.fixture
def late(fresh_pair):
    """A pair that meets every 30 days and last met 82 days ago; the warning of it."""
    return fresh_pair, raised(fresh_pair)


def raised(pair) -> dict:
    pair.send("mentor", "PUT", "/contract", json=RHYTHM)
    pair.session("mentor", "We spoke of the plan.", held_on=LAST)
    (warning,) = pair.get("mentor", "/drift").json()
    assert warning["kind"] == "cadence"
    return warning


def told(pair) -> list[bytes]:
    return [
        pair.get(who, path, **more).content
        for who in ROLES
        for path, more in (("/drift", {"status": "all"}), ("/brief", {}), ("/export", {}))
    ]


def path_of(report: dict) -> str:
    return f"/sessions/{report['session']['id']}"


@pytest.mark.parametrize("notes", [[], [as_note("")], [as_note(" \n- \n")]], ids=str)
def test_an_empty_one_is_taken_out_and_all_is_as_before(notes, late):
    pair, _ = late
    before = told(pair)
    mistake = pair.session("mentee", *notes, held_on=BETWEEN)
    assert pair.get("mentor", "/drift").json() == []

    assert pair.send("mentee", "DELETE", path_of(mistake)).is_success

    assert told(pair) == before


def test_one_on_the_wrong_day_is_put_right_and_all_is_as_if_it_had_been_right(tmp_path):
    every = []
    for name, first in (("wrong", BETWEEN), ("right", "2026-02-20")):
        with opened_world(tmp_path / name) as world:
            pair = world.pair()
            raised(pair)
            note = as_note("Ben will send the plan by Friday.", author="mentor")
            made = pair.session("tool", note, held_on=first)
            pair.send("tool", "PATCH", path_of(made), json={"held_on": "2026-02-20"})
            (promise,) = pair.get("mentee", "/commitments").json()
            found = pair.get("mentor", "/search", q="plan").json()["sessions"]
            days = sorted(each["held_on"] for each in found)
            warnings = [
                (each["kind"], each["since"], each["seen"])
                for each in pair.get("mentor", "/drift").json()
            ]
            every.append((promise["due"], promise["made_in"]["held_on"], days, warnings))

    assert every[0] == every[1]
    assert every[0][0] == "2026-02-27"


def test_one_dated_ahead_changes_nothing_until_its_day_and_nothing_then_without_a_note(fresh_world):
    pair = fresh_world.pair()
    raised(pair)
    before = pair.get("mentor", "/drift").content
    mistake = pair.session("mentor", held_on=AHEAD, channel="Zoom", duration_minutes=60)
    assert pair.get("mentor", "/drift").content == before

    for day in (datetime(2026, 7, 1, 9, tzinfo=UTC), datetime(2026, 8, 9, 9, tzinfo=UTC)):
        fresh_world.clock.now = day
        (warning,) = pair.get("mentor", "/drift").json()
        assert warning["seen"][-1]["computed"].split(";")[0].endswith(f"since {LAST}")

    pair.post("mentee", f"{path_of(mistake)}/notes", as_note("We met after all."))
    (warning,) = pair.get("mentor", "/drift").json()
    assert AHEAD in warning["seen"][-1]["computed"]


def test_a_private_note_in_it_tells_the_other_side_nothing(tmp_path):
    """Who sees no note of a session dated ahead is told the same whether there is one or not."""
    every = []
    for name in ("with", "without"):
        with opened_world(tmp_path / name) as world:
            pair = world.pair()
            raised(pair)
            ahead = pair.session("tool", held_on=AHEAD)
            if name == "with":
                own = as_note("I doubt all of it.", visibility="mentee")
                pair.post("mentee", f"{path_of(ahead)}/notes", own)
            world.clock.now = world.clock.now + timedelta(days=40)
            every.append(
                [
                    [each["seen"] for each in pair.get(who, "/drift").json()]
                    for who in ("mentor", "tool")
                ]
            )

    assert every[0] == every[1]


def test_one_that_was_written_down_on_its_day_counts_without_a_note(fresh_pair):
    raised(fresh_pair)

    fresh_pair.session("mentor", held_on=BETWEEN)

    assert fresh_pair.get("mentor", "/drift").json() == []


def settled(pair, who: str, warning: str, decision: str = "return", **more) -> dict:
    body = {"decision": decision, **more}
    made = pair.post(who, f"/drift/{warning}/decision", body)
    assert made.status_code == 200, made.text
    return made.json()


@pytest.mark.parametrize("change", ["PATCH", "DELETE"])
def test_a_warning_that_somebody_else_has_settled_keeps_the_session_it_rests_on(change, late):
    pair, warning = late
    (session,) = pair.get("mentor", "/sessions").json()
    settled(pair, "mentee", warning["id"])
    body = {"channel": "call"} if change == "PATCH" else None

    refused = pair.send("mentor", change, f"/sessions/{session['id']}", json=body)

    assert "has settled a warning" in problem_of(refused, 409)["detail"]
    problem_of(pair.send("mentee", change, f"/sessions/{session['id']}", json=body), 403)
    assert pair.get("mentor", "/sessions").json() == [session]
    assert pair.send("admin", "DELETE", f"/sessions/{session['id']}").is_success


def test_what_one_has_settled_oneself_keeps_nothing(late):
    pair, warning = late
    (session,) = pair.get("mentor", "/sessions").json()
    settled(pair, "mentor", warning["id"])

    assert pair.send("mentor", "DELETE", f"/sessions/{session['id']}").is_success


def test_an_agreement_to_what_amended_it_does(late):
    pair, warning = late
    (session,) = pair.get("mentor", "/sessions").json()
    contract = {"effective_from": "2026-06-16", "cadence": {"every_days": 30}}
    settled(pair, "mentor", warning["id"], "amend", contract=contract)
    pair.post("mentee", "/contract/2/agreement", {})

    refused = pair.send("mentor", "PATCH", f"/sessions/{session['id']}", json={"channel": "x"})

    problem_of(refused, 409)


def test_another_session_of_the_same_day_is_not_kept_by_it(late):
    pair, warning = late
    twin = pair.session("tool", held_on=LAST)
    settled(pair, "mentee", warning["id"])

    assert pair.send("tool", "DELETE", path_of(twin)).is_success


def test_a_decision_that_one_does_not_see_keeps_nothing(tmp_path):
    every = []
    for name in ("with", "without"):
        with opened_world(tmp_path / name) as world:
            pair = world.pair()
            made = [
                pair.session("mentor", held_on=day)["session"]["id"]
                for day in ("2026-01-05", "2026-01-19", "2026-02-02")
            ]
            texts = (
                "I'll send the budget draft to the board by 12 January.",
                "Haven't sent the budget draft to the board.",
                "The budget draft is not written yet.",
            )
            if name == "with":
                for session, text in zip(made, texts, strict=True):
                    note = as_note(text, visibility="mentee")
                    pair.post("mentee", f"/sessions/{session}/notes", note)
                (warning,) = pair.get("mentee", "/drift").json()
                settled(pair, "mentee", warning["id"])
            answers = [
                pair.send("mentor", "PATCH", f"/sessions/{made[1]}", json={"channel": "call"}),
                pair.send("mentor", "DELETE", f"/sessions/{made[2]}"),
            ]
            every.append([each.is_success for each in answers])

    assert every == [[True, True]] * 2
