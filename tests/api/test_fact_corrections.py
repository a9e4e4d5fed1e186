"""A person says what a fact is, or that it should not be there.

That replaces every reader's word, for all who may see the fact.
"""

from datetime import timedelta

import pytest

from coach.model.readings import FactSignal, Reading
from tests.api.world import ROLES, as_note, but_instance, canary, problem_of

OFFICE = "We talked about the new office for the team in May."
PROMISE = "Ben will send the budget draft to the board by 20 June 2026."
WORRY = "I am worried about the reorganisation at work."
_READS = ("/facts", "/commitments", "/brief", "/drift", "/export", "/sessions")
SIDES = ("mentor", "mentee")


@pytest.fixture
def read(fresh_pair):
    """A pair with a session; the id of each fact by its words."""
    fresh_pair.session("mentor", f"- {OFFICE}\n- {PROMISE}\n- {WORRY}")
    return {each["text"]: each["id"] for each in fresh_pair.get("mentor", "/facts").json()}


def correct(pair, who: str, fact_id: str, *, headers: dict | None = None, **said):
    return pair.send(who, "PATCH", f"/facts/{fact_id}", json=said, headers=headers or {})


def found(pair, who: str, **query) -> dict[str, dict]:
    return {each["text"]: each for each in pair.get(who, "/facts", **query).json()}


def told(pair, who: str) -> str:
    paths = [*_READS, "/reflection"] if who == "mentee" else list(_READS)
    return "\n".join(pair.get(who, path).text for path in paths)


def lines(pair, who: str) -> list[tuple[str, str]]:
    """What stands on a side's page, under which heading."""
    brief = pair.get(who, "/brief").json()
    named = [
        (each["kind"], one["text"]) for each in brief["sections"] for one in each["statements"]
    ]
    return [*named, ("headline", brief["headline"]["text"])] if brief["headline"] else named


@pytest.mark.parametrize("who", SIDES)
def test_what_a_person_calls_a_fact_it_is_for_all_who_may_see_it(who, fresh_pair, read):
    answered = correct(fresh_pair, who, read[OFFICE], kind="decision")

    assert answered.status_code == 200
    fact = answered.json()
    assert (fact["id"], fact["kind"], fact["corrected_by"]) == (read[OFFICE], "decision", who)
    for other in ROLES:
        assert found(fresh_pair, other)[OFFICE] == fact
        assert fresh_pair.get(other, f"/facts/{read[OFFICE]}").json() == fact
        assert fact in fresh_pair.get(other, "/export").json()["facts"]
        brief = fresh_pair.get(other, "/brief").json()
        every = [brief["headline"], *(each for s in brief["sections"] for each in s["statements"])]
        assert [e["kind"] for e in every if OFFICE in e["text"]] == ["decision"]


def test_a_hidden_fact_is_on_no_page_and_can_be_shown_again(fresh_pair, read):
    before = {who: told(fresh_pair, who) for who in ROLES}

    hidden = correct(fresh_pair, "mentee", read[WORRY], hidden=True)

    assert hidden.json()["hidden"] is True
    for who in ROLES:
        assert WORRY not in found(fresh_pair, who)
        assert not [text for _, text in lines(fresh_pair, who) if "reorganisation" in text]
        assert found(fresh_pair, who, hidden="true")[WORRY] == hidden.json()
        assert hidden.json() in fresh_pair.get(who, "/export").json()["facts"]
        questions = fresh_pair.get(who, "/brief").json()["questions"]
        assert not [each for each in questions if "reorganisation" in each["text"]]
    assert WORRY in fresh_pair.get("tool", "/sessions").text

    assert correct(fresh_pair, "mentor", read[WORRY], hidden=False).json()["corrected_by"] is None
    assert {who: told(fresh_pair, who) for who in ROLES} == before


def test_a_word_on_the_kind_can_be_taken_back(fresh_pair, read):
    before = {who: told(fresh_pair, who) for who in ROLES}
    correct(fresh_pair, "mentor", read[OFFICE], kind="win")

    fact = correct(fresh_pair, "mentor", read[OFFICE], kind=None).json()

    assert (fact["kind"], fact["corrected_by"]) == ("topic", None)
    assert {who: told(fresh_pair, who) for who in ROLES} == before


def test_what_is_no_promise_is_in_no_list_of_promises(fresh_pair, read):
    (promise,) = fresh_pair.get("mentor", "/commitments").json()

    for said in ({"kind": "topic"}, {"kind": None, "hidden": True}):
        correct(fresh_pair, "mentee", read[PROMISE], **said)
        for who in ROLES:
            assert fresh_pair.get(who, "/commitments").json() == []
            assert fresh_pair.get(who, "/brief").json()["commitments"]["open"] == []

    correct(fresh_pair, "mentee", read[PROMISE], hidden=False)
    assert fresh_pair.get("mentor", "/commitments").json() == [promise]


def test_what_a_person_calls_a_promise_is_one_and_can_be_put_right(fresh_pair, read):
    correct(fresh_pair, "mentor", read[OFFICE], kind="commitment")

    made = {each["action"]: each for each in fresh_pair.get("tool", "/commitments").json()}
    assert made[OFFICE]["made_in"]["quote"] == OFFICE
    path = f"/commitments/{made[OFFICE]['id']}"
    said = {"owner": "mentor", "due": "2026-07-01"}
    assert {**fresh_pair.send("mentor", "PATCH", path, json=said).json(), **said} == (
        fresh_pair.get("mentee", path).json()
    )


def test_what_a_hidden_sentence_tells_of_a_promise_is_not_heard(fresh_pair, read):
    fresh_pair.session("mentor", "- The budget draft is sent to the board.", held_on="2026-06-08")
    (promise,) = fresh_pair.get("mentor", "/commitments").json()
    assert promise["status"] == "done"
    (told_of,) = [
        each["id"]
        for each in fresh_pair.get("mentor", "/facts").json()
        if "is sent" in each["text"]
    ]

    correct(fresh_pair, "mentee", told_of, hidden=True)

    assert fresh_pair.get("mentor", "/commitments").json()[0]["status"] == "open"


def test_it_counts_on_every_day_since_the_session(fresh_pair, read):
    correct(fresh_pair, "mentee", read[OFFICE], kind="decision")

    for day in ("2026-06-01", "2026-06-10", "2026-12-31"):
        assert found(fresh_pair, "tool", as_of=day)[OFFICE]["kind"] == "decision"
    problem_of(fresh_pair.get("tool", f"/facts/{read[OFFICE]}", as_of="2026-05-31"), 404)


def test_a_fact_of_a_session_still_to_come_can_be_put_right(fresh_pair):
    fresh_pair.session("mentor", PROMISE, held_on="2026-06-18")
    (fact,) = fresh_pair.get("mentor", "/facts", as_of="2026-06-18").json()

    right = correct(fresh_pair, "mentor", fact["id"], hidden=True)

    assert right.json() == {**fact, "hidden": True, "corrected_by": "mentor"}


@pytest.mark.parametrize("kinds", [["topic"], ["doubt"], []], ids=["same", "another", "nothing"])
def test_a_later_reader_changes_nothing_of_it(kinds, fresh_world):
    pair = fresh_world.pair()
    note = pair.note("mentor", f"- {OFFICE}\n- {PROMISE}\n- {WORRY}")["id"]
    read = {each["text"]: each for each in pair.get("mentor", "/facts").json()}
    correct(pair, "mentor", read[OFFICE]["id"], kind="decision")
    correct(pair, "mentee", read[WORRY]["id"], hidden=True)
    before = pair.get("tool", "/facts").json()
    later = [
        FactSignal(start=at["start"], end=at["end"], kind=kind, said_by="mentee")
        for text in (OFFICE, WORRY)
        for at in (read[text]["citation"],)
        for kind in kinds
    ]

    store, now = fresh_world.parts.store, fresh_world.clock.now + timedelta(days=1)
    anew = Reading(engine="embedded", version="later", signals=tuple(later))
    store.save_reading(note, anew, made_at=now)

    assert pair.get("tool", "/facts").json() == [each for each in before if each["text"] == OFFICE]
    path = f"/facts/{read[OFFICE]['id']}"
    assert pair.get("tool", path).json()["kind"] == "decision"


def test_the_last_word_counts_field_by_field(fresh_pair, read):
    for who, said in (
        ("mentor", {"kind": "win", "hidden": True}),
        ("mentee", {"kind": "concern"}),
        ("mentor", {"hidden": False}),
    ):
        fact = correct(fresh_pair, who, read[OFFICE], **said).json()

    assert (fact["kind"], fact["hidden"], fact["corrected_by"]) == ("concern", False, "mentor")


@pytest.mark.parametrize("side", SIDES)
def test_a_word_on_a_private_fact_stays_with_its_note(side, fresh_pair):
    word = canary("fact")
    fresh_pair.session(side, as_note(f"I am worried about {word} at work.", visibility=side))
    (fact,) = fresh_pair.get(side, "/facts").json()
    others = [who for who in ROLES if who != side]
    before = {who: told(fresh_pair, who) for who in others}

    assert correct(fresh_pair, side, fact["id"], kind="change").json()["kind"] == "change"

    assert {who: told(fresh_pair, who) for who in others} == before
    for who in others:
        there = fresh_pair.get(who, f"/facts/{fact['id']}")
        assert but_instance(there) == but_instance(fresh_pair.get(who, "/facts/none"))
        problem_of(there, 404)
    other = next(each for each in SIDES if each != side)
    refused = correct(fresh_pair, other, fact["id"], hidden=True)
    problem_of(refused, 404)
    assert but_instance(refused) == but_instance(correct(fresh_pair, other, "none", hidden=True))


def test_a_word_is_shared_withdrawn_and_erased_with_its_note(fresh_world):
    pair = fresh_world.pair()
    note = pair.note("mentor", PROMISE, visibility="mentor")["id"]
    (fact,) = pair.get("mentor", "/facts").json()
    correct(pair, "mentor", fact["id"], kind="stopper")
    seen = []

    for visibility in ("shared", "mentor"):
        pair.send("mentor", "PATCH", f"/notes/{note}", json={"visibility": visibility})
        seen.append([each["kind"] for each in pair.get("mentee", "/facts").json()])
    assert seen == [["stopper"], []]

    pair.send("mentor", "DELETE", f"/notes/{note}")
    assert fact["id"].encode() not in fresh_world.settled_bytes()


def test_somebody_elses_word_on_a_fact_keeps_its_session(fresh_pair, read):
    (session,) = fresh_pair.get("mentor", "/sessions").json()
    path = f"/sessions/{session['id']}"
    correct(fresh_pair, "mentee", read[OFFICE], kind="win")

    problem_of(fresh_pair.send("mentor", "PATCH", path, json={"held_on": "2026-05-30"}), 409)
    problem_of(fresh_pair.send("mentor", "DELETE", path), 409)


def test_tools_and_admins_have_no_say(fresh_pair, read):
    for who in ("tool", "admin"):
        problem_of(correct(fresh_pair, who, read[OFFICE], hidden=True), 403)
    problem_of(fresh_pair.get("admin", f"/facts/{read[OFFICE]}"), 403)
    assert found(fresh_pair, "mentor")[OFFICE]["corrected_by"] is None


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/body"),
        ({"more": 1}, "/body"),
        ({"kind": "gossip"}, "/body/kind"),
        ({"hidden": None}, "/body/hidden"),
        ({"hidden": "yes"}, "/body/hidden"),
        ({"kind": "win", "text": "Other words"}, "/body"),
        ([], "/body"),
    ],
    ids=str,
)
def test_what_is_no_word_on_a_fact_is_refused(body, pointer, fresh_pair, read):
    path = f"/facts/{read[OFFICE]}"
    before = fresh_pair.get("mentor", path).content

    refused = problem_of(fresh_pair.send("mentor", "PATCH", path, json=body), 422)

    assert pointer in {each["pointer"] for each in refused["errors"]}
    assert fresh_pair.get("mentor", path).content == before
