"""A mentorship's life: paused, ended, with or without an external model; and lists by the page."""

import pytest

from tests.api.world import opened_world, problem_of


def _patch(pair, who: str, **fields):
    return pair.send(who, "PATCH", "", json=fields)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2026-06-14", "paused"), ("2026-06-30", "paused"), ("2026-07-01", "active")],
    ids=["before", "the last day", "the day after"],
)
def test_a_mentorship_is_paused_until_a_day(as_of, status, fresh_pair):
    assert _patch(fresh_pair, "mentor", paused_until="2026-06-30").json()["status"] == "paused"

    assert fresh_pair.get("tool", "", as_of=as_of).json()["status"] == status


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2026-06-14", "active"), ("2026-06-15", "ended"), ("2027-01-01", "ended")],
    ids=["before", "the day", "later"],
)
def test_a_mentorship_ends_on_a_day(as_of, status, fresh_pair):
    assert _patch(fresh_pair, "mentee", ended_on="2026-06-15").json()["status"] == "ended"

    assert fresh_pair.get("tool", "", as_of=as_of).json()["status"] == status


def test_the_clock_ends_a_pause(fresh_world):
    pair = fresh_world.pair()
    _patch(pair, "mentor", paused_until="2026-06-20")
    fresh_world.clock.now = fresh_world.clock.now.replace(day=21)

    assert pair.get("mentor", "").json()["status"] == "active"


def test_an_end_counts_more_than_a_pause(fresh_pair):
    _patch(fresh_pair, "mentor", paused_until="2026-06-30", ended_on="2026-06-01")

    assert fresh_pair.get("mentor", "").json()["status"] == "ended"


def test_null_resumes_and_what_is_not_sent_stays(fresh_pair):
    _patch(fresh_pair, "mentor", paused_until="2026-06-30", ended_on="2026-06-01")

    resumed = _patch(fresh_pair, "mentee", ended_on=None).json()

    assert (resumed["status"], resumed["ended_on"]) == ("paused", None)
    assert resumed["paused_until"] == "2026-06-30"
    assert _patch(fresh_pair, "mentee").json() == resumed


@pytest.mark.parametrize("change", [{"paused_until": "2026-07-30"}, {"ended_on": "2026-06-10"}])
def test_no_cadence_warning_while_it_rests(change, fresh_pair):
    contract = {"effective_from": "2026-01-05", "cadence": {"every_days": 7}}
    fresh_pair.send("mentor", "PUT", "/contract", json=contract)
    fresh_pair.session("mentor", held_on="2026-04-01")
    late = {each["kind"] for each in fresh_pair.get("mentor", "/drift").json()}

    _patch(fresh_pair, "mentor", **change)

    assert "cadence" in late
    resting = {each["kind"] for each in fresh_pair.get("mentor", "/drift").json()}
    assert not resting & {"cadence", "exit"}


def test_an_external_model_needs_both(fresh_pair):
    def seen() -> bool:
        return fresh_pair.get("tool", "").json()["external_llm"]

    states = [seen()]
    steps = [("mentor", True), ("mentor", True), ("mentee", True), ("mentor", False)]
    for who, agrees in [*steps, ("mentee", False), ("mentor", True), ("mentee", True)]:
        answer = _patch(fresh_pair, who, external_llm=agrees)
        assert answer.status_code == 200
        states.append(seen())

    assert states == [False, False, False, True, False, False, False, True]


@pytest.mark.parametrize("value", [None, "true", 1, "yes"], ids=repr)
def test_consent_is_true_or_false(value, fresh_pair):
    problem_of(_patch(fresh_pair, "mentor", external_llm=value), 422)


@pytest.mark.parametrize(
    "fields",
    [
        *({"timezone": zone} for zone in ("Mars/Olympus", "../../etc/passwd", "", "America")),
        *({"language": tag} for tag in ("", "english language", "e", "en_US", "../x")),
        *({"mentor": person} for person in ({}, {"name": ""}, {"name": "  "}, "Ana", None)),
        {"mentor": {"name": "x" * 301}},
        {"started_on": "2026-13-01"},
    ],
    ids=lambda fields: str(fields)[:50],
)
def test_a_mentorship_that_cannot_be_is_refused(fields, world):
    given = {"mentor": {"name": "Ana"}, "mentee": {"name": "Ben"}}

    problem_of(world.admin("POST", "/v1/mentorships", json={**given, **fields}), 422)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """An application with seven mentorships."""
    with opened_world(tmp_path_factory.mktemp("many")) as world:
        people = {"mentor": {"name": "Ana"}, "mentee": {"name": "Ben"}}
        made = [world.admin("POST", "/v1/mentorships", json=people).json()["id"] for _ in range(7)]
        yield world, made


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 200])
def test_pages_give_each_mentorship_once_in_order(limit, many):
    world, made = many
    found, cursor = [], None
    for _ in range(8):
        params = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        page = world.admin("GET", "/v1/mentorships", params=params).json()
        found += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert found == made


def test_a_cursor_that_was_not_made_here_is_refused(many):
    world, made = many
    cursor = world.admin("GET", "/v1/mentorships", params={"limit": 2}).json()["next"]
    position, signature = cursor.rsplit(".", 1)
    forged = [f"{made[4]}.{signature}", f"{position}.{signature[:-1]}x", position, signature]
    forged += ["", ".", "x", f"{cursor}x", f" {cursor}", f"{position}.", "ü.ü", "x" * 501, "\x00"]

    for each in forged:
        problem_of(world.admin("GET", "/v1/mentorships", params={"cursor": each}), 422)


@pytest.mark.parametrize("limit", ["0", "-1", "201", "x", "1.5", "9" * 30])
def test_a_page_has_a_size(limit, many):
    problem_of(many[0].admin("GET", "/v1/mentorships", params={"limit": limit}), 422)
