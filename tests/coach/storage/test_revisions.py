"""Two processes on one database: of two that change what both have looked at, one wins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest

from api.conditional import etag, only_if
from coach.errors import Outdated
from coach.model.commitments import AddedCommitment, Correction
from coach.model.facts import FactCorrection
from coach.model.readings import Reading
from coach.model.sessions import Preparation
from coach.ports import Erasure, MentorshipChange, SessionChange
from coach.storage.dialects import sqlite
from coach.storage.migrate import migrate
from coach.storage.store import SqlStore
from tests.builders import make_contract, make_decision, make_mentorship, make_note, make_session

NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)
DAY = date(2026, 6, 1)


def pause(store: SqlStore, name: str, seen: int | None) -> None:
    change = MentorshipChange(frozenset({"paused_until"}), paused_until=date(2026, 7, int(name)))
    store.change_mentorship("pair", change, by="mentor", if_revision=seen)


def correct(store: SqlStore, name: str, seen: int | None) -> None:
    word = Correction(id=f"c{name}", commitment_id="p", note_id="n", said=("due",))
    store.add_correction("pair", word, by="tool", made_at=NOW, if_revision=seen)


def hold_longer(store: SqlStore, name: str, seen: int | None) -> None:
    change = SessionChange(frozenset({"duration_minutes"}), duration_minutes=int(name))
    store.change_session("pair", "s", change, by="tool", if_revision=seen)


def settle(store: SqlStore, name: str, seen: int | None) -> None:
    decision = make_decision(id=f"d{name}")
    store.add_decision("pair", decision, contract=make_contract(), if_revision=seen)


def erasure(name: str) -> Erasure:
    return Erasure(f"e{name}", "pair", "tool")


def call(store: SqlStore, name: str, seen: int | None) -> None:
    word = FactCorrection(
        id=f"f{name}",
        fact_id="f",
        note_id="n",
        start=0,
        end=2,
        read_as="topic",
        speaker=None,
        by="mentor",
        said=("hidden",),
        hidden=True,
    )
    store.add_fact_correction("pair", word, made_at=NOW, if_revision=seen)


CHANGES = {
    "a mentorship": pause,
    "a contract": lambda store, name, seen: store.add_contract(
        "pair", make_contract(text=name), if_revision=seen
    ),
    "who may see a note": lambda store, name, seen: store.set_visibility(
        "pair", "n", "mentor", if_revision=seen
    ),
    "a session": hold_longer,
    "a commitment": correct,
    "a fact": call,
    "a warning": settle,
    "a note erased": lambda store, name, seen: store.erase_note(
        erasure(name), "n", if_revision=seen
    ),
    "a session erased": lambda store, name, seen: store.erase_session(
        erasure(name), "s", if_revision=seen
    ),
    "a mentorship erased": lambda store, name, seen: store.erase_mentorship(
        erasure(name)._replace(asked_by="admin"), if_revision=seen
    ),
    "a wish to erase": lambda store, name, seen: store.erase_mentorship(
        erasure(name)._replace(asked_by="mentor"), if_revision=seen
    ),
}
BESIDES = {
    "an agreement": lambda store: store.agree("pair", 1, "mentee"),
    "a session": lambda store: store.add_session(
        "pair", make_session(DAY, id="t"), posted_by="tool"
    ),
    "a note": lambda store: store.add_note("pair", "s", make_note(), posted_by="tool"),
    "a preparation": lambda store: store.add_preparation(
        "pair",
        Preparation(id="p", author="mentee", visibility="mentee", text="An ask", made_on=DAY),
        made_at=NOW,
    ),
    "a promise": lambda store: store.add_commitment(
        "pair",
        AddedCommitment(id="a", owner="mentee", action="Call", made_on=DAY),
        by="tool",
        made_at=NOW,
    ),
    "a reading": lambda store: store.save_reading(
        "n", Reading(engine="embedded", version="9"), made_at=NOW
    ),
}


@pytest.fixture
def stores(tmp_path):
    """Two stores on one file with an engine each, like two processes."""
    made = []
    for _ in range(2):
        engine = sqlite.open_engine(tmp_path / "coach.db")
        migrate(engine)
        made.append(SqlStore(engine, clock=lambda: NOW))
    made[0].add_mentorship(make_mentorship())
    made[0].add_contract("pair", make_contract())
    session = make_session(DAY, make_note(id="n"), id="s")
    made[0].add_session("pair", session, posted_by="tool")
    yield made
    for store in made:
        store.close()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_of_two_that_looked_at_the_same_one_wins(stores, change):
    looked = [store.revision("pair") for store in stores]
    both = Barrier(2)

    def changed(number: int) -> bool:
        both.wait(timeout=30)
        try:
            change(stores[number], str(number + 1), looked[number])
        except Outdated:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(changed, range(2)))

    assert looked[0] == looked[1]
    assert sorted(won) == [False, True]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_who_names_no_revision_is_never_too_late(stores, change):
    pause(stores[1], "9", None)

    change(stores[0], "1", None)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_that_comes_too_late_changes_nothing(stores, change):
    looked = stores[0].revision("pair")
    pause(stores[1], "9", None)
    before = stores[0].history("pair", "tool", date.max)

    with pytest.raises(Outdated):
        change(stores[0], "1", looked)

    assert stores[0].history("pair", "tool", date.max) == before


@pytest.mark.parametrize("also", BESIDES.values(), ids=BESIDES)
def test_whatever_is_written_counts_as_a_change(stores, also):
    looked = stores[0].revision("pair")

    also(stores[1])

    assert stores[0].revision("pair") > looked


def tag_of(store: SqlStore) -> str:
    return etag(store.mentorship("pair").model_dump_json().encode())


def test_of_two_with_the_same_copy_one_wins_and_the_other_is_outdated(stores):
    tag, both, looks = tag_of(stores[0]), Barrier(2), [0, 0]

    def look(number: int):
        looks[number] += 1
        seen = stores[number].mentorship("pair")
        if looks[number] == 1:
            both.wait(timeout=30)  # neither changes anything before both have looked
        return seen

    def changed(number: int) -> bool:
        try:
            only_if(
                stores[number],
                "pair",
                tag,
                lambda: look(number),
                lambda seen: pause(stores[number], str(number + 1), seen),
            )
        except Outdated:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(changed, range(2)))

    assert sorted(won) == [False, True]
    assert sorted(looks) == [1, 2]
    assert stores[0].mentorship("pair").paused_until == date(2026, 7, 1 + won.index(True))


def test_what_else_was_changed_meanwhile_is_nothing_to_who_holds_the_newest_copy(stores):
    store, looks = stores[0], []

    def look():
        looks.append(store.mentorship("pair"))
        if len(looks) == 1:
            stores[1].add_contract("pair", make_contract(text="Another one."))
        return looks[-1]

    only_if(store, "pair", tag_of(store), look, lambda seen: pause(store, "1", seen))

    assert len(looks) == 2
    assert store.mentorship("pair").paused_until == date(2026, 7, 1)


def test_two_that_change_different_fields_both_stand(stores):
    ended = MentorshipChange(frozenset({"ended_on"}), ended_on=date(2026, 8, 1))

    pause(stores[0], "1", None)
    stores[1].change_mentorship("pair", ended, by="mentee")

    stored = stores[0].mentorship("pair")
    assert (stored.paused_until, stored.ended_on) == (date(2026, 7, 1), date(2026, 8, 1))
