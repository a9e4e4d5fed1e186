"""The two settle a warning; it counts from that day on, for those who may know of it."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.api.world import ROLES, as_note, but_instance, problem_of

RHYTHM = {"effective_from": "2026-01-05", "cadence": {"every_days": 14}}
TODAY = "2026-06-15"
STATUS = {"return": "returned", "mute": "muted", "dispute": "disputed", "amend": "amended"}
NEEDS = {"mute": {"until": "2026-07-01"}, "amend": {"contract": {"effective_from": TODAY}}}
_PROMISE = "I'll send the budget draft to the board by 12 January."
_SLIPS = ("Haven't sent the budget draft to the board.", "The budget draft is not written yet.")


def late(pair) -> str:
    """The id of a warning that everybody sees: the last session was long ago."""
    pair.send("mentor", "PUT", "/contract", json=RHYTHM)
    pair.session("mentor", held_on="2026-04-01")
    (found,) = pair.get("mentor", "/drift").json()
    return found["id"]


def slipping(pair, visibility: str) -> str:
    """The id of a warning of a promise that the mentor's notes of this visibility carry along."""
    for held_on, text in zip(
        ("2026-01-05", "2026-01-19", "2026-02-02"), (_PROMISE, *_SLIPS), strict=True
    ):
        note = as_note(text, visibility=visibility, author="mentor")
        pair.session("mentor", note, held_on=held_on)
    (found,) = pair.get("mentor", "/drift").json()
    assert found["kind"] == "commitment_slippage"
    return found["id"]


def decide(pair, who: str, warning: str, decision: str = "return", headers=None, **more):
    body = {"decision": decision, **more}
    return pair.post(who, f"/drift/{warning}/decision", body, **(headers or {}))


def listed(pair, who: str, **params) -> dict[str, str]:
    """The status of each warning that somebody is shown."""
    return {each["id"]: each["status"] for each in pair.get(who, "/drift", **params).json()}


def told(pair, who: str) -> list[bytes]:
    """Everything that somebody is told of warnings, and what a decision could have changed."""
    paths = ["/drift", "/drift?status=all", "/brief", "/export", "/contract/versions", "/sessions"]
    paths += [f"/sessions/{each['id']}/report" for each in pair.get(who, "/sessions").json()]
    return [pair.get(who, path).content for path in paths]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
@pytest.mark.parametrize("decision", STATUS)
def test_either_side_settles_what_both_see_for_everybody(decision, who, fresh_pair):
    warning = late(fresh_pair)
    raised = fresh_pair.get(who, f"/drift/{warning}").json()

    answered = decide(fresh_pair, who, warning, decision, **NEEDS.get(decision, {}))

    assert answered.status_code == 200
    assert answered.json()["status"] == STATUS[decision]
    fainter = {"confidence": raised["confidence"] / 2} if decision == "dispute" else {}
    assert answered.json() == {**raised, "status": STATUS[decision], **fainter}
    for other in ROLES:
        assert listed(fresh_pair, other) == {}
        assert fresh_pair.get(other, "/brief").json()["drift"] == []
        (session,) = fresh_pair.get(other, "/sessions").json()
        assert fresh_pair.get(other, f"/sessions/{session['id']}/report").json()["drift"] == []
        if decision != "amend":  # there is no rhythm any more
            assert fresh_pair.get(other, "/drift", status="all").json() == [answered.json()]
            assert fresh_pair.get(other, "/export").json()["drift"] == [answered.json()]
            assert fresh_pair.get(other, f"/drift/{warning}").json() == answered.json()


@pytest.mark.parametrize("who", ["tool", "admin"])
def test_nobody_but_the_two_people_decides(who, fresh_pair):
    warning = late(fresh_pair)

    problem_of(decide(fresh_pair, who, warning), 403)
    problem_of(decide(fresh_pair, who, "drift_none"), 403)
    assert listed(fresh_pair, "mentor") == {warning: "open"}


def test_what_is_not_raised_cannot_be_settled(fresh_pair):
    late(fresh_pair)

    problem_of(decide(fresh_pair, "mentor", "drift_none"), 404)
    problem_of(fresh_pair.get("mentor", "/drift/drift_none"), 404)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"decision": "mute"}, "/until"),
        ({"decision": "mute", "until": TODAY}, "/until"),
        ({"decision": "mute", "until": "2026-02-30"}, "/body/until"),
        ({"decision": "return", "until": "2026-07-01"}, "/until"),
        ({"decision": "amend"}, "/contract"),
        ({"decision": "dispute", **NEEDS["amend"]}, "/contract"),
        ({"decision": "amend", "contract": {}}, "/body/contract/effective_from"),
        (
            {
                "decision": "amend",
                "contract": {**RHYTHM, "goals": [{"id": "g", "statement": "Lead"}] * 2},
            },
            "/contract/goals",
        ),
        ({"decision": "resolve"}, "/body/decision"),
        ({"decision": "return", "why": "x"}, "/body"),
        ({}, "/body/decision"),
    ],
)
def test_a_decision_says_what_it_needs_and_nothing_else(said, pointer, fresh_pair):
    warning = late(fresh_pair)

    refused = problem_of(fresh_pair.post("mentor", f"/drift/{warning}/decision", said), 422)

    assert [each["pointer"] for each in refused["errors"]] == [pointer]
    assert listed(fresh_pair, "mentor") == {warning: "open"}
    assert len(fresh_pair.get("mentor", "/contract/versions").json()) == 1


def test_an_amendment_is_the_next_version_and_the_caller_agrees_to_it(fresh_pair):
    warning = late(fresh_pair)
    seldom = {"effective_from": "2026-03-01", "cadence": {"every_days": 60}}

    decide(fresh_pair, "mentee", warning, "amend", contract=seldom)

    first, second = fresh_pair.get("mentor", "/contract/versions").json()
    assert (first["version"], second["version"]) == (1, 2)
    assert (second["agreed_by"], second["cadence"]["every_days"]) == (["mentee"], 60)
    assert listed(fresh_pair, "mentor", status="all") == {}


def test_a_decision_counts_from_the_day_it_was_taken(fresh_world):
    pair = fresh_world.pair()
    warning = late(pair)
    fresh_world.clock.now += timedelta(days=3)
    yesterday = pair.get("mentee", "/drift", as_of="2026-06-17").content

    decide(pair, "mentor", warning)

    assert pair.get("mentee", "/drift", as_of="2026-06-17").content == yesterday
    assert listed(pair, "mentee", as_of="2026-06-17") == {warning: "open"}
    assert listed(pair, "mentee", as_of="2026-06-18", status="all") == {warning: "returned"}
    assert listed(pair, "mentee", status="all") == {warning: "returned"}


def test_a_returned_rhythm_is_warned_of_again_after_another_interval_without_a_meeting(fresh_pair):
    warning = late(fresh_pair)
    decide(fresh_pair, "mentor", warning)

    assert listed(fresh_pair, "mentee", as_of="2026-06-29", status="all") == {warning: "returned"}
    assert listed(fresh_pair, "mentee", as_of="2026-06-30") == {warning: "open"}


def test_a_muted_warning_comes_back_after_its_last_day(fresh_pair):
    warning = late(fresh_pair)
    decide(fresh_pair, "mentee", warning, "mute", until="2026-07-01")

    assert listed(fresh_pair, "mentor", as_of="2026-07-01", status="all") == {warning: "muted"}
    assert listed(fresh_pair, "mentor", as_of="2026-07-02") == {warning: "open"}


def test_a_returned_promise_comes_back_when_it_is_carried_once_more(fresh_world):
    pair = fresh_world.pair()
    warning = slipping(pair, "shared")
    decide(pair, "mentor", warning)
    settled = listed(pair, "mentee", as_of="2026-06-20", status="all")

    pair.session("mentee", "The budget draft is still not sent to the board.", held_on="2026-06-22")

    assert settled == {warning: "returned"}
    assert listed(pair, "mentee", as_of="2026-06-21", status="all") == settled
    assert listed(pair, "mentee", as_of="2026-06-22") == {warning: "open"}


def test_a_settled_matter_is_gone_when_the_notes_put_it_right(fresh_world):
    pair = fresh_world.pair()
    warning = slipping(pair, "shared")
    decide(pair, "mentor", warning)
    fresh_world.clock.now += timedelta(days=7)

    pair.session("mentee", "Sent the budget draft to the board.", held_on="2026-06-22")

    assert listed(pair, "mentor", status="all") == {}


def test_after_a_dispute_later_warnings_of_the_rule_are_to_be_confirmed(fresh_world):
    pair = fresh_world.pair()
    decide(pair, "mentee", late(pair), "dispute")
    fresh_world.clock.now += timedelta(days=60)
    pair.session("mentor", held_on="2026-06-20")

    (later,) = pair.get("mentor", "/drift").json()

    assert (later["kind"], later["status"]) == ("cadence", "to_confirm")
    assert later["confidence"] <= 0.4


def test_the_last_word_on_a_warning_counts(fresh_pair):
    warning = late(fresh_pair)
    raised = fresh_pair.get("tool", f"/drift/{warning}").json()
    decide(fresh_pair, "mentor", warning, "dispute")

    answered = decide(fresh_pair, "mentee", warning, "return")

    assert answered.json() == {**raised, "status": "returned"}


# what one side keeps to itself


@pytest.mark.parametrize("decision", STATUS)
def test_a_decision_on_private_notes_stays_on_that_side(decision, fresh_pair):
    warning = slipping(fresh_pair, "mentor")
    before = {who: told(fresh_pair, who) for who in ("mentee", "tool")}
    contract = {"contract": {"effective_from": "2026-12-01"}} if decision == "amend" else {}

    answered = decide(
        fresh_pair, "mentor", warning, decision, **{**NEEDS.get(decision, {}), **contract}
    )

    assert answered.json()["status"] == STATUS[decision]
    assert listed(fresh_pair, "mentor", status="all") == {warning: STATUS[decision]}
    for who, answers in before.items():
        now = told(fresh_pair, who)
        # A version of the contract is everybody's, whatever it was written for.
        assert now == answers or (decision == "amend" and now[:3] == answers[:3])


def test_a_private_warning_looks_like_none_to_the_other_side(fresh_pair):
    warning = slipping(fresh_pair, "mentor")
    decide(fresh_pair, "mentor", warning)

    real, none = (decide(fresh_pair, "mentee", each) for each in (warning, "drift_none"))

    problem_of(real, 404)
    assert but_instance(real) == but_instance(none)
    assert listed(fresh_pair, "mentor", status="all") == {warning: "returned"}


def test_a_private_dispute_leaves_the_rule_as_it_is_for_the_other_side(fresh_pair):
    private = slipping(fresh_pair, "mentor")
    decide(fresh_pair, "mentor", private, "dispute")
    for held_on, text in (
        ("2026-03-02", "I'll call the crane supplier by 10 March."),
        ("2026-03-16", "Haven't called the crane supplier."),
        ("2026-03-30", "Did not call the crane supplier."),
    ):
        fresh_pair.session("mentee", text, held_on=held_on)

    (seen,) = fresh_pair.get("mentee", "/drift").json()
    (own,) = fresh_pair.get("mentor", "/drift").json()

    assert (seen["status"], own["status"]) == ("open", "to_confirm")
    assert (seen["id"], seen["confidence"] / 2) == (own["id"], own["confidence"])


def test_a_shared_warning_is_settled_for_both_whatever_one_side_keeps_back(fresh_pair):
    warning = late(fresh_pair)
    (session,) = fresh_pair.get("mentor", "/sessions").json()
    excuse = as_note("I am on leave until 30 June.", visibility="mentor", author="mentor")
    fresh_pair.post("mentor", f"/sessions/{session['id']}/notes", excuse)
    shown = {who: listed(fresh_pair, who) for who in ("mentor", "mentee")}

    answered = decide(fresh_pair, "mentor", warning)

    assert shown == {"mentor": {}, "mentee": {warning: "open"}}
    assert answered.json()["status"] == "returned"
    assert listed(fresh_pair, "mentee", status="all") == {warning: "returned"}
    assert listed(fresh_pair, "mentor", status="all") == {}


# sent again, or on an old copy


def test_the_same_request_sent_again_amends_once(fresh_pair):
    warning = late(fresh_pair)
    once = {"Idempotency-Key": "amend-once"}
    said = {"contract": {"effective_from": "2026-03-01", "cadence": {"every_days": 60}}}

    one, other = (
        decide(fresh_pair, "mentor", warning, "amend", headers=once, **said) for _ in range(2)
    )

    assert (one.status_code, one.content) == (other.status_code, other.content)
    assert len(fresh_pair.get("mentor", "/contract/versions").json()) == 2


def test_a_request_whose_answer_was_lost_finds_what_it_did(fresh_pair):
    warning = late(fresh_pair)
    once = {"Idempotency-Key": "lost"}
    said = {"contract": {"effective_from": "2026-03-01", "cadence": {"every_days": 60}}}
    one = decide(fresh_pair, "mentor", warning, "amend", headers=once, **said)
    forget_answers(fresh_pair)

    other = decide(fresh_pair, "mentor", warning, "amend", headers=once, **said)

    assert (one.status_code, one.content) == (other.status_code, other.content)
    assert len(fresh_pair.get("mentor", "/contract/versions").json()) == 2


def forget_answers(pair) -> None:
    """Lose the stored answers, as a crash between the change and its answer does."""
    with closing(sqlite3.connect(pair.world.data_dir / "coach.db")) as database, database:
        database.execute("DELETE FROM answers")


def test_who_decides_on_an_old_copy_changes_nothing(fresh_pair):
    warning = late(fresh_pair)
    tag = {"If-Match": fresh_pair.get("mentee", f"/drift/{warning}").headers["etag"]}

    done = decide(fresh_pair, "mentor", warning, headers=tag)
    refused = decide(fresh_pair, "mentee", warning, "dispute", headers=tag)

    assert done.headers["etag"] == fresh_pair.get("mentee", f"/drift/{warning}").headers["etag"]
    problem_of(refused, 412)
    assert listed(fresh_pair, "mentee", status="all") == {warning: "returned"}


def test_decisions_go_with_the_mentorship(fresh_world):
    pair = fresh_world.pair()
    warning = late(pair)
    decide(pair, "mentor", warning)
    assert warning.encode() in fresh_world.settled_bytes()

    assert fresh_world.admin("DELETE", pair.base).status_code == 204

    assert warning.encode() not in fresh_world.settled_bytes()
