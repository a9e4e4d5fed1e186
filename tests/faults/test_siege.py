import json

import pytest

from tests.faults.siege.besieging import besieged
from tests.faults.siege.report import goals, kept, told
from tests.faults.siege.tally import LATER, Asked, Sample, Tally, worst_minute

MINUTES = 0.08
ATTACKS = {"readers", "slow"}
# The others are limits of time, which hold on a machine of one's own.
NEVER = ("no 5xx", "no 503", "no other refusal", "no 5xx but 503", "slow clients", "server: lived")


def asked(
    outcome: str, *, who: str = "bodies", began: float = 0.0, milliseconds: float = 1.0
) -> Asked:
    """One request and what became of it."""
    return Asked(who, "POST lint", "", began, outcome, milliseconds)


def missed(tally: Tally) -> set[str]:
    """The goals that did not hold."""
    return {goal.name for goal in goals(tally) if goal.missed}


@pytest.fixture(scope="module")
def short_siege():
    """Some seconds of readers beside clients that send a byte a second."""
    return besieged(ATTACKS, minutes=MINUTES, readers=3)


def test_readers_read_on_beside_slow_clients(short_siege):
    held = [goal for goal in goals(short_siege) if any(each in goal.name for each in NEVER)]

    assert len(held) > len(NEVER)
    assert not [goal for goal in held if goal.missed]


def test_a_siege_tells_every_goal_every_kind_of_request_and_what_the_server_held(
    short_siege, tmp_path
):
    kept(short_siege, tmp_path / "numbers.json", MINUTES * 60)

    numbers = json.loads((tmp_path / "numbers.json").read_text())
    page = told(short_siege, MINUTES * 60, 1.0)
    assert all(goal["name"] in page for goal in numbers["goals"])
    assert {"healthz GET healthz", "readers GET brief"} <= numbers["requests"].keys()
    assert all(each["rss_mb"] > 0 and each["files"] > 0 for each in numbers["samples"])
    assert "goal, rounds, failures, worst, limit" in page


def test_a_server_error_is_missed_and_a_503_that_says_when_to_come_again_is_not():
    name = "bodies: no 5xx but 503 with Retry-After"

    assert name in missed(Tally([asked("500")]))
    assert name in missed(Tally([asked("503")]))
    assert name not in missed(Tally([asked(LATER), asked("422")]))


def test_a_reader_that_is_told_to_come_again_is_counted_apart():
    told_later = missed(Tally([asked(LATER, who="readers")]))

    assert "readers: no 503" in told_later
    assert "readers: no 5xx" not in told_later


def test_no_answer_and_a_late_answer_are_missed():
    name = "bodies: answered in time"

    assert name in missed(Tally([asked("timeout")]))
    assert name in missed(Tally([asked("422", milliseconds=6_000)]))
    assert name not in missed(Tally([asked("422", milliseconds=4_000)]))


def test_who_met_the_locked_database_may_be_answered_later():
    late = asked("201", began=2.0, milliseconds=9_000)

    assert "bodies: answered in time" not in missed(Tally([late], locked=[(5.0, 13.0)]))
    assert "bodies: answered in time" in missed(Tally([late], locked=[(12.0, 20.0)]))


def test_a_goal_that_was_never_tried_is_missed():
    tally = Tally()
    tally.promise("erasure", "0")

    assert "erasure" in missed(tally)
    tally.tried("erasure")
    assert "erasure" not in missed(tally)
    tally.tried("erasure", "still there")
    assert "erasure" in missed(tally)


def test_the_worst_minute_is_told_apart():
    quiet = [asked("200", began=10.0, milliseconds=5) for _ in range(100)]
    busy = [asked("200", began=70.0, milliseconds=300) for _ in range(10)]

    assert worst_minute([*quiet, *busy]) == (10, 300, 300, 300, 300)


def test_what_a_server_holds_may_not_grow_after_its_first_minute():
    def held(rss_mb: float, files: int) -> Tally:
        early = [Sample(at, 400, 40, 100, 1) for at in range(0, 240, 5)]
        return Tally(
            samples=[*early, *(Sample(at, rss_mb, 40, files, 1) for at in range(240, 300, 5))]
        )

    assert not {each for each in missed(held(410, 105)) if "server" in each}
    assert missed(held(500, 200)) >= {
        "server: memory at the end, since the first minute",
        "server: files, last minute over second",
    }
